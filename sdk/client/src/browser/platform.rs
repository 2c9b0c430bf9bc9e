//! Browsers, workers and Node: `fetch`, `setTimeout`, `Date`, and the Ed25519 of the platform.

// A Rust program without the npm package takes ed25519-dalek.
#[cfg_attr(feature = "ed25519", path = "../dalek.rs")]
pub(crate) mod ed25519;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod timer;

#[cfg(feature = "http")]
pub use self::{http::Http, timer::SystemTimer};

/// The time in Unix seconds.
pub(crate) fn unix_time() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}
