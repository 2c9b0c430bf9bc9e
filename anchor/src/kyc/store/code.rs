//! Confirmation codes.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, column_enum, seconds};

column_enum! {
    /// The state of a code.
    CodeState {
        /// The code can be used, unless it has expired or its attempts are used up.
        Live = "live",
        /// The code was used.
        Used = "used",
        /// A newer code has replaced this one.
        Void = "void",
    }
}

/// The newest code of a field.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The id of the code.
    pub(in crate::kyc) id: String,
    /// The canonical name of the field.
    pub(in crate::kyc) field: String,
    /// The code, encrypted.
    pub(in crate::kyc) sealed: Vec<u8>,
    pub(in crate::kyc) state: CodeState,
    /// The hash of the confirmation link's secret; only codes sent by e-mail have a link.
    pub(in crate::kyc) link: Option<String>,
    attempts: i64,
    created_at: i64,
    expires_at: i64,
    delayed_until: Option<i64>,
}

impl From<&New<'_>> for Row {
    fn from(new: &New<'_>) -> Self {
        Self {
            id: new.id.to_owned(),
            field: new.field.to_owned(),
            sealed: new.sealed.to_vec(),
            state: CodeState::Live,
            link: new.link.map(str::to_owned),
            attempts: 0,
            created_at: seconds(new.created_at),
            expires_at: seconds(new.expires_at),
            delayed_until: new.delayed_until.map(seconds),
        }
    }
}

impl Row {
    /// Whether the code has not expired.
    pub(in crate::kyc) fn is_fresh(&self, now: u64) -> bool {
        seconds(now) < self.expires_at
    }

    /// Whether another attempt at the code is allowed.
    pub(in crate::kyc) fn is_open(&self, max_attempts: u32, now: u64) -> bool {
        self.state == CodeState::Live
            && self.attempts < i64::from(max_attempts)
            && self.is_fresh(now)
    }

    /// When a limit lets the code be sent, in Unix seconds; `None` if it was sent, or may be.
    pub(in crate::kyc) fn delayed_until(&self) -> Option<u64> {
        self.delayed_until.map(|at| u64::try_from(at).unwrap_or_default())
    }

    /// The age of the code, in seconds.
    pub(in crate::kyc) fn age(&self, now: u64) -> u64 {
        now.saturating_sub(u64::try_from(self.created_at).unwrap_or_default())
    }
}

/// The newest codes of a customer, one for each field.
pub(in crate::kyc) async fn current(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
) -> Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, field, sealed, state, link, attempts, created_at, expires_at, delayed_until from code
         where customer_id = $1 and state <> 'void'",
    );
    Ok(select.bind(customer_id).fetch_all(db).await?)
}

/// Makes the code of a field void, because a newer one replaces it. Deletes the encrypted code.
pub(in crate::kyc) async fn void(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    field: &str,
) -> Result<()> {
    let update = sqlx::query(
        "update code set state = 'void', sealed = $3 where customer_id = $1 and field = $2 and state <> 'void'",
    );
    Ok(update.bind(customer_id).bind(field).bind(Vec::<u8>::new()).execute(db).await.map(drop)?)
}

/// A code to insert.
#[derive(Clone, Copy, Debug)]
pub(in crate::kyc) struct New<'a> {
    /// The id of the code.
    pub(in crate::kyc) id: &'a str,
    /// The canonical name of the field.
    pub(in crate::kyc) field: &'a str,
    /// The code, encrypted.
    pub(in crate::kyc) sealed: &'a [u8],
    /// The time of creation, in Unix seconds.
    pub(in crate::kyc) created_at: u64,
    /// The time of expiry, in Unix seconds.
    pub(in crate::kyc) expires_at: u64,
    /// The hash of the confirmation link's secret; only codes sent by e-mail have a link.
    pub(in crate::kyc) link: Option<&'a str>,
    /// When a limit lets the code be sent, in Unix seconds.
    pub(in crate::kyc) delayed_until: Option<u64>,
}

/// Inserts a code.
pub(in crate::kyc) async fn insert(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    code: &New<'_>,
) -> Result<()> {
    let insert = sqlx::query(
        "insert into code (id, customer_id, field, sealed, state, attempts, created_at, expires_at, link, delayed_until)
         values ($1, $2, $3, $4, 'live', 0, $5, $6, $7, $8)",
    );
    let insert = insert.bind(code.id).bind(customer_id).bind(code.field).bind(code.sealed);
    let insert = insert.bind(seconds(code.created_at)).bind(seconds(code.expires_at));
    let insert = insert.bind(code.link).bind(code.delayed_until.map(seconds));
    Ok(insert.execute(db).await.map(drop)?)
}

/// Notes that a code is sent now, and how long it is valid.
pub(in crate::kyc) async fn note_sent(
    db: impl AnyExecutor<'_>,
    id: &str,
    expires_at: u64,
) -> Result<()> {
    let update = sqlx::query("update code set expires_at = $2, delayed_until = null where id = $1");
    Ok(update.bind(id).bind(seconds(expires_at)).execute(db).await.map(drop)?)
}

/// Notes when a limit lets a code be sent, and how long it is then valid.
pub(in crate::kyc) async fn note_delay(
    db: impl AnyExecutor<'_>,
    id: &str,
    delayed_until: u64,
    expires_at: u64,
) -> Result<()> {
    let update = sqlx::query("update code set expires_at = $3, delayed_until = $2 where id = $1");
    let update = update.bind(id).bind(seconds(delayed_until)).bind(seconds(expires_at));
    Ok(update.execute(db).await.map(drop)?)
}

/// The id of the customer whose code has the link with this hash.
pub(in crate::kyc) async fn customer_of_link(
    db: impl AnyExecutor<'_>,
    link: &str,
) -> Result<Option<String>> {
    let select =
        sqlx::query_scalar("select customer_id from code where link = $1 and state <> 'void'");
    Ok(select.bind(link).fetch_optional(db).await?)
}

/// Counts an attempt. Returns `false` if no further attempt is allowed.
pub(in crate::kyc) async fn attempt(
    db: impl AnyExecutor<'_>,
    id: &str,
    max_attempts: u32,
    now: u64,
) -> Result<bool> {
    let update = sqlx::query(
        "update code set attempts = attempts + 1
         where id = $1 and state = 'live' and attempts < $2 and expires_at > $3",
    );
    let update = update.bind(id).bind(i64::from(max_attempts)).bind(seconds(now));
    Ok(update.execute(db).await?.rows_affected() == 1)
}

/// Uses up a code. Returns `false` if it was not live.
pub(in crate::kyc) async fn consume(db: impl AnyExecutor<'_>, id: &str) -> Result<bool> {
    let update = sqlx::query("update code set state = $2 where id = $1 and state = $3");
    let update = update.bind(id).bind(CodeState::Used.as_str()).bind(CodeState::Live.as_str());
    Ok(update.execute(db).await?.rows_affected() == 1)
}

/// Deletes codes that were created before `than`. Returns their number.
pub(in crate::kyc) async fn purge_older(db: impl AnyExecutor<'_>, than: u64) -> Result<u64> {
    let delete = sqlx::query("delete from code where created_at < $1");
    Ok(delete.bind(seconds(than)).execute(db).await?.rows_affected())
}
