//! Giving up: work that ends when an `AbortSignal` says so.

use std::{future::poll_fn, pin::pin, task::Poll};

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;
use windlass_client::Error as ClientError;

use crate::Error;

/// Does the work unless `signal` is aborted before it is done. What is under way is then dropped, its request with it.
pub(crate) async fn abortable<T>(
    signal: Option<AbortSignal>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(signal) = signal else { return work.await };
    if signal.aborted() {
        return Err(ClientError::Aborted.into());
    }
    let mut listener = None;
    let promise =
        Promise::new(&mut |resolve, _| listener = Some(Listener::new(signal.clone(), resolve)));
    let (mut aborted, mut work) = (pin!(JsFuture::from(promise)), pin!(work));
    poll_fn(|context| {
        if aborted.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(ClientError::Aborted.into()));
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
