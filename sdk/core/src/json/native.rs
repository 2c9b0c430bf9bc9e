//! JSON by serde_json.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Deserializer;

use super::JsonError;

/// Reads a value from a JSON text.
///
/// # Errors
///
/// The text is not JSON, or its value does not have this type. The error names the member and never
/// contains its value.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    let mut reader = Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(JsonError::at_path)?;
    reader.end().map_err(JsonError::not_json)?;
    Ok(value)
}

/// Writes a value as JSON, without blanks.
///
/// # Panics
///
/// A map in the value has keys that are not text. No message has such a map.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("a message can be written as JSON")
}
