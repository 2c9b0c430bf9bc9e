//! Native programs: reqwest, tokio and the system clock.

use std::{
    error::Error,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod timer;

#[cfg(feature = "http")]
pub use self::{http::Http, timer::SystemTimer};

/// The error of a library.
pub type Cause = Arc<dyn Error + Send + Sync>;

pub(crate) fn source(cause: &Cause) -> Option<&(dyn Error + 'static)> {
    Some(&**cause)
}

/// The time in Unix seconds.
#[expect(clippy::disallowed_methods, reason = "everything else takes a Clock")]
pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
