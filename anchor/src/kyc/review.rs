//! Decisions of operators about customers.

use std::sync::Arc;

use windlass_core::{
    sep9,
    sep12::{CustomerKey, Status},
};

use super::{
    Kyc, Review, answer,
    catalogue::Kind,
    change::Change,
    record::Record,
    store::{self, decision::Outcome},
};
use crate::{database::Tx, hooks::HookError};

mod requests;
mod topic;

pub(super) use topic::ReviewTopic;

/// A decision about a customer, for one customer type.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// Accepts the customer. A later change of a provided field reopens the review.
    Accept,
    /// Rejects the customer. A rejection is final.
    Reject {
        /// The message for the customer.
        message: String,
    },
    /// Rejects one value; the customer may send another one.
    RejectField {
        /// The field, by any of its SEP-9 names.
        field: String,
        /// The reason, for the customer.
        error: String,
    },
}

/// A customer that waits for a decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Waiting {
    /// The id of the customer.
    pub customer_id: String,
    /// The account and memo of the customer.
    pub identity: CustomerKey,
    /// The customer type that the decision is about.
    pub kind: String,
    /// Who must decide: `an operator` or `the review provider`.
    pub decided_by: &'static str,
}

/// The number of customers per database query.
const PAGE: u32 = 200;

impl Kyc {
    /// The customers that wait for a decision, sorted by id. For operators: makes no access check.
    ///
    /// # Errors
    ///
    /// The database does not answer, or a customer cannot be decrypted.
    pub async fn waiting(&self) -> Result<Vec<Waiting>, HookError> {
        let (mut waiting, mut after) = (Vec::new(), String::new());
        loop {
            let mut db = self.database.connection().await?;
            let page = store::customer::page(&mut *db, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(waiting) };
            after.clone_from(&last.id);
            for row in page {
                let record = match self.load(&mut db, row).await {
                    // Another program has written the row.
                    Err(HookError::NotFound { .. }) => continue,
                    record => record?,
                };
                for kind in self.catalogue.kinds() {
                    let decided_by = match kind.review {
                        Review::Automatic => continue,
                        Review::Manual => "an operator",
                        Review::Provider => "the review provider",
                    };
                    if answer::customer(kind, Some(&record))?.status == Status::Processing {
                        waiting.push(Waiting {
                            customer_id: record.id.clone(),
                            identity: record.identity.clone(),
                            kind: kind.name.clone(),
                            decided_by,
                        });
                    }
                }
            }
        }
    }

    /// Stores an operator's decision about a customer of type `kind`. For operators: makes no
    /// access check.
    ///
    /// # Errors
    ///
    /// The customer or type is unknown, the field was not provided, or the customer was rejected
    /// before.
    pub async fn decide(
        &self,
        customer_id: &str,
        kind: &str,
        decision: Decision,
    ) -> Result<(), HookError> {
        let (kind, decision) = (self.kind(Some(kind))?, &decision);
        let decided = self.change("decide", |mut tx| async move {
            let mut record = self.lock_by_id(&mut tx, customer_id).await?;
            if record.is_rejected(&kind.name) {
                return Err(HookError::invalid("this customer was rejected; a rejection is final"));
            }
            self.apply(&mut tx, &mut record, kind, decision).await?;
            // The decision of the review provider is not needed any more.
            store::review_request::supersede(&mut *tx, &record.id, &kind.name).await?;
            Ok((tx, Change::Made { record: Arc::new(record), value: () }))
        });
        decided.await
    }

    /// Stores a decision. `tx` must hold the lock on the customer.
    async fn apply(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        kind: &Kind,
        decision: &Decision,
    ) -> Result<(), HookError> {
        match decision {
            Decision::Accept => {
                record.put_decision(tx, &kind.name, Outcome::Accepted, None, &self.random).await
            }
            Decision::Reject { message } => {
                let message = Some(message.as_str());
                record.put_decision(tx, &kind.name, Outcome::Rejected, message, &self.random).await
            }
            Decision::RejectField { field, error } => {
                let canonical = sep9::field(field).map_or(field.as_str(), |field| field.canonical);
                if kind.asked(canonical).is_none()
                    || !record.reject_field(tx, canonical, error, &self.random).await?
                {
                    return Err(HookError::invalid_field(
                        field,
                        "was not provided for this type of customer",
                    ));
                }
                record.delete_acceptance(tx, &kind.name).await
            }
        }
    }
}
