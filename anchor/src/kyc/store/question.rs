//! What an outside reviewer is asked.

use sqlx::any::AnyExecutor;

use crate::data::seconds;

/// A question.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// About whom.
    pub(crate) customer_id: String,
    /// For which customer type.
    pub(crate) kind: String,
    state: String,
}

impl Row {
    /// Whether it waits for an answer.
    pub(crate) fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// The question of this id.
pub(crate) async fn find(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as("select customer_id, kind, state from question where id = $1");
    select.bind(id).fetch_optional(db).await
}

/// Whether a question about a customer of this type is open.
pub(crate) async fn is_open(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> sqlx::Result<bool> {
    let select = sqlx::query_scalar::<_, i64>(
        "select count(*) from question where customer_id = $1 and kind = $2 and state = 'open'",
    );
    Ok(select.bind(customer_id).bind(kind).fetch_one(db).await? > 0)
}

/// Asks a question, of which there is no open one.
pub(crate) async fn insert(
    db: impl AnyExecutor<'_>,
    id: &str,
    customer_id: &str,
    kind: &str,
    now: u64,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into question (id, customer_id, kind, state, created_at) values ($1, $2, $3, 'open', $4)",
    );
    insert.bind(id).bind(customer_id).bind(kind).bind(seconds(now)).execute(db).await.map(drop)
}

/// The open question about a customer of this type, if there is one, is about what was provided before.
pub(crate) async fn supersede(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    kind: &str,
) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update question set state = 'old' where customer_id = $1 and kind = $2 and state = 'open'",
    );
    update.bind(customer_id).bind(kind).execute(db).await.map(drop)
}

/// Closes a question; whether it was open.
pub(crate) async fn answer(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<bool> {
    let update =
        sqlx::query("update question set state = 'answered' where id = $1 and state = 'open'");
    Ok(update.bind(id).execute(db).await?.rows_affected() == 1)
}
