//! What customers have provided.

use sqlx::any::AnyExecutor;

/// A value, or the mark that a file is there.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// The canonical name of the field.
    pub(crate) name: String,
    /// The sealed text; `None` if the value is a file.
    pub(crate) value: Option<Vec<u8>>,
    /// `ACCEPTED`, `REJECTED` or `VERIFICATION_REQUIRED`.
    pub(crate) status: String,
    /// The sealed reason of a rejection.
    pub(crate) error: Option<Vec<u8>>,
}

/// Everything that the customer has provided.
pub(crate) async fn all(db: impl AnyExecutor<'_>, customer_id: &str) -> sqlx::Result<Vec<Row>> {
    let select =
        sqlx::query_as("select name, value, status, error from field where customer_id = $1");
    select.bind(customer_id).fetch_all(db).await
}

/// Puts a value in place of whatever was there.
pub(crate) async fn put(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
    value: Option<Vec<u8>>,
    status: &str,
) -> sqlx::Result<()> {
    let upsert = sqlx::query(
        "insert into field (customer_id, name, value, status) values ($1, $2, $3, $4)
         on conflict (customer_id, name) do update set value = excluded.value, status = excluded.status, error = null",
    );
    upsert.bind(customer_id).bind(name).bind(value).bind(status).execute(db).await.map(drop)
}

/// Marks a field that waits for its code as confirmed. Tells whether there was one.
pub(crate) async fn confirm(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update field set status = 'ACCEPTED'
         where customer_id = $1 and name = $2 and status = 'VERIFICATION_REQUIRED'",
    );
    Ok(update.bind(customer_id).bind(name).execute(db).await?.rows_affected() == 1)
}

/// Rejects a value for a sealed reason. Tells whether there was one.
pub(crate) async fn reject(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
    error: &[u8],
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update field set status = 'REJECTED', error = $3 where customer_id = $1 and name = $2",
    );
    Ok(update.bind(customer_id).bind(name).bind(error).execute(db).await?.rows_affected() == 1)
}
