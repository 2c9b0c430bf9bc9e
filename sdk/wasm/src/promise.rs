//! Promises that an `AbortSignal` can end.

use std::{
    future::{self, Future},
    pin::pin,
};

use futures_util::future::{Either, select};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;
use windlass_client::ErrorKind;

use crate::{Error, input::Input};

/// A promise of the work, which the `signal` among the options ends.
pub(crate) fn promise<F>(options: impl Into<JsValue>, work: impl FnOnce(Input) -> F) -> Promise
where
    F: Future<Output = Result<JsValue, Error>> + 'static,
{
    match Input::new(options.into()) {
        Ok(input) => start(input.signal(), work(input)),
        Err(error) => failed(error),
    }
}

/// A promise of the work. If the signal is aborted first, the work is dropped, and its request with it.
pub(crate) fn start(
    signal: Option<AbortSignal>,
    work: impl Future<Output = Result<JsValue, Error>> + 'static,
) -> Promise {
    future_to_promise(async {
        let done = match signal {
            Some(signal) => until_aborted(signal, work).await,
            None => work.await,
        };
        done.map_err(JsValue::from)
    })
}

pub(crate) fn failed(error: Error) -> Promise {
    start(None, future::ready(Err(error)))
}

async fn until_aborted(
    signal: AbortSignal,
    work: impl Future<Output = Result<JsValue, Error>>,
) -> Result<JsValue, Error> {
    if signal.aborted() {
        return Err(ErrorKind::Aborted.into());
    }
    let mut abort = Abort::of(signal)?;
    match select(&mut abort.event, pin!(work)).await {
        Either::Left(_) => Err(ErrorKind::Aborted.into()),
        Either::Right((done, _)) => done,
    }
}

/// Waits for the `abort` event of a signal. The listener is removed on drop, because a signal may serve many calls.
struct Abort {
    signal: AbortSignal,
    listener: Function,
    event: JsFuture,
}

impl Abort {
    fn of(signal: AbortSignal) -> Result<Self, Error> {
        let mut listener = Function::default();
        // The promise's own `resolve` is the listener.
        let event = Promise::new(&mut |resolve, _| listener = resolve);
        let event = JsFuture::from(event);
        let added = signal.add_event_listener_with_callback("abort", &listener);
        added.map_err(|_| Error::request("signal takes no listener"))?;
        Ok(Self { signal, listener, event })
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        // It throws nothing that adding the listener has not thrown.
        drop(self.signal.remove_event_listener_with_callback("abort", &self.listener));
    }
}
