//! JSON by `JSON.parse` and `JSON.stringify`.

use js_sys::{Array, JSON, Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Error, Serializer};
use wasm_bindgen::{JsCast as _, JsValue};

use super::{JsonError, error::Step, from_value};

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

/// A JSON text as a tree of values, from which members can be taken.
pub(super) struct Tree(JsValue);

impl Tree {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        parse(bytes).map(Self)
    }

    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        from_value(self.0.clone())
    }

    /// The names of an object's members; none, if the value at the path is no object.
    pub(super) fn names(&self, path: &[Step]) -> Vec<String> {
        let names = self.object(path).map(|object| Object::keys(&object));
        names.into_iter().flatten().filter_map(|name| name.as_string()).collect()
    }

    /// Takes a member out of an object.
    pub(super) fn take(&self, path: &[Step], name: &str) -> Option<JsValue> {
        let (object, key) = (self.object(path)?, name.into());
        let value = Reflect::get(&object, &key).ok()?;
        (Reflect::has(&object, &key) == Ok(true)).then_some(())?;
        Reflect::delete_property(&object, &key).ok()?.then_some(value)
    }

    /// Puts a member into an object.
    pub(super) fn put(&self, path: &[Step], name: &str, value: JsValue) {
        if let Some(object) = self.object(path) {
            // It cannot fail for an object of JSON.parse.
            drop(Reflect::set(&object, &name.into(), &value));
        }
    }

    fn object(&self, path: &[Step]) -> Option<Object> {
        let at = path.iter().try_fold(self.0.clone(), |value, segment| match segment {
            Step::Item(index) => Reflect::get_u32(&value, u32::try_from(*index).ok()?).ok(),
            Step::Member(key) => Reflect::get(&value, &key.into()).ok(),
        });
        at.filter(|value| !Array::is_array(value))?.dyn_into().ok()
    }
}
