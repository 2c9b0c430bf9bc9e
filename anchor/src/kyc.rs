//! The built-in implementation of customers: an encrypted record in the anchor's own database, and
//! the fields that the configuration requires.
//!
//! [`Kyc`] implements the [`Customers`](crate::hooks::Customers) hook for an anchor that has no customer system of its own.
//! [`Requirements`] says which fields customers must provide. Operators decide about customers with
//! [`Kyc::decide`].

use std::{fmt, sync::Arc};

use windlass_core::{account::SecretKey, problem::Code};

use crate::{
    callbacks::{CallbackTopic, Callbacks, Receivers},
    clock::{Clock, Random},
    database::{Database, StoreError},
    hooks::{Caller, HookError, Notifier, ReviewProvider},
    locale::MessageId,
    outbound::Outbound,
    outbox::{Outbox, OwnerKeys, Topic},
    storage::Storage,
    vault::{Vault, VaultError},
};

pub mod access;
mod answer;
mod asked;
mod catalogue;
mod change;
mod codes;
mod conditions;
mod confirm_link;
mod customers;
mod executions;
mod files;
mod intake;
mod keys;
mod put;
mod record;
mod requirements;
mod review;
mod show;
mod store;
mod transactions;

pub use codes::CodeLimits;
pub use confirm_link::Link;
pub use keys::KEY_TABLES;
pub use requirements::{
    Condition, CustomerType, FieldSettings, Requirements, RequirementsError, Review,
};
pub use review::{Decision, Waiting};
pub use show::{Look, Shown};
// Hidden and not private: its tests need the whole server, and a second set-up of it inside of this
// crate would be longer than what it hides. Transfers will replace it.
#[doc(hidden)]
pub use transactions::{Execution, Named, Transactions, WaitingTransaction};

use access::{Access, AccessLog, Actor};
use catalogue::{Catalogue, Kind};
use codes::CodeTopic;
use executions::ExecutionTopic;
use keys::CustomerKeys;
use review::ReviewTopic;

/// How long codes are kept, in seconds: to recognise a repeated request.
const KEEP_CODES: u64 = 86_400;
/// How long it is kept what codes were sent, in seconds: for the limits per hour.
const KEEP_SENT_CODES: u64 = 3_600;

/// The [`Customers`](crate::hooks::Customers) hook over the anchor's own database.
pub struct Kyc {
    catalogue: Catalogue,
    access: AccessLog,
    database: Database,
    vault: Vault,
    storage: Storage,
    outbox: Outbox,
    callbacks: Callbacks,
    transactions: Option<Arc<dyn Transactions>>,
    confirm_url: String,
    code_limits: CodeLimits,
    clock: Clock,
    random: Random,
}

/// The parts that [`Kyc`] is built from.
pub(crate) struct KycParts {
    pub(crate) database: Database,
    /// Encrypts what customers provide.
    pub(crate) vault: Vault,
    pub(crate) storage: Storage,
    pub(crate) outbox: Outbox,
    pub(crate) callbacks: Callbacks,
    /// The anchor's transactions: resumed when their customer is accepted, and named by requests in
    /// `transaction_id`. Without them each `transaction_id` is refused.
    pub(crate) transactions: Option<Arc<dyn Transactions>>,
    /// The start of confirmation links, without the slash and the secret that follow.
    pub(crate) confirm_url: String,
    pub(crate) code_limits: CodeLimits,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

/// The services that the outbox topics of [`Kyc`] deliver to.
pub(crate) struct Deliverers {
    /// Without one, confirmation codes stay in the outbox.
    pub(crate) notifier: Option<Arc<dyn Notifier>>,
    /// Without one, requests for reviews stay in the outbox.
    pub(crate) review_provider: Option<Arc<dyn ReviewProvider>>,
    pub(crate) outbound: Outbound,
    /// Signs callbacks.
    pub(crate) signing_key: SecretKey,
}

/// The numbers of expired rows that [`Kyc::delete_expired`] deleted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deleted {
    pub(crate) uploads: usize,
    pub(crate) codes: u64,
    pub(crate) sent_codes: u64,
    pub(crate) access_log_entries: u64,
}

impl Kyc {
    /// Customers that must provide the fields in `requirements`.
    pub(crate) fn new(
        requirements: &Requirements,
        parts: KycParts,
    ) -> Result<Self, RequirementsError> {
        let KycParts {
            database,
            vault,
            storage,
            outbox,
            callbacks,
            transactions,
            confirm_url,
            code_limits,
            clock,
            random,
        } = parts;
        Ok(Self {
            catalogue: requirements.compile()?,
            access: AccessLog::new(database.clone(), clock.clone(), random.clone()),
            database,
            vault,
            storage,
            outbox,
            callbacks,
            transactions,
            confirm_url,
            code_limits,
            clock,
            random,
        })
    }

    /// The outbox topics of customers: callbacks, confirmation codes, review requests and
    /// executions.
    pub(crate) fn topics(self: &Arc<Self>, deliverers: Deliverers) -> Vec<Arc<dyn Topic>> {
        let Deliverers { notifier, review_provider, outbound, signing_key } = deliverers;
        let (database, vault) = (self.database.clone(), self.vault.clone());
        let keys: Arc<dyn OwnerKeys> = Arc::new(CustomerKeys { database, vault });
        let mut topics: Vec<Arc<dyn Topic>> = vec![Arc::new(CallbackTopic {
            database: self.database.clone(),
            clock: self.clock.clone(),
            signing_key,
            outbound,
            keys: Arc::clone(&keys),
            receivers: Receivers::default(),
        })];
        if let Some(notifier) = notifier {
            topics.push(Arc::new(CodeTopic {
                database: self.database.clone(),
                clock: self.clock.clone(),
                limits: self.code_limits,
                notifier,
                keys: Arc::clone(&keys),
            }));
        }
        if let Some(provider) = review_provider {
            topics.push(Arc::new(ReviewTopic { provider, kyc: Arc::clone(self), keys }));
        }
        if let Some(transactions) = &self.transactions {
            topics.push(Arc::new(ExecutionTopic(Arc::clone(transactions))));
        }
        topics
    }

    /// The log of read access to customers' data.
    pub const fn access_log(&self) -> &AccessLog {
        &self.access
    }

    /// Deletes expired uploads that no customer refers to, old codes and old entries of the access
    /// log.
    pub(crate) async fn delete_expired(&self) -> Result<Deleted, StoreError> {
        let (db, now) = (self.database.writes(), self.clock.now());
        let uploads = self.database.write("delete expired uploads", |mut tx| async move {
            let ids = store::file::delete_expired(&mut *tx, now).await?;
            self.storage.release(&mut tx, &ids).await?;
            Ok::<_, StoreError>((tx, ids.len()))
        });
        let sent_before = now.saturating_sub(KEEP_SENT_CODES);
        Ok(Deleted {
            uploads: uploads.await?,
            codes: store::code::purge_older(db, now.saturating_sub(KEEP_CODES)).await?,
            sent_codes: store::sent_code::purge_older(db, sent_before).await?,
            access_log_entries: self.access.purge().await?,
        })
    }

    /// Removes the objects of deleted files from the storage. After an error, housekeeping retries.
    async fn remove_unclaimed(&self) {
        if let Err(cause) = self.storage.remove_unclaimed().await {
            tracing::warn!(%cause, "cannot remove the objects of deleted files; housekeeping retries");
        }
    }

    /// Records in the access log which fields a wallet reads.
    async fn note(
        &self,
        who: &Caller,
        customer_id: &str,
        route: &str,
        purpose: &str,
        fields: Vec<String>,
    ) -> Result<(), HookError> {
        if fields.is_empty() {
            return Ok(());
        }
        let access = Access {
            customer_id: customer_id.to_owned(),
            actor: Actor::Customer(who.subject.to_string()),
            route: route.to_owned(),
            purpose: purpose.to_owned(),
            fields,
        };
        Ok(self.access.write(access).await?)
    }

    /// The customer type with this name, or the default type if `name` is `None` (S12-33).
    fn kind(&self, name: Option<&str>) -> Result<&Kind, HookError> {
        self.catalogue.kind(name).ok_or_else(|| HookError::Invalid {
            message: MessageId::TypeUnknown.into(),
            code: Code::UnknownCustomerType,
            field: Some("type".to_owned()),
        })
    }
}

impl fmt::Debug for Kyc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kyc").field("catalogue", &self.catalogue).finish_non_exhaustive()
    }
}

impl From<VaultError> for HookError {
    fn from(error: VaultError) -> Self {
        Self::Internal(error.into())
    }
}
