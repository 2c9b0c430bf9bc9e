//! The confirmation codes that were sent, for the limits per hour.

use std::ops::RangeInclusive;

use sqlx::any::AnyExecutor;

use crate::data::sql::{Result, seconds};

/// Waits until no other transaction counts codes, and keeps others waiting until this one ends.
pub(in crate::kyc) async fn lock(db: impl AnyExecutor<'_>) -> Result<()> {
    let update = sqlx::query("update code_counter set counted = counted + 1 where id = 1");
    Ok(update.execute(db).await.map(drop)?)
}

/// When this code was sent for the first time, perhaps in vain; `None` if it was not.
pub(in crate::kyc) async fn first_sent(
    db: impl AnyExecutor<'_>,
    code_id: &str,
) -> Result<Option<u64>> {
    let select = sqlx::query_scalar::<_, Option<i64>>(
        "select min(sent_at) from sent_code where code_id = $1",
    );
    let sent_at = select.bind(code_id).fetch_one(db).await?;
    Ok(sent_at.map(|at| u64::try_from(at).unwrap_or_default()))
}

/// Inserts a row for a code that is sent now, and counts for this subject.
pub(in crate::kyc) async fn insert(
    db: impl AnyExecutor<'_>,
    code_id: &str,
    subject: &str,
    now: u64,
) -> Result<()> {
    let insert = sqlx::query(
        "insert into sent_code (code_id, subject, sent_at) values ($1, $2, $3)
         on conflict (code_id, subject) do nothing",
    );
    Ok(insert.bind(code_id).bind(subject).bind(seconds(now)).execute(db).await.map(drop)?)
}

/// When the newest code of this subject was sent, after leaving out `but` newer ones; `None` if there
/// are not so many in that time.
pub(in crate::kyc) async fn newest_but(
    db: impl AnyExecutor<'_>,
    subject: &str,
    time: &RangeInclusive<u64>,
    but: u32,
) -> Result<Option<u64>> {
    let select = sqlx::query_scalar::<_, i64>(
        "select sent_at from sent_code where subject = $1 and sent_at >= $2 and sent_at <= $3
         order by sent_at desc limit 1 offset $4",
    );
    let select = select.bind(subject).bind(seconds(*time.start())).bind(seconds(*time.end()));
    let sent_at = select.bind(i64::from(but)).fetch_optional(db).await?;
    Ok(sent_at.map(|at| u64::try_from(at).unwrap_or_default()))
}

/// Deletes rows of codes that were sent before `than`. Returns their number.
pub(in crate::kyc) async fn purge_older(db: impl AnyExecutor<'_>, than: u64) -> Result<u64> {
    let delete = sqlx::query("delete from sent_code where sent_at < $1");
    Ok(delete.bind(seconds(than)).execute(db).await?.rows_affected())
}
