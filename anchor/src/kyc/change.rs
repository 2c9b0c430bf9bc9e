//! Changes of customers and what follows from them, in one transaction: the wallet is told, transactions that waited go
//! on, and reviewers are asked.

use std::sync::Arc;

use super::{Kyc, answer, catalogue::Kind, record::Record};
use crate::{database::Tx, hooks::HookError, outbox::OutboxError};

/// What a transaction did to a customer.
pub(super) enum Change<T> {
    /// It has changed the customer, which is now as the record says.
    Made {
        /// The customer after the change.
        record: Arc<Record>,
        /// What the caller gets.
        value: T,
    },
    /// It has not.
    Nothing(T),
}

impl Kyc {
    /// Runs a transaction that changes a customer and [settles](Self::settle) the change. Every change of a customer is
    /// made here, so that none is without what follows from it.
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

    /// Does what follows from a change of the customer, as part of `tx`, which has locked the customer.
    async fn settle(&self, tx: &mut Tx, record: &Record) -> Result<(), HookError> {
        self.request_reviews(tx, record).await?;
        let customer = answer::customer(self.callback_kind(record)?, Some(record))?;
        self.callbacks.customer_changed(tx, record.owner(), &customer).await?;
        self.resume_transactions(tx, record).await
    }

    /// The customer type that callbacks are about: the last one that a `PUT` named, or else the default (S12-125). A
    /// `PUT` that names none, such as one with a code, leaves it as it is.
    pub(super) fn callback_kind(&self, record: &Record) -> Result<&Kind, HookError> {
        // A type that was taken out of the configuration is unknown.
        match self.catalogue.kind(Some(&record.named_kind)) {
            Some(kind) => Ok(kind),
            None => self.kind(None),
        }
    }
}

impl From<OutboxError> for HookError {
    fn from(error: OutboxError) -> Self {
        Self::Internal(error.into())
    }
}
