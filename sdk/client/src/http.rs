//! The default transport: `fetch()` in a browser or in Node, reqwest elsewhere.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub use browser::Http;
#[cfg(not(target_arch = "wasm32"))]
pub use native::Http;

/// How long a request may take, answer included, in seconds.
const TOTAL_SECONDS: u32 = 30;
