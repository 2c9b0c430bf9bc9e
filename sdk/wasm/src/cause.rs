//! The value of JavaScript that caused an error of the client.
//!
//! Natively, where only this crate's own tests run, the client's causes are errors of Rust.

use wasm_bindgen::JsValue;
use windlass_client::{Error, Failure};

/// A failure for this reason, caused by this value.
#[cfg(target_arch = "wasm32")]
pub(crate) fn failure(reason: String, cause: JsValue) -> Failure {
    Failure::new(reason).caused_by(cause)
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn failure(reason: String, _: JsValue) -> Failure {
    Failure::new(reason)
}

/// What caused this error, or `undefined`.
#[cfg(target_arch = "wasm32")]
pub(crate) fn of(error: &Error) -> JsValue {
    error.cause().cloned().unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) const fn of(_: &Error) -> JsValue {
    JsValue::UNDEFINED
}
