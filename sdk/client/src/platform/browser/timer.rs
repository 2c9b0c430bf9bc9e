//! Pauses by `setTimeout`.

use std::time::Duration;

use gloo_timers::future::TimeoutFuture;

use crate::Timer;

/// The longest time that `setTimeout` knows. It calls back at once for a longer one.
const LONGEST: u32 = i32::MAX as u32;

/// The default timer: `setTimeout`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimer;

impl Timer for SystemTimer {
    async fn sleep(&self, time: Duration) {
        let milliseconds = u32::try_from(time.as_millis()).unwrap_or(LONGEST).min(LONGEST);
        TimeoutFuture::new(milliseconds).await;
    }

    fn jitter(&self) -> f64 {
        js_sys::Math::random()
    }
}
