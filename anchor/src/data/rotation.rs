//! Rotates the master key of personal data while the server runs.
//!
//! A rotation re-wraps the data keys with the new master key; the data that they encrypt does not
//! change. It updates a row only if the row is still as it was read, so that concurrent writes are
//! not lost. Each row names its master key, so an interrupted rotation resumes where it stopped.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use thiserror::Error;

use super::sql;
use crate::{
    clock::Random,
    database::{Database, StoreError, Tx},
    vault::{Vault, VaultError, WrappedKey},
};

/// The number of keys per transaction. Other writers wait for at most one such transaction.
const BATCH: u32 = 100;

/// A table whose rows have keys of their own, in the columns `id`, `key_id` and `wrapped_key`. A
/// row with an empty `key_id` is not wrapped by a master key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyTable {
    /// The name of the table.
    pub(crate) name: &'static str,
    /// The first part of the context that a key is bound to. The id of its row follows.
    pub(crate) context: &'static str,
}

/// Re-wraps keys with the first master key of a vault.
#[derive(Clone, Debug)]
pub struct Rotation {
    database: Database,
    vault: Vault,
    random: Random,
    tables: &'static [KeyTable],
}

/// The number of keys that each master key wraps, by id of the master key and name of the table.
pub type Census = BTreeMap<String, BTreeMap<&'static str, u64>>;

/// The progress of a rotation.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// The number of keys re-wrapped with the new master key.
    pub done: u64,
    /// The ids of rows whose key cannot be unwrapped, because its master key is missing or the row
    /// was modified.
    pub unreadable: Vec<String>,
}

impl Progress {
    fn add(&mut self, batch: Self) {
        self.done += batch.done;
        self.unreadable.extend(batch.unreadable);
    }
}

impl Rotation {
    /// A rotation to the first master key of `vault`, which must also contain the older ones.
    pub const fn new(
        database: Database,
        vault: Vault,
        random: Random,
        tables: &'static [KeyTable],
    ) -> Self {
        Self { database, vault, random, tables }
    }

    /// Counts the keys that each master key wraps.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn census(&self) -> Result<Census, StoreError> {
        let mut census = Census::new();
        for table in self.tables {
            for (key_id, count) in table.count_by_key(&self.database).await? {
                census.entry(key_id).or_default().insert(table.name, count.unsigned_abs());
            }
        }
        Ok(census)
    }

    /// Re-wraps all keys that are wrapped by another master key than the first one, in batches.
    /// Calls `report` after each batch.
    ///
    /// # Errors
    ///
    /// The database does not answer. Finished batches are committed; the next run continues after
    /// them.
    pub async fn run(&self, mut report: impl FnMut(&Progress)) -> Result<Progress, RotationError> {
        let mut progress = Progress::default();
        for table in self.tables {
            let mut after = String::new();
            while let Some((last, batch)) = self.wrap_batch(table, &after).await? {
                after = last;
                progress.add(batch);
                report(&progress);
                // A fast database never yields. This lets the caller stop the rotation between
                // batches.
                tokio::task::yield_now().await;
            }
        }
        // The write-ahead log still contains the keys wrapped by the old master key.
        self.database.truncate_wal().await?;
        Ok(progress)
    }

    /// Re-wraps one batch in a transaction. Returns the id of the last row read; `None` if there
    /// was none.
    async fn wrap_batch(
        &self,
        table: &KeyTable,
        after: &str,
    ) -> Result<Option<(String, Progress)>, RotationError> {
        let batch = self.database.write("wrap keys", |mut tx| async move {
            let mut progress = Progress::default();
            let old = table.wrapped_by_others(&mut tx, &self.vault.current(), after).await?;
            for (id, old) in &old {
                let new = match self.wrap(table, id, old) {
                    Ok(new) => new,
                    Err(cause) => {
                        tracing::warn!(id, %cause, "a key cannot be unwrapped");
                        progress.unreadable.push(id.clone());
                        continue;
                    }
                };
                // If the row was deleted or changed since, it does not need the new key.
                progress.done += u64::from(table.replace_key(&mut tx, id, old, &new).await?);
            }
            let last = old.into_iter().next_back().map(|(id, _)| (id, progress));
            Ok::<_, StoreError>((tx, last))
        });
        Ok(batch.await?)
    }

    fn wrap(&self, table: &KeyTable, id: &str, old: &WrappedKey) -> Result<WrappedKey, VaultError> {
        let context = [table.context, id];
        let key = self.vault.unwrap(old, &context)?;
        self.vault.wrap(&key, &context, &self.random)
    }
}

impl KeyTable {
    async fn count_by_key(&self, database: &Database) -> sql::Result<Vec<(String, i64)>> {
        let select = format!(
            "select key_id, count(*) from {} where key_id <> '' group by key_id",
            self.name
        );
        Ok(sqlx::query_as(AssertSqlSafe(select)).fetch_all(database.reads()).await?)
    }

    /// A page of keys that another master key wraps, with the ids of their rows, after the given
    /// id.
    async fn wrapped_by_others(
        &self,
        tx: &mut Tx,
        key_id: &str,
        after: &str,
    ) -> sql::Result<Vec<(String, WrappedKey)>> {
        let select = format!(
            "select id, key_id, wrapped_key from {}
             where key_id <> $1 and key_id <> '' and id > $2 order by id limit $3",
            self.name
        );
        let select = sqlx::query_as(AssertSqlSafe(select));
        let select = select.bind(key_id).bind(after).bind(i64::from(BATCH));
        let rows: Vec<(String, String, Vec<u8>)> = select.fetch_all(&mut **tx).await?;
        Ok(rows.into_iter().map(|(id, key_id, bytes)| (id, WrappedKey { key_id, bytes })).collect())
    }

    /// Replaces a key. Returns `false` if the row has another key than `old`.
    async fn replace_key(
        &self,
        tx: &mut Tx,
        id: &str,
        old: &WrappedKey,
        new: &WrappedKey,
    ) -> sql::Result<bool> {
        let update = format!(
            "update {} set key_id = $1, wrapped_key = $2
             where id = $3 and key_id = $4 and wrapped_key = $5",
            self.name
        );
        let update = sqlx::query(AssertSqlSafe(update));
        let update = update.bind(&new.key_id).bind(new.bytes.as_slice()).bind(id);
        let update = update.bind(&old.key_id).bind(old.bytes.as_slice());
        Ok(update.execute(&mut **tx).await?.rows_affected() == 1)
    }
}

/// The error that stops a rotation.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RotationError {
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}
