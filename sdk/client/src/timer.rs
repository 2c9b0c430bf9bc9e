//! Pauses between the requests of a watch.

use std::time::Duration;

/// Waits for time to pass. [`SystemTimer`](crate::SystemTimer) is the default one; tests bring
/// their own.
pub trait Timer {
    /// Completes when the time has passed. Dropping the future cancels the timer.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()>;

    /// A random number from 0 to 1 that spreads the requests of many wallets. It need not be
    /// secure.
    fn jitter(&self) -> f64;
}

impl<W: Timer> Timer for &W {
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> {
        (**self).sleep(time)
    }

    fn jitter(&self) -> f64 {
        (**self).jitter()
    }
}

/// The pauses between requests: short at first, then each twice as long as the one before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pace {
    /// The pause after the first response, and after every change.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_secs(60) }
    }
}

impl Pace {
    /// The pause after so many unchanged responses in a row: `jitter` chooses it between half of
    /// the nominal pause and all of it. It is not shorter than the server's `Retry-After` in
    /// seconds, up to a day, and is spread from there on.
    pub(crate) fn pause(self, unchanged: u32, jitter: f64, retry_after: Option<u64>) -> Duration {
        let longest = self.longest.max(self.first);
        let half = self.first.saturating_mul(1 << unchanged.min(16)).min(longest) / 2;
        let spread = half.mul_f64(jitter.clamp(0.0, 1.0));
        match retry_after.map(|seconds| Duration::from_secs(seconds.min(86_400))) {
            Some(asked) if asked > half => asked + spread,
            _ => half + spread,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S12-45
    #[test]
    fn pauses_double_up_to_the_longest_with_jitter() {
        let pace = Pace { first: Duration::from_secs(2), longest: Duration::from_secs(60) };
        let seconds = |jitter| {
            [0, 1, 2, 3, 4, 5, 6, u32::MAX].map(|quiet| pace.pause(quiet, jitter, None).as_secs())
        };
        assert_eq!(seconds(1.0), [2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(seconds(0.0), [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(pace.pause(0, 7.0, None), Duration::from_secs(2));
        assert_eq!(pace.pause(0, -7.0, None), Duration::from_secs(1));
        let odd = Pace { first: Duration::from_secs(9), longest: Duration::ZERO };
        assert_eq!(odd.pause(5, 1.0, None), Duration::from_secs(9));
    }

    #[test]
    fn retry_after_is_the_shortest_pause() {
        let pause = |jitter, asked| Pace::default().pause(2, jitter, Some(asked)).as_secs();
        assert_eq!((pause(0.0, 30), pause(1.0, 30)), (30, 34));
        assert_eq!((pause(0.0, 1), pause(1.0, 1)), (4, 8));
        assert_eq!((pause(0.0, 86_400), pause(0.0, u64::MAX)), (86_400, 86_400));
    }
}
