//! Work that JavaScript waits for, and may give up.

use std::{
    future::ready,
    pin::Pin,
    task::{Context, Poll, Waker},
};
#[cfg(feature = "kyc")]
use std::{sync::Arc, task::Wake};

use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::AbortSignal;
use windlass_client::ErrorKind;
#[cfg(target_arch = "wasm32")]
pub(crate) use windlass_client::settled;

use crate::{Error, input::Input};

#[wasm_bindgen(raw_module = "../js/wait.js")]
extern "C" {
    fn run(task: Task, signal: Option<AbortSignal>) -> Promise;
    #[cfg(feature = "kyc")]
    fn wake();
}

/// Boxed, so that a browser downloads the machinery of promises once and not per method.
type Work = Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>;

/// Does the work, unless the `signal` among its options is aborted before it is done. What is under way is then dropped, its
/// request with it.
pub(crate) fn promise<F>(options: impl Into<JsValue>, work: impl FnOnce(Input) -> F) -> Promise
where
    F: Future<Output = Result<JsValue, Error>> + 'static,
{
    match Input::new(options.into()) {
        Ok(input) => start(input.signal(), Box::pin(work(input))),
        Err(error) => failed(error),
    }
}

pub(crate) fn start(signal: Option<AbortSignal>, work: Work) -> Promise {
    run(Task(work), signal)
}

pub(crate) fn failed(error: Error) -> Promise {
    start(None, Box::pin(ready(Err(error))))
}

/// Only in a browser there is what would settle it; the rest of the bindings compiles anywhere.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn settled(_: impl Into<JsValue>) -> std::future::Pending<Result<JsValue, JsValue>> {
    std::future::pending()
}

/// Work under way; it is not part of the package.
#[wasm_bindgen(skip_typescript)]
pub struct Task(Work);

#[wasm_bindgen]
impl Task {
    /// What it gives when it is done, which is never null; until then, null.
    #[wasm_bindgen(skip_typescript)]
    pub fn poll(&mut self, aborted: bool) -> Result<JsValue, Error> {
        if aborted {
            return Err(ErrorKind::Aborted.into());
        }
        match self.0.as_mut().poll(&mut Context::from_waker(&waker())) {
            Poll::Ready(done) => done,
            Poll::Pending => Ok(JsValue::NULL),
        }
    }
}

/// Calls of a session wait for each other, when its token has ended; nothing else waits for anything but promises.
fn waker() -> Waker {
    #[cfg(feature = "kyc")]
    return Arc::new(Everybody).into();
    #[cfg(not(feature = "kyc"))]
    Waker::noop().clone()
}

/// Wakes everybody who waits for somebody else: a few, and seldom.
#[cfg(feature = "kyc")]
struct Everybody;

#[cfg(feature = "kyc")]
impl Wake for Everybody {
    fn wake(self: Arc<Self>) {
        wake();
    }
}
