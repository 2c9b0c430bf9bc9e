//! The way out to URLs that somebody else has named: in a page there is none, and what would be read is told beforehand.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use thiserror::Error;
use url::Url;

/// Which servers may be called.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Policy {
    /// Whether servers on this machine may be called, by http as well. For development only.
    pub development: bool,
}

/// Knows what is behind URLs. Cheap to clone.
#[derive(Clone, Default)]
pub struct Outbound {
    policy: Policy,
    bodies: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Outbound {
    /// Knows nothing yet.
    pub fn new(policy: Policy) -> Self {
        Self { policy, bodies: Arc::default() }
    }

    /// Says what is behind a URL from now on.
    pub fn tell(&self, url: &Url, body: Vec<u8>) {
        let mut bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        bodies.insert(url.as_str().to_owned(), body);
    }

    /// Which servers may be called.
    pub const fn policy(&self) -> Policy {
        self.policy
    }

    /// The body behind a URL, of at most `max` bytes.
    ///
    /// # Errors
    ///
    /// Nobody said what is there, or it is too long.
    #[expect(clippy::unused_async, reason = "a network is waited for")]
    pub async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, OutboundError> {
        let bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        let body = bodies.get(url.as_str()).ok_or(OutboundError::Unreachable)?;
        if body.len() > max { Err(OutboundError::TooLarge { max }) } else { Ok(body.clone()) }
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outbound({:?})", self.policy)
    }
}

/// Why there is no body.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutboundError {
    /// Nobody said what is there.
    #[error("cannot be reached")]
    Unreachable,
    /// It is longer than is read.
    #[error("answered with more than {max} bytes")]
    TooLarge {
        /// The bytes that are read at most.
        max: usize,
    },
}
