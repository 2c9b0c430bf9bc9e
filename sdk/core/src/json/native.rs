//! JSON by serde_json.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Deserializer, Value};

use super::{JsonError, error::Step};

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

/// A JSON text as a tree of values, from which members can be taken.
pub(super) struct Tree(Value);

impl Tree {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        serde_json::from_slice(bytes).map(Self).map_err(JsonError::not_json)
    }

    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_path_to_error::deserialize(&self.0).map_err(JsonError::at_path)
    }

    /// The names of an object's members; none, if the value at the path is no object.
    pub(super) fn names(&mut self, path: &[Step]) -> Vec<String> {
        self.object(path).map(|object| object.keys().cloned().collect()).unwrap_or_default()
    }

    /// Takes a member out of an object.
    pub(super) fn take(&mut self, path: &[Step], name: &str) -> Option<Value> {
        self.object(path)?.shift_remove(name)
    }

    /// Puts a member into an object.
    pub(super) fn put(&mut self, path: &[Step], name: &str, value: Value) {
        if let Some(object) = self.object(path) {
            object.insert(name.to_owned(), value);
        }
    }

    fn object(&mut self, path: &[Step]) -> Option<&mut serde_json::Map<String, Value>> {
        let at = path.iter().try_fold(&mut self.0, |value, segment| match segment {
            Step::Item(index) => value.get_mut(index),
            Step::Member(key) => value.get_mut(key),
        });
        at?.as_object_mut()
    }
}
