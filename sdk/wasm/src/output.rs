//! Values on their way to JavaScript.

#[cfg(feature = "kyc")]
use js_sys::Array;
use js_sys::JSON;
use tsify::{Ts, Tsify};
#[cfg(feature = "kyc")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use windlass_core::json::{self, ToJson};

use crate::Error;

/// The value as its JSON reads.
#[cfg(feature = "kyc")]
pub(crate) fn output<T: ToJson + Tsify>(value: &T) -> Result<Ts<T>, Error> {
    output_as(value)
}

/// A value that is written as one of type `T` would be. The code that writes JSON is there for requests already, and the page has a
/// reader of its own.
pub(crate) fn output_as<T: Tsify>(value: &dyn ToJson) -> Result<Ts<T>, Error> {
    parsed(value).map(Ts::new_unchecked)
}

/// The values as an array.
#[cfg(feature = "kyc")]
pub(crate) fn list<T: ToJson + Tsify>(values: &[T]) -> Result<Array, Error> {
    parsed(&values).map(JsCast::unchecked_into)
}

fn parsed(value: &dyn ToJson) -> Result<JsValue, Error> {
    JSON::parse(&json::to_string(value)).map_err(|_| Error::request("there is no JSON here"))
}
