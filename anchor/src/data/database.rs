//! The database: SQLite for one server, PostgreSQL for several. The SQL text is the same for both.

use std::{borrow::Cow, fmt, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, Connection as _, Executor as _,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{MigrateError, Migrator},
    pool::PoolConnection,
    sqlite::SqliteConnectOptions,
};
use thiserror::Error;
use tracing::Instrument as _;
use url::Url;

use crate::base::private_file;

mod store_error;
mod tx;

pub use store_error::StoreError;
pub use tx::Tx;

static MIGRATIONS: Migrator = sqlx_macros::migrate!("./migrations");

/// The largest number of open connections.
const MAX_CONNECTIONS: u32 = 10;
/// The number of attempts at a transaction that the database aborts because of a conflict.
const MAX_ATTEMPTS: u32 = 5;

/// The anchor's database, with its tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pool: AnyPool,
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
        let engine = match url.split(':').next() {
            Some("sqlite") => Engine::Sqlite,
            Some("postgres" | "postgresql") => Engine::Postgres,
            _ => return Err(DatabaseError::Scheme(without_secrets(url))),
        };
        let place = || without_secrets(url);
        let failed = |cause| DatabaseError::Connect { place: place(), cause };
        let url = create_if_missing(url, engine);
        keep_private(&url, engine);
        let options: AnyConnectOptions = url.parse().map_err(failed)?;
        let pool =
            pool_options(engine, is_in_memory(&url)).connect_with(options).await.map_err(failed)?;
        MIGRATIONS.run(&pool).await.map_err(|cause| match cause {
            MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_) => {
                DatabaseError::OtherVersion { place: place() }
            }
            cause => DatabaseError::Migrate { place: place(), cause },
        })?;
        Ok(Self { pool, engine })
    }

    /// The engine of this database.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The connection pool, for reads and for writes that are a single statement.
    pub const fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// One connection, for several reads.
    ///
    /// # Errors
    ///
    /// No connection becomes free in time, or the database does not answer.
    pub async fn connection(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.pool.acquire().await?.ping().await?)
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

    /// Begins a transaction for writing.
    #[expect(clippy::disallowed_methods, reason = "made safe here")]
    async fn begin(&self) -> Result<Tx, StoreError> {
        let transaction = match self.engine {
            // If a transaction reads first and writes later, SQLite cannot wait for another writer
            // and fails at once with SQLITE_BUSY. `immediate` takes the write lock at the start.
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
            checkpoint.fetch_all(&self.pool).await?;
        }
        Ok(())
    }

    /// Closes all connections. Waits for those that are in use.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn pool_options(engine: Engine, in_memory: bool) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().acquire_timeout(Duration::from_secs(10));
    match engine {
        Engine::Postgres => options.max_connections(MAX_CONNECTIONS),
        // Each connection to `:memory:` has its own database, which ends with the connection.
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

/// Sets up a connection: readers do not wait for a writer, writers wait for each other, and deleted
/// data is overwritten.
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

/// Makes a new SQLite file private. SQLite gives its other files (`-wal`, `-shm`) the same rights.
/// Errors are those of opening the database, which names them; that the file exists is none.
fn keep_private(url: &str, engine: Engine) {
    if engine == Engine::Sqlite
        && url.contains("mode=rwc")
        && !is_in_memory(url)
        && let Ok(options) = url.parse::<SqliteConnectOptions>()
    {
        drop(private_file(options.get_filename()));
    }
}

/// The URL without its password and parameters, which may contain a password.
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
        // Even an unknown URL may contain a password.
        _ => match bare.split_once(':') {
            Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                format!("{scheme}:…")
            }
            _ => "…".to_owned(),
        },
    }
}

/// The error when the database cannot be opened. The texts contain its URL without the password.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The URL is for neither SQLite nor PostgreSQL.
    #[error("the database URL {0} must begin with sqlite: or postgres://")]
    Scheme(String),
    /// The database does not answer, or refuses the login.
    #[error("cannot open the database {place}: {cause}")]
    Connect {
        /// The URL, without the password.
        place: String,
        /// The database's error.
        cause: sqlx::Error,
    },
    /// Another version of windlass, with other migrations, has made the tables.
    #[error(
        "the tables of {place} were made by another version of windlass, and this version cannot convert them: \
         name an empty database, or run the version that made them"
    )]
    OtherVersion {
        /// The URL, without the password.
        place: String,
    },
    /// The migration of the tables failed.
    #[error("cannot bring the tables of {place} up to date: {cause}")]
    Migrate {
        /// The URL, without the password.
        place: String,
        /// The database's error.
        cause: MigrateError,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_urls_are_not_shown() {
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
    fn file_is_created_unless_the_url_has_a_mode() {
        let opened = |url| create_if_missing(url, Engine::Sqlite).into_owned();
        assert_eq!(opened("sqlite:a.db"), "sqlite:a.db?mode=rwc");
        assert_eq!(opened("sqlite:a.db?cache=private"), "sqlite:a.db?cache=private&mode=rwc");
        assert_eq!(opened("sqlite:a.db?mode=ro"), "sqlite:a.db?mode=ro");
        assert_eq!(opened("sqlite::memory:"), "sqlite::memory:");
    }

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
