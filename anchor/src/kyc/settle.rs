//! What follows from a change of a customer: the wallet is told, transactions that waited go on, and reviewers are asked.
//!
//! Whatever changes a customer calls [`Kyc::settle`] at its end, in its own transaction, and rings the outbox after the
//! commit. So a change and what follows from it are both there or neither of them, whatever caused the change.

use sqlx::{Any, Transaction};
use windlass_core::sep12::Status;

use super::{Kyc, answer, catalogue::Kind, record::Record};
use crate::{hooks::HookError, outbox::OutboxError, store};

impl Kyc {
    /// Sees to everything that follows from a change of the customer, as part of `tx`, which holds it.
    pub(super) async fn settle(
        &self,
        tx: &mut Transaction<'static, Any>,
        customer_id: &str,
    ) -> Result<(), HookError> {
        let callback = store::callback::find(&mut **tx, customer_id).await?;
        let callback = callback.filter(store::callback::Row::is_live);
        let reviewed = self.outside_kinds().next().is_some();
        if callback.is_none() && self.transactions.is_none() && !reviewed {
            return Ok(());
        }
        // Read again: it was changed.
        let record = self.hold_for_operator(tx, customer_id).await?;
        self.ask_about(tx, &record).await?;
        if let Some(callback) = callback {
            self.tell(tx, &record, &callback).await?;
        }
        self.wake(tx, &record).await
    }

    /// Puts a callback in if the status is another one than the receiver was told last (S12-125, P-26). After a final
    /// one the receiver is told nothing more (S12-126).
    async fn tell(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        callback: &store::callback::Row,
    ) -> Result<(), HookError> {
        let kind = self.told_kind(tx, &record.id).await?;
        let customer = answer::customer(kind, Some(record))?;
        let status = customer.status.as_str();
        if status == callback.status {
            return Ok(());
        }
        self.outbox.push_callback(tx, (&record.id, &record.key), &customer).await?;
        let live = !matches!(customer.status, Status::Accepted | Status::Rejected);
        Ok(store::callback::told(&mut **tx, &record.id, status, live).await?)
    }

    /// The type that callbacks tell of: the last one that a `PUT` named, or else the default (S12-125). A `PUT` that
    /// names none, such as one with a code, leaves it as it is.
    pub(super) async fn told_kind(
        &self,
        tx: &mut Transaction<'static, Any>,
        customer_id: &str,
    ) -> Result<&Kind, HookError> {
        let name = store::customer::named_kind(&mut **tx, customer_id).await?;
        // A type that was taken out of the configuration is nobody's any more.
        match self.catalogue.kind(Some(&name)) {
            Some(kind) => Ok(kind),
            None => self.kind(None),
        }
    }

    /// Lets the transactions go on that have waited for what is now there (P-18).
    async fn wake(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
    ) -> Result<(), HookError> {
        let Some(transactions) = &self.transactions else { return Ok(()) };
        for waiting in transactions.waiting(tx, &record.id).await? {
            let Ok(kind) = self.kind(waiting.kind.as_deref()) else {
                tracing::error!(transaction = waiting.id, "transaction waits for an unknown type");
                continue;
            };
            let customer = answer::customer_for(kind, Some(record), waiting.amount.as_ref())?;
            if customer.status == Status::Accepted && transactions.resume(tx, &waiting.id).await? {
                self.outbox.push_execution(tx, &waiting.id).await?;
            }
        }
        Ok(())
    }
}

impl From<OutboxError> for HookError {
    fn from(error: OutboxError) -> Self {
        Self::Internal(error.into())
    }
}
