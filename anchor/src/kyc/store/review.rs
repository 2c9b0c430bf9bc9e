//! What reviewers have decided.

use sqlx::any::AnyExecutor;

/// A decision.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// The customer type that it is about.
    pub(crate) kind: String,
    /// `ACCEPTED` or `REJECTED`.
    pub(crate) verdict: String,
    /// Sealed: what the customer is told.
    pub(crate) message: Option<Vec<u8>>,
}

/// The decisions about a customer.
pub(crate) async fn all(db: impl AnyExecutor<'_>, customer_id: &str) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as("select kind, verdict, message from review where customer_id = $1")
        .bind(customer_id)
        .fetch_all(db)
        .await
}

/// Writes a decision down, in place of an earlier one.
pub(crate) async fn put(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
    verdict: &str,
    message: Option<Vec<u8>>,
) -> sqlx::Result<()> {
    let upsert = sqlx::query(
        "insert into review (customer_id, kind, verdict, message) values ($1, $2, $3, $4)
         on conflict (customer_id, kind) do update set verdict = excluded.verdict, message = excluded.message",
    );
    upsert.bind(customer_id).bind(kind).bind(verdict).bind(message).execute(db).await.map(drop)
}

/// Opens the review again: what was accepted has changed. A rejection stays.
pub(crate) async fn reopen(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from review where customer_id = $1 and kind = $2 and verdict = 'ACCEPTED'",
    );
    delete.bind(customer_id).bind(kind).execute(db).await.map(drop)
}
