//! The SQL of the table `challenge`, which contains used challenges.

use async_trait::async_trait;
use windlass_endpoints::{Error, challenges::Challenges};

use crate::{
    data::sql::{Result, seconds},
    database::Database,
};

#[async_trait]
impl Challenges for Database {
    async fn use_once(&self, hash: &str, expires_at: u64) -> std::result::Result<bool, Error> {
        Ok(use_once(self, hash, expires_at).await?)
    }
}

/// Marks a challenge as used. Returns `false` if it was used before.
///
/// One statement, so that only one of two servers that get the same challenge at the same time
/// accepts it.
async fn use_once(database: &Database, hash: &str, expires_at: u64) -> Result<bool> {
    let insert = sqlx::query(
        "insert into challenge (hash, expires_at) values ($1, $2) on conflict (hash) do nothing",
    );
    let result = insert.bind(hash).bind(seconds(expires_at)).execute(database.writes()).await?;
    Ok(result.rows_affected() == 1)
}

/// Deletes challenges that are too old to be accepted. `expires_at` is the end of a challenge;
/// because the clocks of clients and servers may differ by the tolerance, the row stays for that
/// much longer.
pub(crate) async fn purge_expired(database: &Database, now: u64) -> Result<u64> {
    const TOLERANCE: u64 = 3600;
    let delete = sqlx::query("delete from challenge where expires_at < $1");
    Ok(delete
        .bind(seconds(now.saturating_sub(TOLERANCE)))
        .execute(database.writes())
        .await?
        .rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn challenge_is_used_once_and_kept_until_it_has_expired() {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        assert!(use_once(&database, "aa", 1_000_000).await.unwrap());
        assert!(!use_once(&database, "aa", 1_000_000).await.unwrap());
        assert!(use_once(&database, "bb", u64::MAX).await.unwrap());
        assert_eq!(purge_expired(&database, 1_000_001).await.unwrap(), 0);
        assert_eq!(purge_expired(&database, 1_003_601).await.unwrap(), 1);
        assert!(!use_once(&database, "bb", 5).await.unwrap());
    }
}
