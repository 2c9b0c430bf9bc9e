//! Fetching URLs that clients have named.

use async_trait::async_trait;
use url::Url;

/// Fetches URLs of other servers.
///
/// An implementation on a network must prevent server-side request forgery: `https` and public
/// addresses only, no redirects, limits on size and time (S01-17).
#[async_trait]
pub trait Fetch: Send + Sync {
    /// Fetches the body; fails if it is longer than `max` bytes.
    async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, FetchError>;
}

/// A failed fetch. For the log only: the cause could tell a client about the server's network.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct FetchError(Box<dyn std::error::Error + Send + Sync>);

impl FetchError {
    /// An error with this cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}
