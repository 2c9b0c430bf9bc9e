//! The database: SQLite for one server, PostgreSQL for several. The SQL text is the same for both.

use std::{fmt, time::Duration};

use sqlx::{
    Any, AnyPool,
    migrate::{MigrateError, Migrator},
    pool::PoolConnection,
};
use tracing::Instrument as _;

use crate::base::lock;

mod error;
mod place;
mod pools;
mod store_error;
mod tx;

pub use error::DatabaseError;
pub use store_error::StoreError;
pub use tx::Tx;

use place::Place;
use pools::Pools;

static MIGRATIONS: Migrator = sqlx_macros::migrate!("./migrations");

/// The number of attempts at a transaction that the database aborts because of a conflict.
const MAX_ATTEMPTS: u32 = 5;
/// How long a start waits for another one that creates or migrates the same file.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// The anchor's database, with its tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pools: Pools,
    engine: Engine,
}

/// The database engine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    /// SQLite, in a file on this machine or in memory.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

impl Database {
    /// Opens a database and migrates its tables.
    ///
    /// `sqlite:<path>` creates a missing file in an existing folder. `sqlite::memory:` exists until
    /// it is closed. `postgres://…` is a server.
    ///
    /// # Errors
    ///
    /// The URL has another scheme, the database is unreachable, or another version of windlass has
    /// made its tables.
    pub async fn connect(url: &str) -> Result<Self, DatabaseError> {
        sqlx::any::install_default_drivers();
        let place = Place::of(url)?;
        let _starting = match place.file() {
            Some(file) => Some(lock::wait(&file, START_TIMEOUT).await.map_err(|cause| {
                DatabaseError::Connect { place: place.shown(), cause: cause.into() }
            })?),
            // PostgreSQL has a lock of its own, which the migrations take.
            None => None,
        };
        place.keep_private();
        let pools = Pools::open(&place)
            .await
            .map_err(|cause| DatabaseError::Connect { place: place.shown(), cause })?;
        MIGRATIONS.run(&pools.writes).await.map_err(|cause| match cause {
            MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_) => {
                DatabaseError::OtherVersion { place: place.shown() }
            }
            cause => DatabaseError::Migrate { place: place.shown(), cause },
        })?;
        Ok(Self { pools, engine: place.engine })
    }

    /// The engine of this database.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The connections for reads. On SQLite a write by them fails.
    pub const fn reads(&self) -> &AnyPool {
        &self.pools.reads
    }

    /// The connections for writes that are a single statement; for others there is
    /// [`write`](Self::write).
    pub const fn writes(&self) -> &AnyPool {
        &self.pools.writes
    }

    /// One connection, for several reads.
    ///
    /// # Errors
    ///
    /// No connection becomes free in time, or the database does not answer.
    pub async fn connection(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.pools.reads.acquire().await?)
    }

    /// Checks that the database takes writes, by writing.
    ///
    /// # Errors
    ///
    /// The database does not answer, or takes no writes.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.write("check", |mut tx| async move {
            let update = sqlx::query("update health set checks = checks + 1 where id = 1");
            update.execute(&mut *tx).await?;
            Ok((tx, ()))
        })
        .await
    }

    /// Runs `work` in a transaction, commits it, and then runs the [`Tx::after_commit`] callbacks.
    /// After an error nothing is changed.
    ///
    /// `work` gets the transaction and returns it together with its result. The database may abort
    /// a transaction because of a conflict with another one (a deadlock); then `work` runs again,
    /// so it must change nothing but the database. `name` identifies the transaction in the log.
    ///
    /// ```
    /// # use windlass_anchor::database::{Database, StoreError};
    /// # async fn example(database: &Database) -> Result<(), StoreError> {
    /// let deleted = database
    ///     .write("delete old challenges", |mut tx| async move {
    ///         let delete = sqlx::query("delete from challenge where expires_at < 1000");
    ///         let deleted = delete.execute(&mut *tx).await?.rows_affected();
    ///         Ok::<_, StoreError>((tx, deleted))
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of `work`; no connection becomes free in time, or the database does not answer.
    pub async fn write<T, E, F>(
        &self,
        name: &'static str,
        work: impl Fn(Tx) -> F + Send + Sync,
    ) -> Result<T, E>
    where
        E: std::error::Error + From<StoreError> + 'static,
        F: Future<Output = Result<(Tx, T), E>> + Send,
    {
        let mut attempt = 1;
        loop {
            let run = async {
                let (tx, value) = work(self.begin().await?).await?;
                tx.commit().await?;
                Ok::<_, E>(value)
            };
            let error = match run.instrument(tracing::debug_span!("write", name, attempt)).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if !store_error::is_conflict(&error) || attempt == MAX_ATTEMPTS {
                return Err(error);
            }
            tracing::warn!(
                name,
                attempt,
                "transaction conflicts with another one, running it again"
            );
            attempt += 1;
        }
    }

    async fn begin(&self) -> Result<Tx, StoreError> {
        Tx::begin(self.pools.writes.acquire().await?, self.engine).await
    }

    /// Removes deleted data from SQLite's write-ahead log.
    ///
    /// SQLite overwrites deleted rows in its file, but its log still contains what was written
    /// before. This copies the log into the file and empties it. While another connection reads an
    /// older state, the log cannot be emptied; the next call empties it. Does nothing on
    /// PostgreSQL, where `vacuum` removes deleted rows and the server recycles its log.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn truncate_wal(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            let checkpoint = sqlx::query("pragma wal_checkpoint(truncate)");
            checkpoint.fetch_all(&self.pools.writes).await?;
        }
        Ok(())
    }

    /// Closes all connections. Waits for those that are in use.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Executor as _;
    use windlass_core::problem::Code;

    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn files_of_a_new_database_are_private() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        for (name, prefix) in [("a.db", "sqlite:"), ("b.db", "sqlite://"), ("c%20d.db", "sqlite:")]
        {
            let path = folder.path().join(name);
            let database = Database::connect(&format!("{prefix}{}", path.display())).await.unwrap();
            assert!(folder.path().join(name.replace("%20", " ")).exists());
            for file in std::fs::read_dir(folder.path()).unwrap() {
                let file = file.unwrap();
                let mode = file.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
                assert!(!file.path().display().to_string().contains('%'));
            }
            drop(database);
        }
    }

    #[tokio::test]
    async fn other_databases_are_refused_without_their_password() {
        let error = Database::connect("mysql://me:s3cret@db/kyc").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database URL mysql://me:***@db/kyc must begin with sqlite: or postgres://"
        );
    }

    #[tokio::test]
    async fn missing_folder_is_an_error_that_names_it() {
        let error = Database::connect("sqlite:/no/such/folder/windlass.db").await.unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("cannot open the database sqlite:/no/such/folder/windlass.db: "),
            "{error}"
        );
    }

    #[tokio::test]
    async fn file_persists_and_its_tables_are_created_once() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("windlass.db").display());
        let database = Database::connect(&url).await.unwrap();
        sqlx::query("insert into challenge (hash, expires_at) values ('a', 1)")
            .execute(database.writes())
            .await
            .unwrap();
        database.close().await;

        let database = Database::connect(&url).await.unwrap();
        let count: i64 = sqlx::query_scalar("select count(*) from challenge")
            .fetch_one(database.reads())
            .await
            .unwrap();
        assert_eq!(count, 1);
        let mode: String =
            sqlx::query_scalar("pragma journal_mode").fetch_one(database.reads()).await.unwrap();
        assert_eq!(mode, "wal");
    }

    #[tokio::test]
    async fn tables_of_another_version_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("windlass.db").display());
        for change in [
            "update _sqlx_migrations set checksum = x'00' where version = 1",
            "update _sqlx_migrations set version = 9999 where version = 1",
        ] {
            let _ = std::fs::remove_file(folder.path().join("windlass.db"));
            let database = Database::connect(&url).await.unwrap();
            sqlx::query(change).execute(database.writes()).await.unwrap();
            database.close().await;
            let error = Database::connect(&url).await.unwrap_err().to_string();
            assert!(error.contains("made by another version of windlass"), "{error}");
            assert!(error.contains("windlass.db"), "{error}");
        }
    }

    // SQLite ends a transaction by itself when the disk is full.
    #[tokio::test]
    async fn transaction_that_the_database_has_ended_does_not_break_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        for url in [url.as_str(), "sqlite::memory:"] {
            let database = Database::connect(url).await.unwrap();
            for _ in 0..20 {
                let failed = database.write("test", |mut tx| async move {
                    sqlx::query("rollback").execute(&mut *tx).await?;
                    Err::<(Tx, ()), _>(StoreError::from(sqlx::Error::WorkerCrashed))
                });
                assert!(failed.await.is_err());
            }
            database
                .write("test", |mut tx| async move {
                    let insert = "insert into challenge (hash, expires_at) values ('a', 1)";
                    sqlx::query(insert).execute(&mut *tx).await?;
                    Ok::<_, StoreError>((tx, ()))
                })
                .await
                .unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn first_starts_at_the_same_time_make_the_tables_once() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("a.db").display());
            let starts = (0..8).map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Database::connect(&url).await })
            });
            for start in starts.collect::<Vec<_>>() {
                start.await.unwrap().unwrap();
            }
        }
    }

    #[tokio::test]
    async fn connections_for_reads_refuse_writes() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        let database = Database::connect(&url).await.unwrap();
        let delete = sqlx::query("delete from challenge").execute(database.reads()).await;
        assert!(delete.unwrap_err().to_string().contains("readonly"));
    }

    // Another process has locked the file, or a disk is full.
    #[tokio::test]
    async fn database_that_takes_no_writes_is_unavailable_and_recovers() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        let database = Database::connect(&url).await.unwrap();
        let write = async || {
            let insert = database.write("test", |mut tx| async move {
                let insert = "insert into challenge (hash, expires_at)
                              values (lower(hex(randomblob(5000))), 1)";
                sqlx::query(insert).execute(&mut *tx).await?;
                Ok::<_, StoreError>((tx, ()))
            });
            insert.await.map_err(|error| crate::Error::from(error).status().as_u16())
        };

        let other = Database::connect(&url).await.unwrap();
        let locked = other.begin().await.unwrap();
        database.writes().execute("pragma busy_timeout = 20").await.unwrap();
        assert_eq!(write().await, Err(503));
        assert_eq!(
            database.check().await.map_err(|error| crate::Error::from(error).code()),
            Err(Code::Unavailable)
        );
        drop(locked);
        assert_eq!(write().await, Ok(()));

        let no_space = "pragma max_page_count = 1";
        database.writes().execute(no_space).await.unwrap();
        assert_eq!(write().await, Err(503));
        database.writes().execute("pragma max_page_count = 1000").await.unwrap();
        assert_eq!(write().await, Ok(()));
    }

    #[tokio::test]
    async fn writers_wait_for_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let database =
            Database::connect(&format!("sqlite:{}", folder.path().join("a.db").display()))
                .await
                .unwrap();
        let writers: Vec<_> = (0..8)
            .map(|n: i64| {
                let database = database.clone();
                tokio::spawn(async move {
                    let write = database.write("test", |mut tx| async move {
                        let seen: i64 = sqlx::query_scalar("select count(*) from challenge")
                            .fetch_one(&mut *tx)
                            .await?;
                        let insert =
                            sqlx::query("insert into challenge (hash, expires_at) values ($1, $2)");
                        insert.bind(n.to_string()).bind(seen).execute(&mut *tx).await?;
                        Ok::<_, StoreError>((tx, ()))
                    });
                    write.await.unwrap();
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let seen: Vec<i64> = sqlx::query_scalar("select expires_at from challenge order by 1")
            .fetch_all(database.reads())
            .await
            .unwrap();
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
