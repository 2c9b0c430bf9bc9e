//! Objects that no file refers to: being written, or to be removed.
//!
//! The row is inserted before the object is written, and deleted in the transaction that inserts the row of the file. So
//! every object has one row or the other, whenever the server dies.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, seconds};

/// Notes an object that is about to be written. It is removed after `due_at` unless a file refers to it by then; with 0
/// it is to be removed now.
pub(super) async fn insert(db: impl AnyExecutor<'_>, id: &str, due_at: u64) -> Result<()> {
    let insert = sqlx::query("insert into unclaimed_object (id, due_at) values ($1, $2)");
    Ok(insert.bind(id).bind(seconds(due_at)).execute(db).await.map(drop)?)
}

/// Claims an object for a file that is inserted in the same transaction. Returns whether it is still there.
pub(super) async fn claim(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let delete = sqlx::query("delete from unclaimed_object where id = $1 and due_at > 0");
    Ok(delete.bind(id).execute(db).await?.rows_affected() == 1)
}

/// Decides that an object is removed, if it is due: no file can claim it any more. Returns whether it is to be removed.
pub(super) async fn condemn_if_due(db: impl AnyExecutor<'_>, id: &str, now: u64) -> Result<bool> {
    let update =
        sqlx::query("update unclaimed_object set due_at = 0 where id = $1 and due_at <= $2");
    Ok(update.bind(id).bind(seconds(now)).execute(db).await?.rows_affected() == 1)
}

/// The same for an object that is not due, unless a file has claimed it.
pub(super) async fn condemn(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let update = sqlx::query("update unclaimed_object set due_at = 0 where id = $1");
    Ok(update.bind(id).execute(db).await?.rows_affected() == 1)
}

/// The objects that are due, by their ids, after the one named.
pub(super) async fn due(
    db: impl AnyExecutor<'_>,
    now: u64,
    after: &str,
    limit: u32,
) -> Result<Vec<String>> {
    let select = sqlx::query_scalar(
        "select id from unclaimed_object where due_at <= $1 and id > $2 order by id limit $3",
    );
    Ok(select.bind(seconds(now)).bind(after).bind(i64::from(limit)).fetch_all(db).await?)
}

/// Forgets an object that was removed.
pub(super) async fn delete(db: impl AnyExecutor<'_>, id: &str) -> Result<()> {
    let delete = sqlx::query("delete from unclaimed_object where id = $1 and due_at = 0");
    Ok(delete.bind(id).execute(db).await.map(drop)?)
}
