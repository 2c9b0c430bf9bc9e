//! Aborting a call.

use std::pin::Pin;

use futures_util::future::{Either, select};
use js_sys::{Function, Promise};
use serde::{Deserialize, Deserializer};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;
use windlass_client::ErrorKind;
use windlass_core::json;

use crate::{Error, options::member};

/// A promise of some work that a signal can abort. `call` runs at once, so that the stack of an
/// error in the options contains the caller.
pub(crate) fn promise<T, F>(call: impl FnOnce() -> Result<(Signal, F), Error>) -> Promise
where
    T: Into<JsValue>,
    F: Future<Output = Result<T, Error>> + 'static,
{
    match call() {
        Ok((signal, work)) => start(signal, Box::pin(async { work.await.map(Into::into) })),
        Err(error) => Promise::reject(&error.into()),
    }
}

/// Boxed, so that the module contains the code that waits for the end or an abort only once, not
/// for each call.
type Work = Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>;

fn start(signal: Signal, work: Work) -> Promise {
    future_to_promise(async move { signal.ends(work).await.map_err(JsValue::from) })
}

/// The `AbortSignal` among the options of a call, if there is one.
#[derive(Clone, Debug, Default)]
pub struct Signal(Option<AbortSignal>);

impl<'de> Deserialize<'de> for Signal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(json::keep(deserializer)?.dyn_into().ok()))
    }
}

impl Signal {
    /// Runs the work. If the signal is aborted first, the work and its request are dropped.
    async fn ends(&self, work: Work) -> Result<JsValue, Error> {
        let Self(Some(signal)) = self else { return work.await };
        if signal.aborted() {
            return Err(ended(signal));
        }
        let mut abort = Abort::of(signal)?;
        match select(&mut abort.event, work).await {
            Either::Left(_) => Err(ended(signal)),
            Either::Right((done, _)) => done,
        }
    }
}

/// The error of a call whose signal was aborted. The signal's reason is its cause.
fn ended(signal: &AbortSignal) -> Error {
    let reason = signal.reason();
    // The name of the reason that `AbortSignal.timeout` gives.
    let timed_out = member(&reason, "name").is_some_and(|name| name == "TimeoutError");
    let kind = if timed_out { ErrorKind::TimedOut } else { ErrorKind::Aborted };
    Error::Caused(kind.into(), reason)
}

/// Waits for the `abort` event of a signal. Dropping this removes the listener, because a signal
/// may serve many calls.
struct Abort<'a> {
    signal: &'a AbortSignal,
    listener: Function,
    event: JsFuture,
}

impl<'a> Abort<'a> {
    fn of(signal: &'a AbortSignal) -> Result<Self, Error> {
        let no_listener = || Error::request("signal takes no listener");
        // The promise's own `resolve` is the listener. `Function::default()` is no option as
        // initial value: it evaluates a string, which a page's content security policy may forbid.
        let mut listener: Option<Function> = None;
        let event = JsFuture::from(Promise::new(&mut |resolve, _| listener = Some(resolve)));
        let listener = listener.ok_or_else(no_listener)?;
        signal.add_event_listener_with_callback("abort", &listener).map_err(|_| no_listener())?;
        Ok(Self { signal, listener, event })
    }
}

impl Drop for Abort<'_> {
    fn drop(&mut self) {
        // Removing the listener can only fail if adding it failed.
        drop(self.signal.remove_event_listener_with_callback("abort", &self.listener));
    }
}
