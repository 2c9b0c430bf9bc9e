//! To whom codes were sent, whichever customer they were for.

use sqlx::any::AnyExecutor;

use crate::data::seconds;

/// Notes that a code is sent to the address with this hash.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, address: &str, now: u64) -> sqlx::Result<()> {
    let insert = sqlx::query("insert into sent (address, sent_at) values ($1, $2)");
    insert.bind(address).bind(seconds(now)).execute(db).await.map(drop)
}

/// How many codes were sent to it since then.
pub(crate) async fn count_since(
    db: impl AnyExecutor<'_>,
    address: &str,
    since: u64,
) -> sqlx::Result<i64> {
    let count = sqlx::query_scalar("select count(*) from sent where address = $1 and sent_at > $2");
    count.bind(address).bind(seconds(since)).fetch_one(db).await
}

/// Forgets what was sent before then.
pub(crate) async fn purge_older(db: impl AnyExecutor<'_>, than: u64) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from sent where sent_at < $1");
    Ok(delete.bind(seconds(than)).execute(db).await?.rows_affected())
}
