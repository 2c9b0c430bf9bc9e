//! A field value from a request, before it is checked.

use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::wire;

/// The largest number of bytes of a text value (S09-15).
pub const MAX_TEXT_BYTES: usize = 4096;

/// The value of a field in a request.
///
/// Reading never fails, so that a bad value is reported under the name of its field.
#[derive(Clone, Eq, PartialEq)]
pub enum Value {
    /// Text: a JSON string, or a part of a form.
    Text(String),
    /// A whole JSON number of 0 or more.
    Number(u64),
    /// Any other JSON value. No field takes one (S09-14, S12-82).
    Other,
}

/// Leaves out the value, which is personal data.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text",
            Self::Number(_) => "Number",
            Self::Other => "Other",
        })
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// [`Value::Other`] becomes `null`, which receivers refuse as well. A number that JavaScript cannot
/// represent becomes text, which receivers accept as in a form.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) if *number > wire::MAX_SAFE_INTEGER => {
                serializer.collect_str(number)
            }
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Other => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(u64::try_from(number).map_or(Value::Other, Value::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    #[test]
    fn every_json_value_is_read() {
        let read = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        assert_eq!(read(r#""01234""#), Value::from("01234"));
        assert_eq!(read(r#""a\nb\u00e9""#), Value::from("a\nbé"));
        assert_eq!(read("7"), Value::Number(7));
        for other in [
            "-1",
            "1.5",
            "7.0",
            "1e300",
            "18446744073709551616",
            "true",
            "null",
            "[1,[2]]",
            r#"{"name":{"x":"y"}}"#,
        ] {
            assert_eq!(read(other), Value::Other, "{other}");
        }
    }

    #[test]
    fn text_and_numbers_are_written_unchanged() {
        let again = |json: &str| {
            serde_json::to_string(&serde_json::from_str::<Value>(json).unwrap()).unwrap()
        };
        for json in [r#""01234""#, "0", "9007199254740991"] {
            assert_eq!(again(json), json);
        }
        for json in ["9007199254740992", "18446744073709551615"] {
            assert_eq!(again(json), format!("\"{json}\""));
        }
    }

    #[test]
    fn debug_of_value_shows_no_value() {
        assert_eq!(format!("{:?}", Value::from("+14155552671")), "Text");
    }
}
