//! A database for one test: a SQLite file, or a new database on the PostgreSQL server that
//! `TEST_DATABASE_URL` names.

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;

/// A database that is removed when this is dropped.
#[must_use = "the database is removed when this is dropped"]
#[derive(Debug)]
pub struct FreshDatabase {
    /// Its URL, as the server's configuration takes it.
    pub url: String,
    _guard: Guard,
}

#[derive(Debug)]
enum Guard {
    /// Removed when dropped.
    Folder {
        _folder: TempDir,
    },
    Server {
        admin_url: String,
        name: String,
    },
}

/// An empty database.
///
/// # Panics
///
/// The database cannot be made.
pub async fn fresh_database() -> FreshDatabase {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(admin_url) if !admin_url.is_empty() => on_server(admin_url).await,
        _ => {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("test.db").display());
            FreshDatabase { url, _guard: Guard::Folder { _folder: folder } }
        }
    }
}

async fn on_server(admin_url: String) -> FreshDatabase {
    let name = format!("windlass_test_{:016x}", getrandom::u64().unwrap());
    administer(&admin_url, format!("create database {name}")).await;
    let mut url = url::Url::parse(&admin_url).unwrap();
    url.set_path(&name);
    FreshDatabase { url: url.into(), _guard: Guard::Server { admin_url, name } }
}

async fn administer(admin_url: &str, statement: String) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(admin_url).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
    connection.close().await.unwrap();
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Self::Server { admin_url, name } = self {
            let (admin_url, statement) =
                (admin_url.clone(), format!("drop database {name} with (force)"));
            // A destructor cannot wait, and the test's own runtime may be ending.
            let dropped = std::thread::spawn(move || {
                let runtime =
                    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(administer(&admin_url, statement));
            });
            assert!(dropped.join().is_ok() || std::thread::panicking(), "{name} is not dropped");
        }
    }
}
