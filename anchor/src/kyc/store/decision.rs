//! The decisions of operators and the review provider.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, column_enum};

column_enum! {
    /// The result of a review.
    Outcome {
        /// Accepted, until a provided field changes.
        Accepted = "ACCEPTED",
        /// Rejected. A rejection is final.
        Rejected = "REJECTED",
    }
}

/// A decision.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The customer type that the decision is about.
    pub(in crate::kyc) kind: String,
    pub(in crate::kyc) outcome: Outcome,
    /// The message for the customer, encrypted.
    pub(in crate::kyc) message: Option<Vec<u8>>,
}

/// The decisions about a customer.
pub(in crate::kyc) async fn all(db: impl AnyExecutor<'_>, customer_id: &str) -> Result<Vec<Row>> {
    Ok(sqlx::query_as("select kind, outcome, message from decision where customer_id = $1")
        .bind(customer_id)
        .fetch_all(db)
        .await?)
}

/// Stores a decision, replacing an earlier one.
pub(in crate::kyc) async fn put(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
    outcome: Outcome,
    message: Option<&[u8]>,
) -> Result<()> {
    let upsert = sqlx::query(
        "insert into decision (customer_id, kind, outcome, message) values ($1, $2, $3, $4)
         on conflict (customer_id, kind) do update set outcome = excluded.outcome, message = excluded.message",
    );
    Ok(upsert
        .bind(customer_id)
        .bind(kind)
        .bind(outcome.as_str())
        .bind(message)
        .execute(db)
        .await
        .map(drop)?)
}

/// Deletes an acceptance after a change of an accepted field. A rejection stays.
pub(in crate::kyc) async fn delete_acceptance(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> Result<()> {
    let delete = sqlx::query(
        "delete from decision where customer_id = $1 and kind = $2 and outcome = 'ACCEPTED'",
    );
    Ok(delete.bind(customer_id).bind(kind).execute(db).await.map(drop)?)
}
