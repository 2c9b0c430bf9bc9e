//! The built-in customers: kept in the anchor's own database, encrypted, and asked for what the configuration says.
//!
//! [`Kyc`] is the [`Customers`] hook of an anchor that brings no system of its own. What it asks for is in
//! [`Requirements`]; a person who reviews customers uses [`Kyc::decide`].

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use tokio::{sync::watch, time::sleep};
use windlass_core::{
    problem::Code,
    sep9,
    sep12::{
        Customer, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback, PutCustomer,
        PutVerification,
    },
};

use crate::{
    access::{Access, AccessLog, Actor},
    clock::{Clock, Random},
    database::Database,
    hooks::{Caller, Customers, HookError, Transactions, Upload, Uploads},
    locale::MessageId,
    outbound::Outbound,
    outbox::{Outbox, told},
    storage::Storage,
    vault::{Vault, VaultError},
};

pub mod access;
mod amount;
mod answer;
mod callback;
mod catalogue;
mod codes;
mod conditions;
mod files;
mod intake;
mod links;
mod put;
mod questions;
mod record;
mod requirements;
mod review;
mod settle;
mod show;
pub(crate) mod store;

pub use amount::{Amount, Decimal, NotADecimal};
pub use catalogue::RequirementsError;
pub use conditions::Condition;
pub use links::Link;
pub use requirements::{CustomerType, FieldSettings, Requirements, Review};
pub use review::{Decision, Waiting};
pub use show::{Look, Shown};

use answer::Wording;
use catalogue::{Catalogue, Kind};
use intake::Intake;

/// How often expired data is thrown away.
const HOUSEKEEPING: std::time::Duration = std::time::Duration::from_secs(600);
/// How long codes are remembered, in seconds: for the limit on them, and so that a repeated request is understood.
const KEEP_CODES: u64 = 86_400;
/// How long it is remembered that a message could not be delivered, in seconds.
const KEEP_FAILURES: u64 = 30 * 86_400;

/// The customers in the anchor's own database.
pub struct Kyc {
    database: Database,
    vault: Vault,
    storage: Storage,
    access: AccessLog,
    catalogue: Catalogue,
    outbox: Outbox,
    clock: Clock,
    random: Random,
    outbound: Option<Outbound>,
    transactions: Option<Arc<dyn Transactions>>,
    /// What a confirmation link begins with.
    links: Option<String>,
}

impl Kyc {
    /// Customers in `database`, encrypted by `vault`, their files in `storage`, asked for `requirements`; codes are sent
    /// through `outbox`.
    ///
    /// # Errors
    ///
    /// The requirements cannot be met.
    pub fn new(
        database: Database,
        vault: Vault,
        storage: Storage,
        requirements: Requirements,
        outbox: Outbox,
        clock: Clock,
        random: Random,
    ) -> Result<Self, RequirementsError> {
        let catalogue = requirements.compile()?;
        let access = AccessLog::new(database.clone(), clock.clone(), random.clone());
        let (outbound, transactions, links) = (None, None, None);
        Ok(Self {
            database,
            vault,
            storage,
            access,
            catalogue,
            outbox,
            clock,
            random,
            outbound,
            transactions,
            links,
        })
    }

    /// Lets wallets register callbacks, to URLs that `outbound` may call. The outbox must deliver them as well:
    /// [`Outbox::with_callbacks`].
    #[must_use]
    pub fn with_callbacks(self, outbound: Outbound) -> Self {
        Self { outbound: Some(outbound), ..self }
    }

    /// Wakes these transactions when what they wait for is there, and lets requests name them. The outbox must have them
    /// executed: [`Outbox::with_transactions`].
    #[must_use]
    pub fn with_transactions(self, transactions: Arc<dyn Transactions>) -> Self {
        Self { transactions: Some(transactions), ..self }
    }

    /// Puts a link beside the code in e-mails: `base`, a slash and a secret. [`links::router`](crate::pages::confirm::router) serves
    /// it.
    #[must_use]
    pub fn with_links(self, base: impl Into<String>) -> Self {
        Self { links: Some(base.into()), ..self }
    }

    /// Who read what of which customer.
    pub const fn access_log(&self) -> &AccessLog {
        &self.access
    }

    /// Throws away what has expired, now and every ten minutes, until `stop` says so.
    pub async fn run_housekeeping(&self, mut stop: watch::Receiver<bool>) {
        loop {
            if let Err(cause) = self.sweep().await {
                tracing::error!(%cause, "expired data cannot be thrown away");
            }
            tokio::select! {
                biased;
                () = told(&mut stop) => return,
                () = sleep(HOUSEKEEPING) => {}
            }
        }
    }

    /// Throws away what has expired: uploads that no customer refers to, old codes, used challenges, old failures.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn sweep(&self) -> sqlx::Result<()> {
        let (db, now) = (self.database.pool(), self.clock.now());
        let mut tx = self.database.begin().await?;
        let files = store::file::purge_expired(&mut tx, now).await?;
        tx.commit().await?;
        let objects = self.storage.collect().await?;
        let codes = store::code::purge_older(db, now.saturating_sub(KEEP_CODES)).await?;
        let sent = store::sent::purge_older(db, now.saturating_sub(3600)).await?;
        let challenges = crate::data::challenge::purge_expired(&self.database, now).await?;
        let failures = crate::outbox::store::purge_failed(db, now.saturating_sub(KEEP_FAILURES)).await?;
        let readings = self.access.purge().await?;
        self.database.scrub().await?;
        tracing::debug!(
            files,
            objects,
            readings,
            codes,
            sent,
            challenges,
            failures,
            "expired data thrown away"
        );
        Ok(())
    }

    /// Removes from the storage what a transaction has just let go of. The housekeeping does it again if this cannot.
    async fn collect(&self) {
        if let Err(cause) = self.storage.collect().await {
            tracing::warn!(%cause, "files that are not needed any more will be removed later");
        }
    }

    /// What `GET /customer` answers, for a transaction of this amount: a large one may need more (W-12). Transfers ask it
    /// before they go on.
    ///
    /// # Errors
    ///
    /// As [`Customers::get`]; a `transaction_id` in the request is not looked at.
    pub async fn customer_for(
        &self,
        who: &Caller,
        request: &GetCustomer,
        amount: &Amount,
    ) -> Result<Customer, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        let record = self.find(who, request.id.as_deref(), request.memo.is_some()).await?;
        let answer = answer::customer_for(kind, record.as_ref(), Some(amount))?;
        self.note_answer(who, &answer, "transfer").await?;
        Ok(answer)
    }

    /// The amount of the transaction that a request names, if it names one and that has one.
    ///
    /// # Errors
    ///
    /// It is unknown or somebody else's, in the same words (S12-35).
    async fn named_amount(
        &self,
        who: &Caller,
        transaction_id: Option<&str>,
    ) -> Result<Option<Amount>, HookError> {
        let Some(id) = transaction_id else { return Ok(None) };
        if let Some(transactions) = &self.transactions
            && let Some(named) = transactions.find(who, id).await?
        {
            return Ok(named.amount);
        }
        Err(HookError::Invalid {
            message: MessageId::TransactionUnknown.into(),
            code: Code::InvalidTransactionId,
            field: Some("transaction_id".to_owned()),
        })
    }

    /// Writes down what an answer tells of a customer; nothing if there is nothing yet.
    async fn note_answer(
        &self,
        who: &Caller,
        answer: &Customer,
        route: &str,
    ) -> Result<(), HookError> {
        let names = answer.provided_fields.iter().flat_map(|fields| fields.keys());
        let canonical = |name: &String| {
            sep9::field(name).map_or(name.as_str(), |field| field.canonical).to_owned()
        };
        match &answer.id {
            Some(id) => self.note(who, id, route, "status", names.map(canonical).collect()).await,
            None => Ok(()),
        }
    }

    /// Writes down what a wallet reads of a customer.
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

    /// The customer type of this name, or the one that is meant when none is named (S12-33).
    fn kind(&self, name: Option<&str>) -> Result<&Kind, HookError> {
        self.catalogue.kind(name).ok_or_else(|| HookError::Invalid {
            message: MessageId::TypeUnknown.into(),
            code: Code::UnknownCustomerType,
            field: Some("type".to_owned()),
        })
    }
}

#[async_trait]
impl Customers for Kyc {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        let amount = self.named_amount(who, request.transaction_id.as_deref()).await?;
        let record = self.find(who, request.id.as_deref(), request.memo.is_some()).await?;
        // Choices are values as well: they are put into a language only for a wallet that knows to ask for it.
        let wording = Wording { language: who.language, choices: request.lang.is_some() };
        let answer = answer::worded(kind, record.as_ref(), amount.as_ref(), wording)?;
        self.note_answer(who, &answer, "GET /customer").await?;
        Ok(answer)
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        self.named_amount(who, request.transaction_id.as_deref()).await?;
        let intake = Intake::sort(request.fields, uploads)?;
        let target = put::Target {
            id: request.id.as_deref(),
            by_memo: request.memo.is_some(),
            kind: Some(kind),
            // A wallet that names no type may be answering for any of them.
            asked_by: request.kind.is_some().then_some(kind),
        };
        self.put_intake(who, &target, &intake).await
    }

    async fn delete(&self, who: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        let mut tx = self.database.begin().await?;
        let uploads = store::file::delete_of(&mut tx, &who.customer).await?;
        store::access::forget_actor(&mut *tx, &who.customer).await?;
        let customer = store::customer::delete(&mut *tx, &who.customer).await?;
        tx.commit().await?;
        self.collect().await;
        if let Err(cause) = self.database.scrub().await {
            tracing::warn!(%cause, "the database's log keeps what was deleted until the next time");
        }
        if customer || uploads { Ok(()) } else { Err(HookError::no_customer()) }
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        let none = Uploads::new();
        let intake = Intake::sort(request.codes, &none)?;
        let target =
            put::Target { id: Some(&request.id), by_memo: false, kind: None, asked_by: None };
        self.put_intake(who, &target, &intake).await?;
        let record = self.find(who, Some(&request.id), false).await?;
        let wording = Wording { language: who.language, choices: false };
        let answer = answer::worded(self.kind(None)?, record.as_ref(), None, wording)?;
        self.note_answer(who, &answer, "PUT /customer/verification").await?;
        Ok(answer)
    }

    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        self.register_callback(who, &request).await
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        self.keep_upload(who, upload).await
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        self.list_files(who, request).await
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
