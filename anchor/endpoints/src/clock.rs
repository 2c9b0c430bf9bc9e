//! Time and randomness as arguments, so that tests control both.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// The source of the current time. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// A clock that calls `now`, which returns Unix seconds.
    pub fn new(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock for tests: it shows `start` until the test changes the returned number.
    pub fn manual(start: u64) -> (Self, Arc<AtomicU64>) {
        let now = Arc::new(AtomicU64::new(start));
        let shared = Arc::clone(&now);
        (Self::new(move || shared.load(Ordering::SeqCst)), now)
    }

    /// The current time in Unix seconds.
    pub fn now(&self) -> u64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// The source of random bytes. Cheap to clone.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Random {
    /// A source that calls `fill` to fill buffers. Secrets come from this source, so outside of
    /// tests it must be cryptographically secure.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }

    /// A random id that cannot be guessed: a version 4 UUID.
    pub fn id(&self) -> String {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid().to_string()
    }

    /// A number of `digits` decimal digits, each value equally likely.
    pub fn code(&self, digits: u32) -> String {
        let modulus = 10_u64.pow(digits);
        // Numbers above the last whole multiple of the modulus would make low codes more likely.
        let limit = u64::MAX - u64::MAX % modulus;
        let number = std::iter::repeat_with(|| u64::from_be_bytes(self.bytes()))
            .find(|number| *number < limit)
            .unwrap_or_default();
        format!("{:0width$}", number % modulus, width = digits as usize)
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}
