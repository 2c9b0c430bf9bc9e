//! Values on their way to JavaScript.

use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;

use crate::Error;

/// The value in the shape of its JSON: maps become objects.
pub(crate) fn output<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, Error> {
    let value = value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Error::request(error.to_string()))?;
    Ok(Ts::new_unchecked(value))
}

/// The values as an array.
pub(crate) fn list<'a, T: Serialize + Tsify + 'a>(
    values: impl IntoIterator<Item = &'a T>,
) -> Result<Array, Error> {
    values.into_iter().map(|value| output(value).map(JsValue::from)).collect()
}
