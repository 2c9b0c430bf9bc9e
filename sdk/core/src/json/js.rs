//! JSON by `JSON.parse` and `JSON.stringify`.

use js_sys::JSON;
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Error, Serializer};
use wasm_bindgen::JsValue;

use super::{JsonError, from_value};

/// Reads a value from a JSON text.
///
/// # Errors
///
/// The text is not JSON, or its value does not have this type. The error names the member and never
/// contains its value.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    from_value(parse(bytes)?)
}

/// Writes a value as JSON, without blanks.
///
/// # Panics
///
/// The value contains a whole number that a JavaScript number cannot represent. No message does.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    print(value.serialize(&Serializer::json_compatible()))
}

// Not generic, so that the module contains the code only once.

fn parse(bytes: &[u8]) -> Result<JsValue, JsonError> {
    let text = str::from_utf8(bytes).map_err(JsonError::not_json)?;
    JSON::parse(text).map_err(|_| JsonError::not_json("JSON.parse refuses the text"))
}

fn print(value: Result<JsValue, Error>) -> String {
    let text = value.ok().and_then(|value| JSON::stringify(&value).ok());
    text.and_then(|text| text.as_string()).expect("a message can be written as JSON")
}
