//! The record of used challenges.

use async_trait::async_trait;

use crate::Error;

/// Stores which challenges were used, so that each challenge yields one token only.
#[async_trait]
pub trait Challenges: Send + Sync {
    /// Marks a challenge as used. Returns `false` if it was used before.
    ///
    /// Of concurrent calls with the same hash, on one or several servers, exactly one returns
    /// `true`. The implementation may delete the hash once `expires_at` (Unix seconds) plus the
    /// largest clock difference has passed.
    async fn use_once(&self, hash: &str, expires_at: u64) -> Result<bool, Error>;
}
