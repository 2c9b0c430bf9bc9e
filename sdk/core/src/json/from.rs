//! Reading.

use alloc::{string::String, vec::Vec};

use super::{JsonError, Object, Value, reader};

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// It is of another type.
    fn from_json(value: Value) -> Result<Self, JsonError>;

    /// Reads a value that may be left out, as `null` is. What a newer server may write can be taken for left out as well.
    ///
    /// # Errors
    ///
    /// It is of another type.
    fn optional(value: Value) -> Result<Option<Self>, JsonError> {
        if value == Value::Null { Ok(None) } else { Self::from_json(value).map(Some) }
    }

    /// What it is if it was left out; `None` if it must not be.
    fn absent() -> Option<Self> {
        None
    }

    /// Takes its members from an object in which others may be.
    ///
    /// # Errors
    ///
    /// One of them is missing or of another type, or it has no members.
    fn from_members(_: &mut Object) -> Result<Self, JsonError> {
        Err(JsonError::new("has no members"))
    }
}

/// Reads a value, to the last byte.
///
/// # Errors
///
/// Not JSON, or not the JSON that was expected.
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, JsonError> {
    T::from_json(reader::parse(bytes)?)
}

impl FromJson for Value {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        Ok(value)
    }
}

impl FromJson for String {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        if let Value::Text(text) = value {
            Ok(text)
        } else {
            Err(JsonError::new("must be a string"))
        }
    }
}

impl FromJson for u64 {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        if let Value::Number(number) = value {
            Ok(number)
        } else {
            Err(JsonError::new("must be a whole number"))
        }
    }
}

/// Flags may be left out, and then are not set (S12-64).
impl FromJson for bool {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        match value {
            Value::Boolean(flag) => Ok(flag),
            Value::Null => Ok(false),
            _ => Err(JsonError::new("must be true or false")),
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        T::optional(value)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let Value::List(items) = value else { return Err(JsonError::new("must be a list")) };
        items.into_iter().map(T::from_json).collect()
    }
}
