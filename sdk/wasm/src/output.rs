//! Converts values to JavaScript.

#[cfg(feature = "kyc")]
use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::{Ts, Tsify};
#[cfg(feature = "kyc")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

use crate::Error;

/// The value in the shape of its JSON.
pub(crate) fn output<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, Error> {
    converted(value).map(Ts::new_unchecked)
}

/// The values as an array.
#[cfg(feature = "kyc")]
pub(crate) fn list<T: Serialize + Tsify>(values: &[T]) -> Result<Array, Error> {
    converted(values).map(JsCast::unchecked_into)
}

fn converted(value: &(impl Serialize + ?Sized)) -> Result<JsValue, Error> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Error::request(error.to_string()))
}
