//! Decisions about customers.

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
    /// Who decides: `a person` or `the reviewer`.
    pub reviewer: &'static str,
}

/// How many customers are read from the database at a time.
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
            let page = store::customer::page(db, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(waiting) };
            after.clone_from(&last.id);
            for row in page {
                // It may have been deleted meanwhile.
                let record = match self.load_by_id(&row.id).await {
                    Err(HookError::NotFound { .. }) => continue,
                    record => record?,
                };
                for kind in self.catalogue.kinds() {
                    let reviewer = match kind.review {
                        Review::Automatic => continue,
                        Review::Manual => "a person",
                        Review::Provider => "the reviewer",
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

    /// Stores what a person has decided about a customer of type `kind`. For operators: no account is asked for.
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
        let (kind, decision) = (self.kind(Some(kind))?, &decision);
        let decided = self.change("decide", |mut tx| async move {
            let mut record = self.lock_by_id(&mut tx, customer_id).await?;
            if record.is_rejected(&kind.name) {
                return Err(HookError::invalid("this customer was rejected for good"));
            }
            self.apply(&mut tx, &mut record, kind, decision).await?;
            // The outside reviewer need not answer any more.
            store::review_request::supersede(&mut *tx, &record.id, &kind.name).await?;
            Ok((tx, Change::Made { record: Arc::new(record), value: () }))
        });
        decided.await
    }

    /// Stores a decision, as part of `tx`, which has locked the customer.
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
