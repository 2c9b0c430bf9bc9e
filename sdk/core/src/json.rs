//! JSON, read and written through the serde attributes of each type.
//!
//! Natively this is serde_json. In the npm package (feature `js`) the JavaScript engine parses and prints the text, and
//! serde-wasm-bindgen converts its values, as it does for every value that crosses the border to JavaScript: the module holds
//! one serde format.

mod error;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
mod js;
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
mod native;

pub use error::JsonError;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub use js::{from_slice, to_string};
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
pub use native::{from_slice, to_string};

#[cfg(test)]
mod tests;
