//! What differs between browsers and native programs: requests, pauses, the time and Ed25519.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(any(not(target_arch = "wasm32"), feature = "ed25519"))]
pub(crate) mod dalek;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub use browser::Cause;
#[cfg(all(target_arch = "wasm32", feature = "http"))]
pub use browser::{Http, SystemTimer};
#[cfg(target_arch = "wasm32")]
pub(crate) use browser::{source, unix_time};
#[cfg(not(target_arch = "wasm32"))]
pub use native::Cause;
#[cfg(all(not(target_arch = "wasm32"), feature = "http"))]
pub use native::{Http, SystemTimer};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{source, unix_time};

// In browsers, a Rust program without the npm package takes ed25519-dalek as well.
#[cfg(all(target_arch = "wasm32", not(feature = "ed25519")))]
pub(crate) use browser::ed25519;
#[cfg(any(not(target_arch = "wasm32"), feature = "ed25519"))]
pub(crate) use dalek as ed25519;
