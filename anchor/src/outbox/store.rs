//! What waits to be delivered.

use sqlx::any::AnyExecutor;

use crate::{data::seconds, vault::WrappedKey};

/// A message that a worker has claimed.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// Its id.
    pub(crate) id: String,
    /// Whose data it holds, if anybody's.
    pub(crate) customer_id: Option<String>,
    /// What is delivered; sealed if it is somebody's.
    pub(crate) payload: Vec<u8>,
    attempts: i64,
    expires_at: i64,
    key_id: Option<String>,
    wrapped_key: Option<Vec<u8>>,
}

impl Row {
    /// How often it was tried, this time included.
    pub(crate) fn attempts(&self) -> u32 {
        u32::try_from(self.attempts).unwrap_or(u32::MAX)
    }

    /// When delivering it makes no sense any more, in Unix seconds.
    pub(crate) fn expires_at(&self) -> u64 {
        u64::try_from(self.expires_at).unwrap_or_default()
    }

    /// The key of its customer, if it is somebody's.
    pub(crate) fn key(&self) -> Option<WrappedKey> {
        let (key_id, bytes) = (self.key_id.clone()?, self.wrapped_key.clone()?);
        Some(WrappedKey { key_id, bytes })
    }
}

/// A message to be delivered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Whose data it holds, if anybody's.
    pub(crate) customer_id: Option<&'a str>,
    /// What kind of message it is.
    pub(crate) topic: &'a str,
    /// What it must not overtake: the others of this line. `""` if it need not wait for any.
    pub(crate) line: &'a str,
    /// What is delivered, sealed with the customer's key.
    pub(crate) payload: &'a [u8],
    /// Now.
    pub(crate) due_at: u64,
    /// When delivering it makes no sense any more.
    pub(crate) expires_at: u64,
}

/// Puts a message in, at the end of its line. Whoever puts two into one line holds something that keeps others from it.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, message: &New<'_>) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into outbox (id, customer_id, topic, payload, state, attempts, due_at, expires_at, lease_until, line, turn)
         values ($1, $2, $3, $4, 'waiting', 0, $5, $6, 0, $7, (select coalesce(max(turn), 0) + 1 from outbox where line = $7))",
    );
    let insert =
        insert.bind(message.id).bind(message.customer_id).bind(message.topic).bind(message.payload);
    insert
        .bind(seconds(message.due_at))
        .bind(seconds(message.expires_at))
        .bind(message.line)
        .execute(db)
        .await
        .map(drop)
}

/// The messages of a topic that are due, that no worker has and that have nobody before them in their line, the oldest
/// first. What is first in its line stays so, since others only join behind it.
pub(crate) async fn due(
    db: impl AnyExecutor<'_>,
    topic: &str,
    now: u64,
    limit: u32,
) -> sqlx::Result<Vec<String>> {
    let select = sqlx::query_scalar(
        "select id from outbox where topic = $1 and state = 'waiting' and due_at <= $2 and lease_until <= $2
             and not exists (select 1 from outbox before where before.line = outbox.line and before.line <> ''
                                 and before.state = 'waiting' and before.turn < outbox.turn)
         order by due_at, id limit $3",
    );
    select.bind(topic).bind(seconds(now)).bind(i64::from(limit)).fetch_all(db).await
}

/// Takes a message until `lease_until`, unless another worker was quicker or it is gone.
pub(crate) async fn claim(
    db: impl AnyExecutor<'_>,
    id: &str,
    now: u64,
    lease_until: u64,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set lease_until = $3, attempts = attempts + 1
         where id = $1 and state = 'waiting' and due_at <= $2 and lease_until <= $2",
    );
    Ok(update
        .bind(id)
        .bind(seconds(now))
        .bind(seconds(lease_until))
        .execute(db)
        .await?
        .rows_affected()
        == 1)
}

/// A claimed message with the key to it; `None` if its customer was deleted in between.
pub(crate) async fn load(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select outbox.id, outbox.customer_id, outbox.payload, outbox.attempts, outbox.expires_at,
                customer.key_id, customer.wrapped_key
         from outbox left join customer on customer.id = outbox.customer_id
         where outbox.id = $1 and outbox.state = 'waiting'",
    );
    select.bind(id).fetch_optional(db).await
}

/// Puts a message back until `due_at`.
pub(crate) async fn retry(
    db: impl AnyExecutor<'_>,
    id: &str,
    due_at: u64,
    reason: &str,
) -> sqlx::Result<()> {
    let update =
        sqlx::query("update outbox set due_at = $2, lease_until = 0, reason = $3 where id = $1");
    update.bind(id).bind(seconds(due_at)).bind(reason).execute(db).await.map(drop)
}

/// Gives a message up: the reason is kept, what it said is not.
pub(crate) async fn give_up(db: impl AnyExecutor<'_>, id: &str, reason: &str) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update outbox set state = 'failed', payload = $2, lease_until = 0, reason = $3 where id = $1",
    );
    update.bind(id).bind(Vec::<u8>::new()).bind(reason).execute(db).await.map(drop)
}

/// Deletes a message: it was delivered, or it is of no use any more.
pub(crate) async fn delete(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id).execute(db).await.map(drop)
}

/// When the next message of a topic is due, or the next lease ends, in Unix seconds. What has others before it in its
/// line does not count: they do.
pub(crate) async fn next_due(db: impl AnyExecutor<'_>, topic: &str) -> sqlx::Result<Option<u64>> {
    let select = sqlx::query_scalar::<_, Option<i64>>(
        "select min(case when lease_until > due_at then lease_until else due_at end)
         from outbox where topic = $1 and state = 'waiting'
             and not exists (select 1 from outbox before where before.line = outbox.line and before.line <> ''
                                 and before.state = 'waiting' and before.turn < outbox.turn)",
    );
    let next = select.bind(topic).fetch_one(db).await?;
    Ok(next.map(|due| u64::try_from(due).unwrap_or_default()))
}

/// Forgets what was given up for something that ended before then.
pub(crate) async fn purge_failed(db: impl AnyExecutor<'_>, before: u64) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from outbox where state = 'failed' and expires_at < $1");
    Ok(delete.bind(seconds(before)).execute(db).await?.rows_affected())
}
