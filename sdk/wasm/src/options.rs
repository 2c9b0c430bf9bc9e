//! Reads options from JavaScript with serde, after checking that all their members are known.

use js_sys::{Array, Reflect};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, Visitor, value::Error as NotRead},
    forward_to_deserialize_any,
};
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_core::json;

use crate::{Error, signal::Signal};

#[cfg(feature = "kyc")]
mod parts;
#[cfg(feature = "kyc")]
mod seconds;

#[cfg(feature = "kyc")]
pub(crate) use parts::read_parts;
#[cfg(feature = "kyc")]
pub use seconds::Seconds;

#[wasm_bindgen(raw_module = "../js/options.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn checked(options: &JsValue, known: Option<Array>) -> Result<JsValue, JsValue>;
}

/// Options of a call that can be aborted; it then throws `aborted`.
#[derive(Debug, Deserialize, Tsify)]
#[serde(default)]
#[derive(Default)]
pub struct Abortable {
    /// Ends the call, the request under way, and the wait for a signer.
    #[tsify(type = "AbortSignal")]
    pub signal: Signal,
}

/// Reads options. A member that their type does not have is refused by name.
pub(crate) fn read<T: DeserializeOwned>(options: impl Into<JsValue>) -> Result<T, Error> {
    value(checked(&options.into(), members::<T>().map(names)).map_err(Error::Thrown)?)
}

/// Reads a value that may have additional members: an anchor's answer, or an object with methods.
pub(crate) fn value<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    json::from_value(value).map_err(|error| Error::request(error.to_string()))
}

/// A member of an object, unless it is absent, `undefined` or `null`; for members that serde does
/// not read.
pub(crate) fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    // Reflect.get throws if `object` is not an object.
    Reflect::get(object, &name.into()).ok().filter(is_given)
}

/// Whether a value is neither `undefined` nor `null`.
pub(crate) fn is_given(value: &JsValue) -> bool {
    !value.is_null() && !value.is_undefined()
}

/// An argument that must be text.
pub(crate) fn string(argument: &JsValue, name: &str) -> Result<String, Error> {
    argument.as_string().ok_or_else(|| Error::request(format!("{name} must be a string")))
}

fn names(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// The names of a struct's members, from serde; `None` if it accepts any.
fn members<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut members = None;
    // `Members` has no values, so this always fails.
    drop(T::deserialize(Members(&mut members)));
    members
}

/// A deserializer that records the names of a struct's members.
struct Members<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Members<'_> {
    type Error = NotRead;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        *self.0 = Some(members);
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotRead> {
        Err(NotRead::custom("there is no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use windlass_core::sep12::{GetCustomer, PutCustomer};

    use super::*;

    #[test]
    fn members_are_those_that_serde_reads() {
        assert_eq!(members::<Abortable>(), Some(&["signal"][..]));
        assert!(members::<GetCustomer>().unwrap().contains(&"type"));
        // Its fields are members of the same object.
        assert_eq!(members::<PutCustomer>(), None);
    }
}
