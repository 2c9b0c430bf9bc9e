//! Where wallets want to be told of changes of status.

use sqlx::any::AnyExecutor;

/// A place to tell, and what it knows.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// The sealed URL.
    pub(crate) url: Vec<u8>,
    /// The status that it was told last.
    pub(crate) status: String,
    live: i64,
}

impl Row {
    /// Whether it is told of the next change.
    pub(crate) fn is_live(&self) -> bool {
        self.live != 0
    }
}

/// The place for a customer.
pub(crate) async fn find(db: impl AnyExecutor<'_>, customer_id: &str) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as("select url, status, live from callback where customer_id = $1");
    select.bind(customer_id).fetch_optional(db).await
}

/// Registers a place that knows this status, in place of another one.
pub(crate) async fn put(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    url: &[u8],
    status: &str,
) -> sqlx::Result<()> {
    let upsert = sqlx::query(
        "insert into callback (customer_id, url, status, live) values ($1, $2, $3, 1)
         on conflict (customer_id) do update set url = excluded.url, status = excluded.status, live = 1",
    );
    upsert.bind(customer_id).bind(url).bind(status).execute(db).await.map(drop)
}

/// Notes what the place is being told, and whether it will be told of the next change.
pub(crate) async fn told(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    status: &str,
    live: bool,
) -> sqlx::Result<()> {
    let update = sqlx::query("update callback set status = $2, live = $3 where customer_id = $1");
    update.bind(customer_id).bind(status).bind(i64::from(live)).execute(db).await.map(drop)
}
