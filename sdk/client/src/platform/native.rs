//! Native programs: reqwest, tokio and the system clock.

use std::time::{SystemTime, UNIX_EPOCH};

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod timer;

#[cfg(feature = "http")]
pub use self::{http::Http, timer::SystemTimer};

/// The time in Unix seconds.
#[expect(clippy::disallowed_methods, reason = "everything else takes a Clock")]
pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
