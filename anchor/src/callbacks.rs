//! Callbacks: where wallets want to be told of changes, and how they are told (S12-123 to S12-133).
//!
//! The owner of a registration, such as a customer, is given by its id and the key of its data; the URL and the messages
//! are sealed with that key.

use std::fmt;

use windlass_core::sep12::{Customer, Status};

use crate::{
    clock::{Clock, Random},
    database::{StoreError, Tx},
    hooks::HookError,
    outbound::Outbound,
    outbox::{NewMessage, Outbox, OutboxError, Owner},
};

mod store;
mod topic;
mod url_check;

pub(crate) use topic::CallbackTopic;
pub(crate) use url_check::CallbackUrl;

/// The name of the topic in the outbox.
const TOPIC: &str = "callback";
/// How long a callback is tried, in seconds.
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
    /// Callbacks through `outbox`, to URLs that `outbound` may call.
    pub(crate) fn new(outbox: Outbox, outbound: Outbound, clock: Clock, random: Random) -> Self {
        Self { outbox, outbound, clock, random }
    }

    /// Whether the anchor may call this URL (P-29). Looks its host up.
    ///
    /// # Errors
    ///
    /// It may not, in words for the wallet.
    pub(crate) async fn check_host(&self, url: &CallbackUrl) -> Result<(), HookError> {
        self.outbound
            .check(url.parsed())
            .await
            .map_err(|error| url_check::refused(&error.to_string()))
    }

    /// Registers a URL in place of an earlier one, as part of `tx`. `status` is what the wallet knows already.
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

    /// Sends a callback if the status is another one than the wallet was told last (S12-125, P-26), as part of `tx`,
    /// which excludes other changes of the customer. After a final status the wallet is told nothing more until it
    /// registers again (S12-126).
    ///
    /// The callbacks of a customer are delivered in the order of the changes, and each says what the customer was after
    /// its change.
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

/// What the sealed URL is bound to.
fn url_context(owner: &str) -> [&str; 2] {
    ["callback", owner]
}
