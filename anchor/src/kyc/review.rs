//! What a person decides about a customer.

use sqlx::{Any, Transaction};
use windlass_core::{
    sep9,
    sep12::{CustomerKey, Status},
};

use super::{Kyc, Review, answer, catalogue::Kind, record::Record};
use crate::{hooks::HookError, store};

/// A decision about a customer, for one customer type.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// It is good as it is. A later change of what it has provided opens the review again.
    Accept,
    /// It is refused for good.
    Reject {
        /// What the customer is told.
        message: String,
    },
    /// A value is not good; the customer may send another one.
    RejectField {
        /// The field, under any of its names.
        field: String,
        /// What the customer is told about it.
        error: String,
    },
}

/// A customer that waits for a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Waiting {
    /// Its id.
    pub customer_id: String,
    /// Whose it is.
    pub identity: CustomerKey,
    /// The customer type that is to be decided about.
    pub kind: String,
    /// Who decides: `a person` or `the provider`.
    pub reviewer: &'static str,
}

/// How many customers are looked at between two looks at the database.
const PAGE: u32 = 200;

impl Kyc {
    /// The customers that wait for a decision, by their ids. For operators: no account is asked for.
    ///
    /// # Errors
    ///
    /// The database does not answer, or a customer cannot be decrypted.
    pub async fn waiting(&self) -> Result<Vec<Waiting>, HookError> {
        let (mut waiting, mut after) = (Vec::new(), String::new());
        loop {
            let db = self.database.pool();
            let page = store::customer::page_for_operator(db, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(waiting) };
            after.clone_from(&last.id);
            for row in page {
                // One that was deleted meanwhile waits for nothing.
                let record = match self.find_for_operator(&row.id).await {
                    Err(HookError::NotFound { .. }) => continue,
                    record => record?,
                };
                for kind in self.catalogue.kinds() {
                    let reviewer = match kind.review {
                        Review::Automatic => continue,
                        Review::Manual => "a person",
                        Review::Provider => "the provider",
                    };
                    if answer::customer(kind, Some(&record))?.status == Status::Processing {
                        waiting.push(Waiting {
                            customer_id: record.id.clone(),
                            identity: record.identity.clone(),
                            kind: kind.name.clone(),
                            reviewer,
                        });
                    }
                }
            }
        }
    }

    /// Writes down what a person decided about a customer of type `kind`. For operators: no account is asked for.
    ///
    /// # Errors
    ///
    /// There is no such customer, type or provided field; or the customer was rejected for good before.
    pub async fn decide(
        &self,
        customer_id: &str,
        kind: &str,
        decision: Decision,
    ) -> Result<(), HookError> {
        let kind = self.kind(Some(kind))?;
        let mut tx = self.database.begin().await?;
        let record = self.hold_for_operator(&mut tx, customer_id).await?;
        if record.verdict(&kind.name) == Some("REJECTED") {
            return Err(HookError::invalid("this customer was rejected for good"));
        }
        self.write_down(&mut tx, &record, kind, decision).await?;
        // Whoever was asked beside need not answer any more.
        store::question::supersede(&mut *tx, &record.id, &kind.name).await?;
        self.settle(&mut tx, &record.id).await?;
        tx.commit().await?;
        self.outbox.ring();
        Ok(())
    }

    /// Writes a decision down, as part of `tx`, which holds the customer.
    pub(super) async fn write_down(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        kind: &Kind,
        decision: Decision,
    ) -> Result<(), HookError> {
        let id = record.id.as_str();
        match decision {
            Decision::Accept => {
                store::review::put(&mut **tx, id, &kind.name, "ACCEPTED", None).await?;
            }
            Decision::Reject { message } => {
                let message = record.key.seal(
                    message.as_bytes(),
                    &["message", id, &kind.name],
                    &self.random,
                )?;
                store::review::put(&mut **tx, id, &kind.name, "REJECTED", Some(message)).await?;
            }
            Decision::RejectField { field, error } => {
                let canonical = sep9::field(&field).map_or(field.as_str(), |field| field.canonical);
                let error =
                    record.key.seal(error.as_bytes(), &["error", id, canonical], &self.random)?;
                if kind.asked(canonical).is_none()
                    || !store::field::reject(&mut **tx, id, canonical, &error).await?
                {
                    return Err(HookError::invalid_field(
                        field,
                        "was not provided for this type of customer",
                    ));
                }
                store::review::reopen(&mut **tx, id, &kind.name).await?;
            }
        }
        Ok(())
    }
}
