//! JSON, read and written through the serde attributes of each type.
//!
//! Natively this is serde_json. In the npm package (feature `js`) the JavaScript engine parses and
//! prints the text; `from_value` reads its values, and serde-wasm-bindgen writes them, as for all
//! values passed between Rust and JavaScript: so the module contains only one serde format.

mod error;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
mod js;
mod lenient;
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
mod native;
#[cfg(feature = "js")]
mod reader;

pub use error::JsonError;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
use js::Tree;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub use js::{from_slice, to_string};
pub use lenient::{Lenient, from_slice_leniently};
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
use native::Tree;
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
pub use native::{from_slice, to_string};
#[cfg(feature = "js")]
pub use reader::{from_value, keep};

#[cfg(test)]
mod tests;
