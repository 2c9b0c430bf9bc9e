//! Waiting: what a watch asks its surroundings for.

use std::time::Duration;

/// Lets time pass. [`SystemTimer`](crate::SystemTimer) is the default one; a test has its own.
pub trait Timer {
    /// Ends when the time has passed. Whoever drops it does not wait any longer.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()>;

    /// A number from 0 to 1, so that not all wallets ask at once. Nobody need be unable to guess it.
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

/// How often to ask: soon at first, then ever more rarely.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pace {
    /// After the first answer, and after every change.
    pub first: Duration,
    /// At most; every further pause is twice the one before.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_secs(60) }
    }
}

#[cfg(feature = "kyc")]
impl Pace {
    /// The pause after `quiet` answers that said nothing new: between half of it and all of it, by `jitter`; not shorter than
    /// what the server asks for with `Retry-After`, up to a day, and spread from there on.
    pub(crate) fn pause(self, quiet: u32, jitter: f64, retry_after: Option<u64>) -> Duration {
        let whole = self.first.saturating_mul(1 << quiet.min(16)).min(self.longest.max(self.first));
        let half = whole / 2;
        let spread = Duration::from_millis((millis(half) as f64 * jitter.clamp(0.0, 1.0)) as u64);
        match retry_after.map(|seconds| Duration::from_secs(seconds.min(86_400))) {
            Some(asked) if asked > half => asked + spread,
            _ => half + spread,
        }
    }
}

/// Whole milliseconds: a `Duration` times a fraction is much code to download.
#[cfg(feature = "kyc")]
fn millis(time: Duration) -> u64 {
    time.as_secs().saturating_mul(1000).saturating_add(time.subsec_millis().into())
}

#[cfg(all(test, feature = "kyc"))]
mod tests {
    use super::*;

    // S12-45
    #[test]
    fn pauses_double_up_to_the_longest_and_are_spread() {
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
    fn what_the_server_asks_for_is_the_least() {
        let pause = |jitter, asked| Pace::default().pause(2, jitter, Some(asked)).as_secs();
        assert_eq!((pause(0.0, 30), pause(1.0, 30)), (30, 34));
        assert_eq!((pause(0.0, 1), pause(1.0, 1)), (4, 8));
        assert_eq!((pause(0.0, 86_400), pause(0.0, u64::MAX)), (86_400, 86_400));
    }
}
