//! Changing the master key of the personal data, while the server works.
//!
//! Only the keys are wrapped anew, not what they seal: of each customer one, and of each upload that no customer refers
//! to. A row is changed only if it is as it was read, so that nothing is lost between two that write; whatever was
//! interrupted goes on where it stopped, because each row says which key wraps it.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{
    clock::Random,
    database::Database,
    store,
    vault::{Vault, VaultError, WrappedKey},
};

/// How many keys are wrapped anew in one transaction: a writer waits for no more than these.
const BATCH: u32 = 100;

/// Wraps keys anew, by the first key of the vault.
#[derive(Clone, Debug)]
pub struct Rotation {
    database: Database,
    vault: Vault,
    random: Random,
}

/// How much one master key wraps.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Use {
    /// The keys of customers.
    pub customers: u64,
    /// The keys of uploads that no customer refers to yet.
    pub uploads: u64,
}

/// How far a rotation has come.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// Keys that were wrapped anew.
    pub done: u64,
    /// The ids of what cannot be unwrapped, because its master key is not there or the row was changed.
    pub unreadable: Vec<String>,
}

/// The tables with keys of their own.
#[derive(Clone, Copy)]
enum Table {
    Customer,
    Upload,
}

impl Rotation {
    /// A rotation to the first key of `vault`, which must have the older ones as well.
    pub const fn new(database: Database, vault: Vault, random: Random) -> Self {
        Self { database, vault, random }
    }

    /// What is wrapped by each master key, by its id.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn census(&self) -> sqlx::Result<BTreeMap<String, Use>> {
        let db = self.database.pool();
        let mut census: BTreeMap<String, Use> = BTreeMap::new();
        for (id, count) in store::customer::count_by_key(db).await? {
            census.entry(id).or_default().customers = count.unsigned_abs();
        }
        for (id, count) in store::file::count_by_key(db).await? {
            census.entry(id).or_default().uploads = count.unsigned_abs();
        }
        Ok(census)
    }

    /// Wraps everything anew that another key than the first wraps, in batches, and tells after each how far it is.
    ///
    /// # Errors
    ///
    /// The database does not answer. What is done is done, and the next run goes on from there.
    pub async fn run(&self, mut tell: impl FnMut(&Progress)) -> Result<Progress, RotationError> {
        let mut progress = Progress::default();
        for table in [Table::Customer, Table::Upload] {
            let mut after = String::new();
            while self.batch(table, &mut after, &mut progress).await? {
                tell(&progress);
                // Nothing waits for a database that answers at once: it can be left here, where nothing is half done.
                tokio::task::yield_now().await;
            }
        }
        // Wrapped keys of before are of no use to anybody who finds them.
        self.database.scrub().await?;
        Ok(progress)
    }

    /// One transaction. Whether there may be more after it.
    async fn batch(
        &self,
        table: Table,
        after: &mut String,
        progress: &mut Progress,
    ) -> Result<bool, RotationError> {
        let mut tx = self.database.begin().await?;
        let current = self.vault.current();
        let old = match table {
            Table::Customer => {
                store::customer::wrapped_otherwise(&mut *tx, &current, after, BATCH).await?
            }
            Table::Upload => {
                store::file::wrapped_otherwise(&mut *tx, &current, after, BATCH).await?
            }
        };
        let Some((last, _)) = old.last() else { return Ok(false) };
        after.clone_from(last);
        for (id, old) in &old {
            let new = match self.wrap_anew(table, id, old) {
                Ok(new) => new,
                Err(cause) => {
                    tracing::warn!(id, %cause, "a key cannot be wrapped anew");
                    progress.unreadable.push(id.clone());
                    continue;
                }
            };
            // Otherwise it was deleted or used meanwhile, and needs nothing any more.
            let changed = match table {
                Table::Customer => store::customer::rewrap(&mut *tx, id, old, &new).await?,
                Table::Upload => store::file::rewrap(&mut *tx, id, old, &new).await?,
            };
            progress.done += u64::from(changed);
        }
        tx.commit().await?;
        Ok(true)
    }

    fn wrap_anew(
        &self,
        table: Table,
        id: &str,
        old: &WrappedKey,
    ) -> Result<WrappedKey, VaultError> {
        let context = match table {
            Table::Customer => ["customer", id],
            Table::Upload => ["file", id],
        };
        let key = self.vault.unwrap(old, &context)?;
        self.vault.wrap(&key, &context, &self.random)
    }
}

/// Why a rotation stopped.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RotationError {
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
