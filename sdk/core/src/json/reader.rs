//! Reads values of JavaScript that have the shape of JSON.
//!
//! serde-wasm-bindgen's reader, with serde_path_to_error around it, makes the npm package 16 KB
//! larger after gzip (`windlass/sign-in` 13 KB): it writes the wrong value into every error, which
//! takes the code that prints floating-point numbers, and [`JsonError`] leaves the value out anyway.

use std::{cell::Cell, fmt, vec};

use js_sys::{Array, Number, Object, Reflect};
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
        Unexpected, Visitor,
    },
    forward_to_deserialize_any,
};
use wasm_bindgen::{JsCast as _, JsValue};

use super::{
    JsonError,
    error::{Step, must_be},
};

/// Reads a value of JavaScript: what `JSON.parse` gives, or options of a caller.
///
/// A bigint is read as a whole number. Members that the type does not have are passed over.
///
/// # Errors
///
/// It is not a value of this type. The error names the member, and never shows its value.
pub fn from_value<T: DeserializeOwned>(value: JsValue) -> Result<T, JsonError> {
    T::deserialize(Reader(value))
}

/// A member that is kept as it is, such as an object with methods: for `deserialize_with`.
///
/// # Errors
///
/// It is not read by [`from_value`].
pub fn keep<'de, D: Deserializer<'de>>(deserializer: D) -> Result<JsValue, D::Error> {
    struct Kept;

    impl Visitor<'_> for Kept {
        type Value = JsValue;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value of JavaScript")
        }

        fn visit_unit<E>(self) -> Result<JsValue, E> {
            Ok(KEEP.take())
        }
    }

    deserializer.deserialize_newtype_struct(KEPT, Kept)
}

/// By this name, [`keep`] asks for the value itself.
const KEPT: &str = "windlass: a kept value";

thread_local! {
    /// The value on its way from the reader to [`keep`]: serde has no type for it.
    static KEEP: Cell<JsValue> = const { Cell::new(JsValue::UNDEFINED) };
}

struct Reader(JsValue);

impl Reader {
    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    fn number<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.as_f64() {
            Some(number) if Number::is_safe_integer(&self.0) => visitor.visit_i64(number as i64),
            Some(number) => visitor.visit_f64(number),
            None => match u64::try_from(self.0.clone()) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => Err(expected(&visitor)),
            },
        }
    }

    /// The members of an object; of a struct, those that it has.
    fn members(&self, names: Option<&[&str]>) -> Option<Members> {
        if !self.0.is_object() || Array::is_array(&self.0) {
            return None;
        }
        let object: &Object = self.0.unchecked_ref();
        let members: Vec<_> = match names {
            None => {
                let member = |pair: JsValue| {
                    let pair: Array = pair.unchecked_into();
                    (pair.get(0).as_string().unwrap_or_default(), pair.get(1))
                };
                Object::entries(object).iter().map(member).collect()
            }
            Some(names) => {
                let member = |name: &&str| {
                    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
                    (!value.is_undefined()).then(|| ((*name).to_owned(), value))
                };
                names.iter().filter_map(member).collect()
            }
        };
        Some(Members { members: members.into_iter(), value: None })
    }
}

impl<'de> Deserializer<'de> for Reader {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(value) = self.0.as_bool() {
            visitor.visit_bool(value)
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if Array::is_array(&self.0) {
            self.deserialize_seq(visitor)
        } else if self.0.is_object() {
            self.deserialize_map(visitor)
        } else {
            self.number(visitor)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.as_bool() {
            Some(value) => visitor.visit_bool(value),
            None => Err(expected(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.number(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.number(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.number(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.as_string() {
            Some(text) => visitor.visit_string(text),
            None => Err(expected(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        if name == KEPT {
            KEEP.set(self.0);
            return visitor.visit_unit();
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.dyn_into::<Array>() {
            Ok(array) => visitor.visit_seq(Items { array, next: 0 }),
            Err(_) => Err(expected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.members(None) {
            Some(members) => visitor.visit_map(members),
            None => Err(expected(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        match self.members(Some(names)) {
            Some(members) => visitor.visit_map(members),
            None => Err(expected(&visitor)),
        }
    }

    /// A variant without a value, by its name. No message has another kind of enum.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        match self.0.as_string() {
            Some(name) => visitor.visit_enum(name.into_deserializer()),
            None => Err(expected(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u128 f32 char bytes byte_buf unit unit_struct tuple
        tuple_struct identifier
    }
}

/// The items of an array.
struct Items {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = JsonError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, JsonError> {
        let index = self.next;
        if index == self.array.length() {
            return Ok(None);
        }
        self.next += 1;
        let item = seed.deserialize(Reader(self.array.get(index)));
        item.map(Some).map_err(|error| error.within(Step::Item(index as usize)))
    }
}

/// The members of an object.
struct Members {
    members: vec::IntoIter<(String, JsValue)>,
    /// The member whose name was read.
    value: Option<(String, JsValue)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = JsonError;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, JsonError> {
        self.value = self.members.next();
        let Some((name, _)) = &self.value else { return Ok(None) };
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, JsonError> {
        let (name, value) = self.value.take().unwrap_or_default();
        seed.deserialize(Reader(value)).map_err(|error| error.within(Step::Member(name)))
    }
}

fn expected(what: &dyn Expected) -> JsonError {
    JsonError::at_root(must_be(&what.to_string()))
}

/// Errors of serde, without the value.
impl Error for JsonError {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self::serde(&message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, what: &dyn Expected) -> Self {
        expected(what)
    }

    fn invalid_value(_: Unexpected<'_>, what: &dyn Expected) -> Self {
        expected(what)
    }
}
