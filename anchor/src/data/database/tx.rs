//! A transaction of the database.

use std::{
    fmt, mem,
    ops::{Deref, DerefMut},
};

use sqlx::{Any, AnyConnection, Executor as _, pool::PoolConnection};

use super::{Engine, StoreError};

type AfterCommit = Box<dyn FnOnce() + Send>;

/// A transaction for writing, from [`Database::write`](super::Database::write). Run queries on
/// `&mut *tx`. Dropping it rolls it back.
#[must_use]
pub struct Tx {
    /// `None` only when the transaction has ended.
    connection: Option<PoolConnection<Any>>,
    after_commit: Vec<AfterCommit>,
}

impl Tx {
    /// Begins a transaction. sqlx's own transactions are not used: they count how deep they are
    /// nested, and the count of a connection stays wrong when the database has ended a transaction
    /// by itself (a full disk) or the caller is cancelled meanwhile (sqlx's issue 4393).
    pub(super) async fn begin(
        connection: PoolConnection<Any>,
        engine: Engine,
    ) -> Result<Self, StoreError> {
        let mut tx = Self { connection: Some(connection), after_commit: Vec::new() };
        tx.execute(match engine {
            // If a transaction reads first and writes later, SQLite cannot wait for another writer
            // and fails at once with SQLITE_BUSY. `immediate` takes the write lock at the start.
            Engine::Sqlite => "begin immediate",
            Engine::Postgres => "begin",
        })
        .await?;
        Ok(tx)
    }

    /// Registers a function to run after the commit, for example to wake a worker.
    pub fn after_commit(&mut self, run: impl FnOnce() + Send + 'static) {
        self.after_commit.push(Box::new(run));
    }

    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        self.execute("commit").await?;
        self.connection = None;
        for run in mem::take(&mut self.after_commit) {
            run();
        }
        Ok(())
    }
}

/// Rolls back. Closes the connection if it cannot begin another transaction.
impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        // Also when the caller was cancelled: the task sees the statement through.
        tokio::spawn(async move {
            // When a disk is full, SQLite has rolled back by itself: that is an error here, and
            // nothing is wrong with the connection.
            if connection.execute("rollback").await.is_err()
                && let Err(cause) = connection.execute("begin; rollback").await
            {
                tracing::warn!(%cause, "a transaction stays open, closing its connection");
                let _ = connection.close().await;
            }
        });
    }
}

const ENDED: &str = "the connection is there until the transaction ends";

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().expect(ENDED)
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect(ENDED)
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}
