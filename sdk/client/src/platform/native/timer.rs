//! Pauses by tokio.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::Duration,
};

use crate::Timer;

/// The default timer: tokio's.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimer;

impl Timer for SystemTimer {
    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn jitter(&self) -> f64 {
        // Each `RandomState` has keys of its own. That spreads well enough without a random number
        // generator.
        let bits = RandomState::new().hash_one(0_u8) >> 32;
        bits as f64 / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_is_from_0_to_1_and_differs() {
        let some: Vec<_> = (0..100).map(|_| SystemTimer.jitter()).collect();
        assert!(some.iter().all(|jitter| (0.0..=1.0).contains(jitter)));
        assert!(some.iter().any(|jitter| *jitter < 0.5) && some.iter().any(|jitter| *jitter > 0.5));
    }

    #[tokio::test(start_paused = true)]
    async fn sleep_lasts_as_long_as_it_should() {
        let begun = tokio::time::Instant::now();
        SystemTimer.sleep(Duration::from_secs(60)).await;
        assert_eq!(begun.elapsed().as_secs(), 60);
    }
}
