//! Objects that no file refers to: being written, or to be removed.
//!
//! The row is written before the object is, and goes in the transaction that makes the file's row; so every object has
//! either the one or the other, whenever the server dies.

use sqlx::any::AnyExecutor;

use crate::data::seconds;

/// Notes an object that is about to be written; removed after `due_at` unless a file refers to it by then.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, id: &str, due_at: u64) -> sqlx::Result<()> {
    let insert = sqlx::query("insert into stray (id, due_at) values ($1, $2)");
    insert.bind(id).bind(seconds(due_at)).execute(db).await.map(drop)
}

/// Takes an object for a file that is inserted in the same transaction. Tells whether it is still there.
pub(crate) async fn adopt(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<bool> {
    let delete = sqlx::query("delete from stray where id = $1 and due_at > 0");
    Ok(delete.bind(id).execute(db).await?.rows_affected() == 1)
}

/// Gives an object up, if it is due: from here on no file can take it. Tells whether it is to be removed.
pub(crate) async fn doom(db: impl AnyExecutor<'_>, id: &str, now: u64) -> sqlx::Result<bool> {
    let update = sqlx::query("update stray set due_at = 0 where id = $1 and due_at <= $2");
    Ok(update.bind(id).bind(seconds(now)).execute(db).await?.rows_affected() == 1)
}

/// Gives an object up whether it is due or not, unless a file has taken it. Tells whether it is to be removed.
pub(crate) async fn abandon(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<bool> {
    let update = sqlx::query("update stray set due_at = 0 where id = $1");
    Ok(update.bind(id).execute(db).await?.rows_affected() == 1)
}

/// The objects that are due, the oldest first, after the one named.
pub(crate) async fn due(
    db: impl AnyExecutor<'_>,
    now: u64,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<String>> {
    let select = sqlx::query_scalar(
        "select id from stray where due_at <= $1 and id > $2 order by id limit $3",
    );
    select.bind(seconds(now)).bind(after).bind(i64::from(limit)).fetch_all(db).await
}

/// Forgets an object that was removed.
pub(crate) async fn forget(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from stray where id = $1 and due_at = 0");
    delete.bind(id).execute(db).await.map(drop)
}
