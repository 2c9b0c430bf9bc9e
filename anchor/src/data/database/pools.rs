//! The connection pools of a database.

use std::time::Duration;

use sqlx::{
    AnyPool, Connection as _, Executor as _,
    any::{AnyConnectOptions, AnyPoolOptions},
};

use super::{Engine, place::Place};

/// The largest number of open connections for reads; on PostgreSQL for all statements.
const MAX_CONNECTIONS: u32 = 10;
/// How long a statement waits for a free connection, and then for the lock of another writer.
const PATIENCE: Duration = Duration::from_secs(4);
/// A connection that was idle for so long is tested before its next use.
const TEST_AFTER: Duration = Duration::from_secs(1);

/// Readers do not wait for a writer, writers wait for each other, and deleted data is overwritten.
/// The time to wait is [`PATIENCE`].
const SQLITE: &str = "pragma busy_timeout = 4000; pragma journal_mode = wal;
    pragma foreign_keys = on; pragma secure_delete = on;";
/// In addition, so that no write happens beside the one connection for writes.
const SQLITE_READER: &str = "pragma query_only = on;";
/// A table that something else has locked for longer is an error. The time is [`PATIENCE`].
const POSTGRES: &str = "set lock_timeout = 4000";

/// Where statements run.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    pub(super) reads: AnyPool,
    /// On SQLite a single connection: the file has one writer at a time, and the pool's queue is
    /// fair, unlike the file's lock.
    pub(super) writes: AnyPool,
}

impl Pools {
    pub(super) async fn open(place: &Place) -> sqlx::Result<Self> {
        let options: AnyConnectOptions = place.url.parse()?;
        let one_for_all = match place.engine {
            Engine::Postgres => pool(MAX_CONNECTIONS, &[POSTGRES]),
            // Each connection to `:memory:` has its own database, which ends with the connection.
            Engine::Sqlite if place.in_memory => {
                pool(1, &[SQLITE]).min_connections(1).idle_timeout(None).max_lifetime(None)
            }
            Engine::Sqlite => {
                // First the writer, which creates the file.
                let writes = pool(1, &[SQLITE]).connect_with(options.clone()).await?;
                let reads = pool(MAX_CONNECTIONS, &[SQLITE, SQLITE_READER]);
                return Ok(Self { reads: reads.connect_with(options).await?, writes });
            }
        };
        let pool = one_for_all.connect_with(options).await?;
        Ok(Self { reads: pool.clone(), writes: pool })
    }

    /// Waits for statements that run, and closes the connections.
    pub(super) async fn close(&self) {
        self.reads.close().await;
        // Last, because SQLite copies its log into the file when the last connection closes.
        self.writes.close().await;
    }
}

/// A pool that runs `prepare` on each new connection.
fn pool(connections: u32, prepare: &'static [&'static str]) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statements in prepare {
                    connection.execute(*statements).await?;
                }
                Ok(())
            })
        })
        // A test for each use would double the round trips to the database.
        .test_before_acquire(false)
        .before_acquire(|connection, used| {
            Box::pin(async move {
                if used.idle_for >= TEST_AFTER {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}
