//! A database for one test, on SQLite or on the server that `TEST_DATABASE_URL` names.

use sqlx::{
    AnyConnection, AnyPool, AssertSqlSafe, Column as _, Connection as _, Executor as _, Row as _,
    ValueRef as _,
};
use tempfile::TempDir;

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
    let name = format!("windlass_test_{}", uuid::Uuid::new_v4().simple());
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

/// Every row of every table, as text.
pub(crate) async fn everything(pool: &AnyPool) -> Vec<String> {
    let mut all = Vec::new();
    for (table, select) in [
        ("challenge", "select * from challenge order by 1"),
        ("customer", "select * from customer order by 1"),
        ("field", "select * from field order by 1, 2"),
        ("file", "select * from file order by 1"),
        ("code", "select * from code order by 1"),
        ("review", "select * from review order by 1, 2"),
        ("outbox", "select * from outbox order by 1"),
    ] {
        for row in sqlx::query(select).fetch_all(pool).await.unwrap() {
            let columns = row.columns().iter().map(|column| {
                let i = column.ordinal();
                if row.try_get_raw(i).unwrap().is_null() {
                    return format!("{}=null", column.name());
                }
                let text = row
                    .try_get::<String, _>(i)
                    .or_else(|_| row.try_get::<i64, _>(i).map(|n| n.to_string()));
                let text = text.unwrap_or_else(|_| {
                    String::from_utf8_lossy(row.get::<&[u8], _>(i)).into_owned()
                });
                format!("{}={text}", column.name())
            });
            all.push(format!("{table}: {}", columns.collect::<Vec<_>>().join(", ")));
        }
    }
    all
}
