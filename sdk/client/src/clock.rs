//! The clock is an argument, so that tests can set it.

use std::{fmt, sync::Arc};

use crate::platform;

/// A clock, in Unix seconds. [`Clock::default`] is the system's.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// A clock that calls `now` for the time in Unix seconds.
    pub fn new(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that always tells the same time.
    pub fn fixed(now: u64) -> Self {
        Self::new(move || now)
    }

    /// The time in Unix seconds.
    pub fn now(&self) -> u64 {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(platform::unix_time)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_clock_runs_in_seconds() {
        let now = Clock::default().now();
        assert!((1_700_000_000..10_000_000_000).contains(&now), "{now}");
    }
}
