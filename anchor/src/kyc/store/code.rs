//! Confirmation codes.

use sqlx::any::AnyExecutor;

use crate::data::seconds;

/// The code of a field that counts: the newest one.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// Its id.
    pub(crate) id: String,
    /// The canonical name of the field.
    pub(crate) field: String,
    /// The code.
    pub(crate) sealed: Vec<u8>,
    /// `live` or `used`.
    pub(crate) state: String,
    /// The hash of the link that does the same, if there is one.
    pub(crate) link: Option<String>,
    attempts: i64,
    created_at: i64,
    expires_at: i64,
}

impl Row {
    /// Whether its time has not come yet.
    pub(crate) fn is_fresh(&self, now: u64) -> bool {
        seconds(now) < self.expires_at
    }

    /// Whether it may still be tried.
    pub(crate) fn is_open(&self, max_attempts: u32, now: u64) -> bool {
        self.state == "live" && self.attempts < i64::from(max_attempts) && self.is_fresh(now)
    }

    /// How long ago it was sent, in seconds.
    pub(crate) fn age(&self, now: u64) -> u64 {
        now.saturating_sub(u64::try_from(self.created_at).unwrap_or_default())
    }
}

/// The codes of a customer that count.
pub(crate) async fn current(db: impl AnyExecutor<'_>, customer_id: &str) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, field, sealed, state, link, attempts, created_at, expires_at from code
         where customer_id = $1 and state <> 'void'",
    );
    select.bind(customer_id).fetch_all(db).await
}

/// Makes room for a new code of a field: the older one counts no more, and what it was is forgotten.
pub(crate) async fn void(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    field: &str,
) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update code set state = 'void', sealed = $3 where customer_id = $1 and field = $2 and state <> 'void'",
    );
    update.bind(customer_id).bind(field).bind(Vec::<u8>::new()).execute(db).await.map(drop)
}

/// A code to be kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Whose it is.
    pub(crate) customer_id: &'a str,
    /// The canonical name of the field.
    pub(crate) field: &'a str,
    /// The code.
    pub(crate) sealed: &'a [u8],
    /// Now.
    pub(crate) created_at: u64,
    /// When it ends.
    pub(crate) expires_at: u64,
    /// The hash of the link that does the same, if there is one.
    pub(crate) link: Option<&'a str>,
}

/// Keeps a code.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, code: &New<'_>) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into code (id, customer_id, field, sealed, state, attempts, created_at, expires_at, link)
         values ($1, $2, $3, $4, 'live', 0, $5, $6, $7)",
    );
    let insert = insert.bind(code.id).bind(code.customer_id).bind(code.field).bind(code.sealed);
    let insert = insert.bind(seconds(code.created_at)).bind(seconds(code.expires_at));
    insert.bind(code.link).execute(db).await.map(drop)
}

/// The code that a link stands for, by the link's hash: its customer and the canonical name of its field.
pub(crate) async fn of_link(
    db: impl AnyExecutor<'_>,
    link: &str,
) -> sqlx::Result<Option<(String, String)>> {
    let select =
        sqlx::query_as("select customer_id, field from code where link = $1 and state <> 'void'");
    select.bind(link).fetch_optional(db).await
}

/// How many codes were sent to a customer since then.
pub(crate) async fn count_since(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    since: u64,
) -> sqlx::Result<i64> {
    let count =
        sqlx::query_scalar("select count(*) from code where customer_id = $1 and created_at > $2");
    count.bind(customer_id).bind(seconds(since)).fetch_one(db).await
}

/// Counts an attempt before it is known whether it is right, so that many at once are counted as well. Tells whether
/// the code may be tried at all.
pub(crate) async fn attempt(
    db: impl AnyExecutor<'_>,
    id: &str,
    max_attempts: u32,
    now: u64,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update code set attempts = attempts + 1
         where id = $1 and state = 'live' and attempts < $2 and expires_at > $3",
    );
    let update = update.bind(id).bind(i64::from(max_attempts)).bind(seconds(now));
    Ok(update.execute(db).await?.rows_affected() == 1)
}

/// Uses a code up. Tells whether it was live.
pub(crate) async fn consume(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<bool> {
    let update = sqlx::query("update code set state = 'used' where id = $1 and state = 'live'");
    Ok(update.bind(id).execute(db).await?.rows_affected() == 1)
}

/// Forgets codes that are older than that.
pub(crate) async fn purge_older(db: impl AnyExecutor<'_>, than: u64) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from code where created_at < $1");
    Ok(delete.bind(seconds(than)).execute(db).await?.rows_affected())
}
