//! By `wait.js` of the npm package, which polls again when that is settled which it was told of.

use std::{
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(raw_module = "../js/wait.js")]
extern "C" {
    fn wait(promise: JsValue);

    #[wasm_bindgen(catch, js_name = settled)]
    fn js_settled() -> Result<JsValue, JsValue>;
}

/// What comes of a promise, or of what is none at once. A task waits for one at a time.
pub fn settled(promise: impl Into<JsValue>) -> Settled {
    wait(promise.into());
    Settled(false)
}

/// What comes of a promise: the first time it is asked for, that is not known.
#[derive(Debug)]
#[must_use = "nobody waits for it until it is polled"]
pub struct Settled(bool);

impl Future for Settled {
    type Output = Result<JsValue, JsValue>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if mem::replace(&mut self.0, true) { Poll::Ready(js_settled()) } else { Poll::Pending }
    }
}
