//! Reading a URL that a client has named.

use async_trait::async_trait;
use url::Url;

/// Reads what is behind URLs of other servers.
///
/// An implementation on a network must not let a client look into the network that the server stands in: `https` and
/// public addresses only, no redirects, limits on size and time (S01-17).
#[async_trait]
pub trait Fetch: Send + Sync {
    /// The body behind a URL; an error if it is longer than `max` bytes.
    async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, FetchError>;
}

/// Why a URL was not read. For the log only: a client must not learn it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct FetchError(Box<dyn std::error::Error + Send + Sync>);

impl FetchError {
    /// A failure with this cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}
