//! Time and randomness as arguments, so that tests control both.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The source of the current time and of durations. Cheap to clone.
///
/// [`now`](Self::now) is for times that are stored or sent. An operator or a time server may set it
/// forward and back. [`elapsed`](Self::elapsed) is for durations and limits inside one process.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> u64 + Send + Sync>,
    elapsed: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Clock {
    /// A clock that calls `now`, which returns Unix seconds. Durations follow the same number.
    pub fn new(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        let now = Arc::new(now);
        let elapsed = {
            let now = Arc::clone(&now);
            Arc::new(move || Duration::from_secs(now()))
        };
        Self { now, elapsed }
    }

    /// The same clock with another source of durations: the time since any fixed moment, which
    /// never goes back.
    #[must_use]
    pub fn with_elapsed(self, elapsed: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { elapsed: Arc::new(elapsed), ..self }
    }

    /// A clock for tests: it shows `start` until the test changes the returned number.
    pub fn manual(start: u64) -> (Self, Arc<AtomicU64>) {
        let now = Arc::new(AtomicU64::new(start));
        let shared = Arc::clone(&now);
        (Self::new(move || shared.load(Ordering::SeqCst)), now)
    }

    /// The current time in Unix seconds.
    pub fn now(&self) -> u64 {
        (self.now)()
    }

    /// The time since a fixed moment. It does not change when the system's time is set.
    pub fn elapsed(&self) -> Duration {
        (self.elapsed)()
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
