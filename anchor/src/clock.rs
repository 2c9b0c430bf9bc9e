//! Time and randomness, as arguments: a story can be tested to the second.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Where the server takes the time from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where the server reads the clock"
        )]
        Self::new(|| {
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| since.as_secs())
        })
    }

    /// A clock of one's own, in Unix seconds.
    pub fn new(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that stands still until the number is changed.
    pub fn manual(start: u64) -> (Self, Arc<AtomicU64>) {
        let now = Arc::new(AtomicU64::new(start));
        let shared = Arc::clone(&now);
        (Self::new(move || shared.load(Ordering::SeqCst)), now)
    }

    /// Now, in Unix seconds.
    pub fn now(&self) -> u64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// Where the server takes random bytes from.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Random {
    /// The operating system's cryptographic source.
    ///
    /// # Panics
    ///
    /// When drawing from it fails: without randomness there are no keys, and the server must not go on.
    pub fn system() -> Self {
        Self::new(|bytes| getrandom::fill(bytes).expect("the operating system gives random bytes"))
    }

    /// A source of one's own; for tests that must be repeatable.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }

    /// A random id that nobody can guess: a version 4 UUID.
    pub fn id(&self) -> String {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid().to_string()
    }

    /// `digits` decimal digits, each equally likely.
    pub fn code(&self, digits: u32) -> String {
        let modulus = 10_u64.pow(digits);
        // Values above the last whole multiple would make small codes likelier.
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
