//! A database for one test, on SQLite or on the server that `TEST_DATABASE_URL` names. The workspace's stories use it as well.

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use windlass_anchor::clock::Random;

/// A database that is gone when this is dropped.
pub(crate) struct FreshDatabase {
    pub(crate) url: String,
    _guard: Guard,
}

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
pub(crate) async fn fresh_database() -> FreshDatabase {
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
    let name = format!("windlass_test_{}", Random::system().id().replace('-', ""));
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
