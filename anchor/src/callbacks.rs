//! Callbacks: registered URLs of wallets, and the signed messages to them (S12-123 to S12-133).
//!
//! A registration has an owner, such as a customer, given by its id and data key. URLs and messages
//! are encrypted with that key.

use std::fmt;

use windlass_core::sep12::{Customer, Status};

use crate::{
    clock::{Clock, Random},
    database::{StoreError, Tx},
    hooks::HookError,
    outbound::Outbound,
    outbox::{NewMessage, Outbox, OutboxError, Owner},
};

mod guarded;
mod receivers;
mod store;
mod topic;
mod url_check;

pub(crate) use guarded::GuardedCustomers;
pub(crate) use receivers::Receivers;
pub(crate) use topic::CallbackTopic;
pub(crate) use url_check::CallbackUrl;

/// The name of the topic in the outbox.
const TOPIC: &str = "callback";
/// How long delivery of a callback is attempted, in seconds.
const EXPIRES_AFTER: u64 = 86_400;

/// Registers callbacks and sends them. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Callbacks {
    outbox: Outbox,
    outbound: Outbound,
    clock: Clock,
    random: Random,
}

impl Callbacks {
    /// Callbacks that are delivered through `outbox`, to URLs that `outbound` allows.
    pub(crate) fn new(outbox: Outbox, outbound: Outbound, clock: Clock, random: Random) -> Self {
        Self { outbox, outbound, clock, random }
    }

    /// Checks that the anchor may call this URL (P-29). Resolves its host.
    ///
    /// # Errors
    ///
    /// The URL is not allowed. The text is for the wallet.
    pub(crate) async fn check_host(&self, url: &CallbackUrl) -> Result<(), HookError> {
        self.outbound
            .check(url.parsed())
            .await
            .map_err(|error| url_check::refused(&error.to_string()))
    }

    /// Registers a URL as part of `tx`, replacing an earlier one. `status` is the one that the
    /// wallet knows already.
    pub(crate) async fn register(
        &self,
        tx: &mut Tx,
        owner: Owner<'_>,
        url: &CallbackUrl,
        status: &Status,
    ) -> Result<(), OutboxError> {
        let sealed =
            owner.key.seal(url.as_str().as_bytes(), &url_context(owner.id), &self.random)?;
        Ok(store::put(&mut **tx, owner.id, &sealed, status.as_str()).await?)
    }

    /// Queues a callback if the status differs from the last one reported (S12-125, P-26). `tx`
    /// must hold the lock on the customer. After a final status, no further callbacks follow until
    /// the wallet registers again (S12-126).
    ///
    /// The callbacks of a customer are delivered in the order of the changes. Each contains the
    /// customer as it was after its change.
    pub(crate) async fn customer_changed(
        &self,
        tx: &mut Tx,
        owner: Owner<'_>,
        customer: &Customer,
    ) -> Result<(), OutboxError> {
        let Some(registration) = store::find(&mut **tx, owner.id).await? else { return Ok(()) };
        if !registration.is_active() || registration.status() == customer.status {
            return Ok(());
        }
        let body = serde_json::to_vec(customer).map_err(|_| OutboxError::Unreadable)?;
        let message = NewMessage {
            topic: TOPIC,
            id: &self.random.id(),
            owner: Some(owner),
            line: &format!("{TOPIC} {}", owner.id),
            content: &body,
            expires_at: self.clock.now() + EXPIRES_AFTER,
        };
        self.outbox.push(tx, &message).await?;
        let active = !matches!(customer.status, Status::Accepted | Status::Rejected);
        Ok(store::note_status(&mut **tx, owner.id, customer.status.as_str(), active).await?)
    }

    /// Deletes the registration of an owner, as part of the transaction that deletes the owner.
    pub(crate) async fn delete_of(&self, tx: &mut Tx, owner: &str) -> Result<(), StoreError> {
        store::delete(&mut **tx, owner).await
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Callbacks({:?})", self.outbound)
    }
}

/// The context that the encrypted URL is bound to.
fn url_context(owner: &str) -> [&str; 2] {
    ["callback", owner]
}
