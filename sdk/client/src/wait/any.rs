//! By any executor.

use js_sys::Promise;
use wasm_bindgen::JsValue;
pub use wasm_bindgen_futures::JsFuture as Settled;

/// What comes of a promise, or of what is none at once. A task waits for one at a time.
pub fn settled(promise: impl Into<JsValue>) -> Settled {
    Promise::resolve(&promise.into()).into()
}
