//! The SQL of the table `outbox`.

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, seconds};

/// A message that a worker has leased.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    /// The id of the owner of the payload.
    pub(super) owner: Option<String>,
    /// The content, encrypted if the message has an owner.
    pub(super) payload: Vec<u8>,
    attempts: i64,
    expires_at: i64,
}

impl Row {
    /// The number of delivery attempts, including the current one.
    pub(super) fn attempts(&self) -> u32 {
        u32::try_from(self.attempts).unwrap_or(u32::MAX)
    }

    /// The Unix time after which the message is not delivered.
    pub(super) fn expires_at(&self) -> u64 {
        u64::try_from(self.expires_at).unwrap_or_default()
    }
}

/// A message to insert.
#[derive(Clone, Copy, Debug)]
pub(super) struct New<'a> {
    pub(super) id: &'a str,
    pub(super) owner: Option<&'a str>,
    pub(super) topic: &'a str,
    /// The line of the message; `""` if it has none.
    pub(super) line: &'a str,
    pub(super) payload: &'a [u8],
    pub(super) due_at: u64,
    pub(super) expires_at: u64,
}

/// Inserts a message at the end of its line. Transactions that insert messages of the same line
/// must hold a common lock.
pub(super) async fn insert(db: impl AnyExecutor<'_>, message: &New<'_>) -> Result<()> {
    let insert = sqlx::query(
        "insert into outbox (id, owner, topic, payload, state, attempts, due_at, expires_at, lease_until, line, turn)
         values ($1, $2, $3, $4, 'waiting', 0, $5, $6, 0, $7,
                 (select coalesce(max(turn), 0) + 1 from outbox where line = $7))",
    );
    let insert = insert.bind(message.id).bind(message.owner).bind(message.topic);
    let insert = insert.bind(message.payload).bind(seconds(message.due_at));
    let insert = insert.bind(seconds(message.expires_at)).bind(message.line);
    Ok(insert.execute(db).await.map(drop)?)
}

/// The time for which messages and leases are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) now: u64,
    /// No message that is stored now is due later. One that is was stored while the clock was ahead,
    /// and is due.
    pub(super) latest_due: u64,
    /// No lease that begins now ends later. One that does began while the clock was ahead, and has
    /// ended.
    pub(super) latest_lease: u64,
}

/// Leases messages of a topic that are due, not leased, and first in their line, the oldest ones.
/// New messages join at the end of a line, so the first one stays first.
pub(super) async fn lease_due(
    db: impl AnyExecutor<'_>,
    topic: &str,
    moment: Moment,
    limit: usize,
) -> Result<Vec<Row>> {
    // The conditions are there twice, because on PostgreSQL another server may have leased a
    // message since the inner query read it: only the outer ones are checked again.
    let update = sqlx::query_as(
        "update outbox set lease_until = $4, attempts = attempts + 1
         where id in (
             select id from outbox where topic = $1 and state = 'waiting'
                 and (due_at <= $2 or due_at > $3) and (lease_until <= $2 or lease_until > $4)
                 and not exists (select 1 from outbox before where before.line = outbox.line and before.line <> ''
                                     and before.state = 'waiting' and before.turn < outbox.turn)
             order by due_at, id limit $5)
         and state = 'waiting' and (lease_until <= $2 or lease_until > $4)
         returning id, owner, payload, attempts, expires_at",
    );
    let update = update.bind(topic).bind(seconds(moment.now)).bind(seconds(moment.latest_due));
    let update = update.bind(seconds(moment.latest_lease));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(update.bind(limit).fetch_all(db).await?)
}

/// Ends the lease of a message and schedules the next attempt at `due_at`.
pub(super) async fn retry(
    db: impl AnyExecutor<'_>,
    id: &str,
    due_at: u64,
    reason: &str,
) -> Result<()> {
    let update =
        sqlx::query("update outbox set due_at = $2, lease_until = 0, reason = $3 where id = $1");
    Ok(update.bind(id).bind(seconds(due_at)).bind(reason).execute(db).await.map(drop)?)
}

/// Ends the lease of a message as if it had not been attempted, and schedules it at `due_at`.
pub(super) async fn postpone(db: impl AnyExecutor<'_>, id: &str, due_at: u64) -> Result<()> {
    let update = sqlx::query(
        "update outbox set due_at = $2, lease_until = 0, attempts = attempts - 1 where id = $1",
    );
    Ok(update.bind(id).bind(seconds(due_at)).execute(db).await.map(drop)?)
}

/// Marks a message as failed. The row and the reason stay; the payload is erased.
pub(super) async fn give_up(db: impl AnyExecutor<'_>, id: &str, reason: &str) -> Result<()> {
    let update = sqlx::query(
        "update outbox set state = 'failed', payload = $2, lease_until = 0, reason = $3 where id = $1",
    );
    let update = update.bind(id).bind(Vec::<u8>::new()).bind(reason);
    Ok(update.execute(db).await.map(drop)?)
}

/// Deletes a message.
pub(super) async fn delete(db: impl AnyExecutor<'_>, id: &str) -> Result<()> {
    Ok(sqlx::query("delete from outbox where id = $1").bind(id).execute(db).await.map(drop)?)
}

/// Deletes all messages of an owner.
pub(super) async fn delete_of(db: impl AnyExecutor<'_>, owner: &str) -> Result<()> {
    let delete = sqlx::query("delete from outbox where owner = $1");
    Ok(delete.bind(owner).execute(db).await.map(drop)?)
}

/// The Unix time at which the next message of a topic is due or the next lease ends. Considers only
/// messages that are first in their line.
pub(super) async fn next_due(db: impl AnyExecutor<'_>, topic: &str) -> Result<Option<u64>> {
    let select = sqlx::query_scalar::<_, Option<i64>>(
        "select min(case when lease_until > due_at then lease_until else due_at end)
         from outbox where topic = $1 and state = 'waiting'
             and not exists (select 1 from outbox before where before.line = outbox.line and before.line <> ''
                                 and before.state = 'waiting' and before.turn < outbox.turn)",
    );
    let next = select.bind(topic).fetch_one(db).await?;
    Ok(next.map(|due| u64::try_from(due).unwrap_or_default()))
}

/// Deletes failed messages that expired before `before`. Returns their number.
pub(super) async fn delete_failed(db: impl AnyExecutor<'_>, before: u64) -> Result<u64> {
    let delete = sqlx::query("delete from outbox where state = 'failed' and expires_at < $1");
    Ok(delete.bind(seconds(before)).execute(db).await?.rows_affected())
}
