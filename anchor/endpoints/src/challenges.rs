//! Which challenges have been used.

use async_trait::async_trait;

use crate::Error;

/// Remembers the challenges that a token was given out for, so that each gives one token only.
#[async_trait]
pub trait Challenges: Send + Sync {
    /// Marks a challenge as used; `false` if it was used before.
    ///
    /// Of several calls with the same hash at once, on one server or on several, exactly one returns `true`. The hash may be
    /// forgotten when `expires_at`, in Unix seconds, is past by more than clocks differ.
    async fn use_once(&self, hash: &str, expires_at: u64) -> Result<bool, Error>;
}
