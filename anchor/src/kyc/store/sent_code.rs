//! The hashed addresses that codes were sent to, for the limit per address.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, seconds};

/// Inserts a row for a code sent to the address with this hash.
pub(in crate::kyc) async fn insert(
    db: impl AnyExecutor<'_>,
    address: &str,
    now: u64,
) -> Result<()> {
    let insert = sqlx::query("insert into sent_code (address, sent_at) values ($1, $2)");
    Ok(insert.bind(address).bind(seconds(now)).execute(db).await.map(drop)?)
}

/// The number of codes sent to the address with this hash after `since`.
pub(in crate::kyc) async fn count_since(
    db: impl AnyExecutor<'_>,
    address: &str,
    since: u64,
) -> Result<i64> {
    let count =
        sqlx::query_scalar("select count(*) from sent_code where address = $1 and sent_at > $2");
    Ok(count.bind(address).bind(seconds(since)).fetch_one(db).await?)
}

/// Deletes rows of codes that were sent before `than`. Returns their number.
pub(in crate::kyc) async fn purge_older(db: impl AnyExecutor<'_>, than: u64) -> Result<u64> {
    let delete = sqlx::query("delete from sent_code where sent_at < $1");
    Ok(delete.bind(seconds(than)).execute(db).await?.rows_affected())
}
