//! Requests to the review provider.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, column_enum, seconds};

column_enum! {
    /// The state of a review request.
    RequestState {
        /// The provider has not decided yet.
        Open = "open",
        /// The provider has decided.
        Decided = "decided",
        /// The decision is not needed any more: the customer has changed, or an operator has
        /// decided.
        Superseded = "superseded",
    }
}

/// A review request.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The id of the customer to review.
    pub(in crate::kyc) customer_id: String,
    /// The customer type to review the customer for.
    pub(in crate::kyc) kind: String,
    state: RequestState,
}

impl Row {
    /// Whether the request waits for a decision.
    pub(in crate::kyc) fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }
}

/// The request with this id.
pub(in crate::kyc) async fn find(db: impl AnyExecutor<'_>, id: &str) -> Result<Option<Row>> {
    let select =
        sqlx::query_as("select customer_id, kind, state from review_request where id = $1");
    Ok(select.bind(id).fetch_optional(db).await?)
}

/// Whether a request about a customer of this type is open.
pub(in crate::kyc) async fn has_open(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> Result<bool> {
    let select = sqlx::query_scalar::<_, i64>(
        "select count(*) from review_request where customer_id = $1 and kind = $2 and state = 'open'",
    );
    Ok(select.bind(customer_id).bind(kind).fetch_one(db).await? > 0)
}

/// Inserts an open request. The customer and type must have no other open request.
pub(in crate::kyc) async fn insert(
    db: impl AnyExecutor<'_>,
    id: &str,
    customer_id: &str,
    kind: &str,
    now: u64,
) -> Result<()> {
    let insert = sqlx::query(
        "insert into review_request (id, customer_id, kind, state, created_at) values ($1, $2, $3, 'open', $4)",
    );
    Ok(insert
        .bind(id)
        .bind(customer_id)
        .bind(kind)
        .bind(seconds(now))
        .execute(db)
        .await
        .map(drop)?)
}

/// Supersedes the open request for this customer and type, if there is one.
pub(in crate::kyc) async fn supersede(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> Result<()> {
    let update = sqlx::query(
        "update review_request set state = 'superseded' where customer_id = $1 and kind = $2 and state = 'open'",
    );
    Ok(update.bind(customer_id).bind(kind).execute(db).await.map(drop)?)
}

/// Marks a request as answered. Returns `false` if it was not open.
pub(in crate::kyc) async fn note_decision(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let update = sqlx::query("update review_request set state = $2 where id = $1 and state = $3");
    let (decided, open) = (RequestState::Decided.as_str(), RequestState::Open.as_str());
    Ok(update.bind(id).bind(decided).bind(open).execute(db).await?.rows_affected() == 1)
}
