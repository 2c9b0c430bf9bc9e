//! The system's clock and its source of randomness.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub use windlass_endpoints::clock::{Clock, Random};

/// The system's clock.
pub fn system_clock() -> Clock {
    #![expect(
        clippy::disallowed_methods,
        reason = "the one place where the server reads the clock"
    )]
    let start = Instant::now();
    Clock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
        .with_elapsed(move || start.elapsed())
}

/// The operating system's cryptographic source of randomness.
///
/// # Panics
///
/// The returned source panics if the operating system has no randomness, because no key could be
/// generated then.
pub fn system_random() -> Random {
    Random::new(|bytes| getrandom::fill(bytes).expect("the operating system gives random bytes"))
}
