//! A transaction of the database.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use sqlx::{Any, AnyConnection, Transaction};

use super::StoreError;

type AfterCommit = Box<dyn FnOnce() + Send>;

/// A transaction for writing, from [`Database::write`](super::Database::write). Run queries on
/// `&mut *tx`. Dropping it rolls it back.
#[must_use]
pub struct Tx {
    transaction: Transaction<'static, Any>,
    after_commit: Vec<AfterCommit>,
}

impl Tx {
    pub(super) const fn new(transaction: Transaction<'static, Any>) -> Self {
        Self { transaction, after_commit: Vec::new() }
    }

    /// Registers a function to run after the commit, for example to wake a worker.
    pub fn after_commit(&mut self, run: impl FnOnce() + Send + 'static) {
        self.after_commit.push(Box::new(run));
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await?;
        for run in self.after_commit {
            run();
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}
