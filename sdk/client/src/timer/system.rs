//! The surroundings themselves: timers of the browser, of Node, or of tokio.

#[cfg(target_arch = "wasm32")]
pub use browser::SystemTimer;
#[cfg(target_arch = "wasm32")]
pub(crate) use browser::Timeout;
#[cfg(not(target_arch = "wasm32"))]
pub use native::SystemTimer;

#[cfg(not(target_arch = "wasm32"))]
mod native {
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
            // Every state has keys of its own, which spreads well enough; a random source is a larger thing.
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
            assert!(
                some.iter().any(|jitter| *jitter < 0.5) && some.iter().any(|jitter| *jitter > 0.5)
            );
        }

        #[tokio::test(start_paused = true)]
        async fn sleep_lasts_as_long_as_it_should() {
            let begun = tokio::time::Instant::now();
            SystemTimer.sleep(Duration::from_secs(60)).await;
            assert_eq!(begun.elapsed().as_secs(), 60);
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::time::Duration;

    use js_sys::{Function, Promise};
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    use crate::{Timer, wait::settled};

    #[wasm_bindgen]
    extern "C" {
        // Not of `window`: workers and Node have them as well.
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;
        #[wasm_bindgen(js_name = clearTimeout)]
        fn clear_timeout(id: &JsValue);
    }

    /// The default timer: `setTimeout`.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct SystemTimer;

    impl Timer for SystemTimer {
        async fn sleep(&self, time: Duration) {
            let mut timeout = None;
            let over = Promise::new(&mut |resolve, _| {
                timeout = Some(Timeout::new(&resolve, time.as_secs_f64() * 1000.0));
            });
            // It cannot be rejected: nobody has the function for it.
            drop(settled(over).await);
        }

        fn jitter(&self) -> f64 {
            js_sys::Math::random()
        }
    }

    /// A timer that is stopped when nobody waits any more: Node would stay alive for it.
    pub(crate) struct Timeout(JsValue);

    impl Timeout {
        /// Calls back after so many milliseconds.
        pub(crate) fn new(callback: &Function, milliseconds: f64) -> Self {
            Self(set_timeout(callback, milliseconds))
        }
    }

    impl Drop for Timeout {
        fn drop(&mut self) {
            clear_timeout(&self.0);
        }
    }
}
