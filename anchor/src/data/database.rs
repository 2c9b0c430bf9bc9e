//! The database: SQLite for one server, PostgreSQL for several, the same SQL on both.

use std::{borrow::Cow, fmt, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, Connection as _, Executor as _,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{MigrateError, Migrator},
    pool::PoolConnection,
};
use thiserror::Error;
use tracing::Instrument as _;
use url::Url;

mod store_error;
mod tx;

pub use store_error::StoreError;
pub use tx::Tx;

static MIGRATIONS: Migrator = sqlx_macros::migrate!("./migrations");

/// The most connections at a time.
const MAX_CONNECTIONS: u32 = 10;
/// How often a transaction is run when the database ends it because of another one.
const MAX_ATTEMPTS: u32 = 5;

/// The anchor's database, with its tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pool: AnyPool,
    engine: Engine,
}

/// Which database it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    /// In a file of this machine, or in memory.
    Sqlite,
    /// A server.
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
    /// Opens a database and brings its tables up to date.
    ///
    /// `sqlite:<path>` makes the file if it is missing (its folder must be there), `sqlite::memory:` is gone when it is
    /// closed, `postgres://…` is a server.
    ///
    /// # Errors
    ///
    /// The URL is of another kind, the database cannot be reached, or its tables are not ours.
    pub async fn connect(url: &str) -> Result<Self, DatabaseError> {
        sqlx::any::install_default_drivers();
        let engine = match url.split(':').next() {
            Some("sqlite") => Engine::Sqlite,
            Some("postgres" | "postgresql") => Engine::Postgres,
            _ => return Err(DatabaseError::Scheme(without_secrets(url))),
        };
        let place = || without_secrets(url);
        let failed = |cause| DatabaseError::Connect { place: place(), cause };
        let options: AnyConnectOptions = create_if_missing(url, engine).parse().map_err(failed)?;
        let pool =
            pool_options(engine, is_in_memory(url)).connect_with(options).await.map_err(failed)?;
        MIGRATIONS.run(&pool).await.map_err(|cause| match cause {
            MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_) => {
                DatabaseError::OtherVersion { place: place() }
            }
            cause => DatabaseError::Migrate { place: place(), cause },
        })?;
        Ok(Self { pool, engine })
    }

    /// Which engine it runs on.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The connections, for single queries that only read or that are one statement.
    pub const fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// One connection, for several queries that only read.
    ///
    /// # Errors
    ///
    /// No connection is free, or the database does not answer.
    pub async fn connection(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    ///
    /// It does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.pool.acquire().await?.ping().await?)
    }

    /// Runs `work` in a transaction, commits it and then does what the work has left for
    /// [after the commit](Tx::after_commit). After an error nothing is changed.
    ///
    /// The work gets the transaction and hands it back beside its result. It is run again if the
    /// database ends the transaction because of another one (a deadlock), so it must change nothing
    /// but the database. `name` says in the log which transaction it is.
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
    /// Those of `work`; no connection is free, or the database does not answer.
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
            let again = StoreError::behind(&error).is_some_and(StoreError::is_conflict);
            if !again || attempt == MAX_ATTEMPTS {
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

    /// Begins a transaction that will write.
    #[expect(clippy::disallowed_methods, reason = "made safe here")]
    async fn begin(&self) -> Result<Tx, StoreError> {
        let transaction = match self.engine {
            // A transaction that reads first and writes later cannot wait for another writer: it
            // fails at once, with SQLITE_BUSY. So it says from the start that it will write.
            Engine::Sqlite => self.pool.begin_with("begin immediate").await?,
            // If the caller is cancelled while `BEGIN` is in flight, sqlx 0.9 returns the connection
            // to the pool with the transaction open (its issue 4393, fixed but not released). A
            // spawned task sees `BEGIN` through.
            Engine::Postgres => {
                let pool = self.pool.clone();
                tokio::spawn(async move { pool.begin().await })
                    .await
                    .unwrap_or(Err(sqlx::Error::WorkerCrashed))?
            }
        };
        Ok(Tx::new(transaction))
    }

    /// Removes what was deleted from the write-ahead log as well.
    ///
    /// SQLite overwrites deleted rows in its file, but its log still has what was written before.
    /// This copies the log into the file and empties it. While another connection reads an older
    /// state the log cannot be emptied; the next call does it then. PostgreSQL is left alone: there
    /// deleted rows go with the next `vacuum`, and the log when it is recycled.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn truncate_wal(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            let checkpoint = sqlx::query("pragma wal_checkpoint(truncate)");
            checkpoint.fetch_all(&self.pool).await?;
        }
        Ok(())
    }

    /// Closes all connections, waiting for those at work.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn pool_options(engine: Engine, in_memory: bool) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().acquire_timeout(Duration::from_secs(10));
    match engine {
        Engine::Postgres => options.max_connections(MAX_CONNECTIONS),
        // Each connection to `:memory:` is a database of its own, which ends with it.
        Engine::Sqlite if in_memory => {
            options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None)
        }
        Engine::Sqlite => options.max_connections(MAX_CONNECTIONS),
    }
    .after_connect(move |connection, _| {
        Box::pin(async move {
            if engine == Engine::Sqlite { prepare_sqlite(connection).await } else { Ok(()) }
        })
    })
}

/// Readers do not wait for a writer, writers wait for each other, and what is deleted is overwritten.
async fn prepare_sqlite(connection: &mut AnyConnection) -> sqlx::Result<()> {
    for pragma in [
        "pragma busy_timeout = 10000",
        "pragma journal_mode = wal",
        "pragma foreign_keys = on",
        "pragma secure_delete = on",
    ] {
        connection.execute(pragma).await?;
    }
    Ok(())
}

fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

fn create_if_missing(url: &str, engine: Engine) -> Cow<'_, str> {
    match engine {
        Engine::Sqlite if !url.contains("mode=") && !is_in_memory(url) => {
            let separator = if url.contains('?') { '&' } else { '?' };
            Cow::Owned(format!("{url}{separator}mode=rwc"))
        }
        Engine::Sqlite | Engine::Postgres => Cow::Borrowed(url),
    }
}

/// The URL as it may be shown: without password, and without parameters, which may hold one.
fn without_secrets(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    if bare.starts_with("sqlite:") {
        return bare.to_owned();
    }
    match Url::parse(bare) {
        Ok(mut url) if url.has_host() => {
            if url.password().is_some() && url.set_password(Some("***")).is_err() {
                return format!("{}://…", url.scheme());
            }
            url.into()
        }
        // Whatever it is, it may hold a password.
        _ => match bare.split_once(':') {
            Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                format!("{scheme}:…")
            }
            _ => "…".to_owned(),
        },
    }
}

/// Why the database cannot be used. The messages name its URL without the password.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// Neither SQLite nor PostgreSQL.
    #[error("the database URL {0} must begin with sqlite: or postgres://")]
    Scheme(String),
    /// It does not answer, or does not let us in.
    #[error("cannot open the database {place}: {cause}")]
    Connect {
        /// Its URL.
        place: String,
        /// Why.
        cause: sqlx::Error,
    },
    /// Its tables were made by a version of Windlass with other migrations.
    #[error(
        "the tables of {place} were made by another version of windlass, and this version cannot convert them: \
         name an empty database, or run the version that made them"
    )]
    OtherVersion {
        /// Its URL.
        place: String,
    },
    /// Its tables cannot be brought up to date.
    #[error("cannot bring the tables of {place} up to date: {cause}")]
    Migrate {
        /// Its URL.
        place: String,
        /// Why.
        cause: MigrateError,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (url, shown) in [
            (
                "postgres://me:s3cret@db.example.com:5432/kyc",
                "postgres://me:***@db.example.com:5432/kyc",
            ),
            (
                "postgres://db.example.com/kyc?user=me&password=s3cret",
                "postgres://db.example.com/kyc",
            ),
            ("postgres://me@db.example.com/kyc", "postgres://me@db.example.com/kyc"),
            ("postgres://me:s3cret@[bad/kyc", "postgres:…"),
            ("me:s3cret", "me:…"),
            ("s3cret", "…"),
            ("sqlite:data/windlass.db?mode=rwc", "sqlite:data/windlass.db"),
        ] {
            assert_eq!(without_secrets(url), shown);
        }
    }

    #[test]
    fn file_is_made_unless_the_url_says_how_to_open_it() {
        let opened = |url| create_if_missing(url, Engine::Sqlite).into_owned();
        assert_eq!(opened("sqlite:a.db"), "sqlite:a.db?mode=rwc");
        assert_eq!(opened("sqlite:a.db?cache=private"), "sqlite:a.db?cache=private&mode=rwc");
        assert_eq!(opened("sqlite:a.db?mode=ro"), "sqlite:a.db?mode=ro");
        assert_eq!(opened("sqlite::memory:"), "sqlite::memory:");
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
    async fn file_is_kept_and_its_tables_are_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("windlass.db").display());
        let database = Database::connect(&url).await.unwrap();
        sqlx::query("insert into challenge (hash, expires_at) values ('a', 1)")
            .execute(database.pool())
            .await
            .unwrap();
        database.close().await;

        let database = Database::connect(&url).await.unwrap();
        let count: i64 = sqlx::query_scalar("select count(*) from challenge")
            .fetch_one(database.pool())
            .await
            .unwrap();
        assert_eq!(count, 1);
        let mode: String =
            sqlx::query_scalar("pragma journal_mode").fetch_one(database.pool()).await.unwrap();
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
            sqlx::query(change).execute(database.pool()).await.unwrap();
            database.close().await;
            let error = Database::connect(&url).await.unwrap_err().to_string();
            assert!(error.contains("made by another version of windlass"), "{error}");
            assert!(error.contains("windlass.db"), "{error}");
        }
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
            .fetch_all(database.pool())
            .await
            .unwrap();
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
