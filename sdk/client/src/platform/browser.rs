//! Browsers, workers and Node: `fetch`, `setTimeout`, `Date`, and the Ed25519 of the platform.

#[cfg(not(feature = "ed25519"))]
pub(crate) mod ed25519;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod timer;

#[cfg(feature = "http")]
pub use self::{http::Http, timer::SystemTimer};

/// What JavaScript has thrown.
pub type Cause = wasm_bindgen::JsValue;

/// A value of JavaScript is no error of Rust.
pub(crate) const fn source(_: &Cause) -> Option<&(dyn std::error::Error + 'static)> {
    None
}

/// The time in Unix seconds.
pub(crate) fn unix_time() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}
