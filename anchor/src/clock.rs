//! The system's clock and its source of randomness.

pub use windlass_endpoints::clock::{Clock, Random};

/// The system's clock.
pub fn system_clock() -> Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the server reads the clock")]
    Clock::new(|| {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    })
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
