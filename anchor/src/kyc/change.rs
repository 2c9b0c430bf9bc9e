//! Changes of customers and their consequences, in one transaction: callbacks to wallets, review
//! requests, and transactions that resume.

use std::sync::Arc;

use super::{Kyc, answer, catalogue::Kind, record::Record};
use crate::{
    database::{StoreError, Tx},
    hooks::HookError,
    outbox::OutboxError,
};

/// The result of a transaction that may change a customer.
pub(super) enum Change<T> {
    /// The transaction changed the customer.
    Made {
        /// The customer after the change.
        record: Arc<Record>,
        /// The value for the caller.
        value: T,
    },
    /// The transaction changed nothing. Contains the value for the caller.
    Nothing(T),
}

impl Kyc {
    /// Runs a transaction that may change a customer, and [settles](Self::settle) the change. All
    /// changes go through this function, so that none misses its consequences.
    pub(super) async fn change<T, F>(
        &self,
        name: &'static str,
        work: impl Fn(Tx) -> F + Send + Sync,
    ) -> Result<T, HookError>
    where
        T: Send,
        F: Future<Output = Result<(Tx, Change<T>), HookError>> + Send,
    {
        let work = &work;
        let settled = self.database.write(name, |tx| async move {
            match work(tx).await? {
                (mut tx, Change::Made { record, value }) => {
                    self.settle(&mut tx, &record).await?;
                    Ok((tx, value))
                }
                (tx, Change::Nothing(value)) => Ok((tx, value)),
            }
        });
        settled.await
    }

    /// Requests reviews, queues callbacks and resumes transactions after a change of the customer.
    /// `tx` must hold the lock on the customer.
    async fn settle(&self, tx: &mut Tx, record: &Record) -> Result<(), HookError> {
        self.request_reviews(tx, record).await?;
        let customer = answer::customer(self.callback_kind(record)?, Some(record))?;
        self.callbacks.customer_changed(tx, record.owner(), &customer).await?;
        self.resume_transactions(tx, record).await
    }

    /// The customer type that callbacks report on: the last one that a `PUT` named, or else the
    /// default (S12-125). A `PUT` without a type, such as one with a confirmation code, does not
    /// change it.
    pub(super) fn callback_kind(&self, record: &Record) -> Result<&Kind, HookError> {
        // The configuration may have lost the type since then.
        match self.catalogue.kind(Some(&record.named_kind)) {
            Some(kind) => Ok(kind),
            None => self.kind(None),
        }
    }
}

impl From<OutboxError> for HookError {
    fn from(error: OutboxError) -> Self {
        StoreError::hook_error(error)
    }
}
