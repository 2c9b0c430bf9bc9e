//! Reads the whole content of the database.

use sqlx::{AnyPool, AssertSqlSafe, Column as _, Row as _, ValueRef as _};

/// Every row of every table, as text.
pub(crate) async fn everything(pool: &AnyPool) -> Vec<String> {
    let mut all = Vec::new();
    for (table, select) in [
        ("challenge", "select * from challenge order by 1"),
        ("customer", "select * from customer order by 1"),
        ("field", "select * from field order by 1, 2"),
        ("file", "select * from file order by 1"),
        ("code", "select * from code order by 1"),
        ("sent_code", "select * from sent_code order by 1, 2"),
        ("decision", "select * from decision order by 1, 2"),
        ("review_request", "select * from review_request order by 1"),
        ("unclaimed_object", "select * from unclaimed_object order by 1"),
        ("outbox", "select * from outbox order by 1"),
        ("callback", "select * from callback order by 1"),
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

/// All stored bytes: the files of SQLite including its log, or the columns of all rows of
/// PostgreSQL.
pub(crate) async fn every_byte(pool: &AnyPool, url: &str) -> Vec<u8> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.split('?').next().unwrap();
        let files =
            ["", "-wal", "-shm", "-journal"].map(|end| std::fs::read(format!("{path}{end}")));
        return files.into_iter().flatten().flatten().collect();
    }
    let tables =
        "select table_name::text from information_schema.tables where table_schema = 'public'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
    assert!(tables.iter().any(|table| table == "customer"), "{tables:?}");
    let mut all = Vec::new();
    for table in tables.iter().filter(|table| !table.starts_with("_sqlx")) {
        let select = AssertSqlSafe(format!("select * from {table}"));
        for row in sqlx::query(select).fetch_all(pool).await.unwrap() {
            for i in 0..row.columns().len() {
                let bytes = row.try_get::<Vec<u8>, _>(i);
                let bytes = bytes.or_else(|_| row.try_get::<String, _>(i).map(String::into_bytes));
                all.extend(bytes.unwrap_or_default());
                all.push(0);
            }
        }
    }
    all
}
