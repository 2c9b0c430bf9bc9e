//! The SQL of the table `unclaimed_object`: objects that are being written or must be removed.
//!
//! The row is inserted before the object is written, and deleted in the transaction that inserts
//! the row of the file. So each object has exactly one of the two rows, even after a crash.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, seconds};

/// Registers an object that is about to be written. It is removed after `due_at` (Unix seconds)
/// unless a file has claimed it; 0 means that it is to be removed now.
pub(super) async fn insert(db: impl AnyExecutor<'_>, id: &str, due_at: u64) -> Result<()> {
    let insert = sqlx::query("insert into unclaimed_object (id, due_at) values ($1, $2)");
    Ok(insert.bind(id).bind(seconds(due_at)).execute(db).await.map(drop)?)
}

/// Claims an object for a file that is inserted in the same transaction. Returns `false` if the
/// object is marked for removal.
pub(super) async fn claim(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let delete = sqlx::query("delete from unclaimed_object where id = $1 and due_at > 0");
    Ok(delete.bind(id).execute(db).await?.rows_affected() == 1)
}

/// Marks an object for removal if it is due; no file can claim it then. Returns `false` if it is
/// not due.
pub(super) async fn condemn_if_due(db: impl AnyExecutor<'_>, id: &str, now: u64) -> Result<bool> {
    let update =
        sqlx::query("update unclaimed_object set due_at = 0 where id = $1 and due_at <= $2");
    Ok(update.bind(id).bind(seconds(now)).execute(db).await?.rows_affected() == 1)
}

/// Marks an object for removal even if it is not due. Returns `false` if a file has claimed it.
pub(super) async fn condemn(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let update = sqlx::query("update unclaimed_object set due_at = 0 where id = $1");
    Ok(update.bind(id).execute(db).await?.rows_affected() == 1)
}

/// A page of objects that are due, sorted by id, after the given id.
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

/// Deletes the row of an object that was removed.
pub(super) async fn delete(db: impl AnyExecutor<'_>, id: &str) -> Result<()> {
    let delete = sqlx::query("delete from unclaimed_object where id = $1 and due_at = 0");
    Ok(delete.bind(id).execute(db).await.map(drop)?)
}
