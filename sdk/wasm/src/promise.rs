//! Work that JavaScript waits for, and may give up.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::Poll,
};

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;
use windlass_client::ErrorKind;

use crate::{Error, input::Input};

/// Does the work, unless the `signal` among its options is aborted before it is done. What is under way is then dropped, its
/// request with it.
pub(crate) fn promise<F>(options: impl Into<JsValue>, work: impl FnOnce(Input) -> F) -> Promise
where
    F: Future<Output = Result<JsValue, Error>> + 'static,
{
    match Input::new(options.into()) {
        Ok(input) => start(input.signal(), Box::pin(work(input))),
        Err(error) => Promise::reject(&error.into()),
    }
}

/// Boxed, so that a browser downloads the machinery of promises once and not per method.
pub(crate) fn start(
    signal: Option<AbortSignal>,
    work: Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>,
) -> Promise {
    future_to_promise(async move {
        match signal {
            Some(signal) => Ok(abortable(signal, work).await?),
            None => Ok(work.await?),
        }
    })
}

async fn abortable(
    signal: AbortSignal,
    mut work: Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>,
) -> Result<JsValue, Error> {
    if signal.aborted() {
        return Err(ErrorKind::Aborted.into());
    }
    let mut listener = None;
    let aborted =
        Promise::new(&mut |resolve, _| listener = Some(Listener::new(signal.clone(), resolve)));
    let mut aborted = pin!(JsFuture::from(aborted));
    poll_fn(|context| {
        if aborted.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(ErrorKind::Aborted.into()));
        }
        work.as_mut().poll(context)
    })
    .await
}

/// A listener that goes when it is no longer needed: a signal may outlive many calls.
struct Listener(AbortSignal, Function);

impl Listener {
    fn new(signal: AbortSignal, resolve: Function) -> Self {
        // Adding a listener cannot fail: the signal is one, and the function is one.
        drop(signal.add_event_listener_with_callback("abort", &resolve));
        Self(signal, resolve)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.0.remove_event_listener_with_callback("abort", &self.1));
    }
}
