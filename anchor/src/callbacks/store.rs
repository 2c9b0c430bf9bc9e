//! The SQL of the table `callback`.

use sqlx::any::AnyExecutor;
use windlass_core::sep12::Status;

use crate::data::sql::Result;

/// A callback registration.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(super) struct Row {
    /// The URL, encrypted.
    pub(super) url: Vec<u8>,
    status: String,
    active: i64,
}

impl Row {
    /// The status that was last reported to the wallet.
    pub(super) fn status(&self) -> Status {
        self.status.clone().into()
    }

    /// Whether the next change is reported. `false` after a final status.
    pub(super) fn is_active(&self) -> bool {
        self.active != 0
    }
}

/// The registration of an owner.
pub(super) async fn find(db: impl AnyExecutor<'_>, owner: &str) -> Result<Option<Row>> {
    let select = sqlx::query_as("select url, status, active from callback where owner = $1");
    Ok(select.bind(owner).fetch_optional(db).await?)
}

/// Stores a registration, replacing an earlier one.
pub(super) async fn put(
    db: impl AnyExecutor<'_>,
    owner: &str,
    url: &[u8],
    status: &str,
) -> Result<()> {
    let upsert = sqlx::query(
        "insert into callback (owner, url, status, active) values ($1, $2, $3, 1)
         on conflict (owner) do update set url = excluded.url, status = excluded.status, active = 1",
    );
    Ok(upsert.bind(owner).bind(url).bind(status).execute(db).await.map(drop)?)
}

/// Stores the reported status, and whether the next change is reported.
pub(super) async fn note_status(
    db: impl AnyExecutor<'_>,
    owner: &str,
    status: &str,
    active: bool,
) -> Result<()> {
    let update = sqlx::query("update callback set status = $2, active = $3 where owner = $1");
    let update = update.bind(owner).bind(status).bind(i64::from(active));
    Ok(update.execute(db).await.map(drop)?)
}

/// Deletes the registration of an owner.
pub(super) async fn delete(db: impl AnyExecutor<'_>, owner: &str) -> Result<()> {
    Ok(sqlx::query("delete from callback where owner = $1")
        .bind(owner)
        .execute(db)
        .await
        .map(drop)?)
}
