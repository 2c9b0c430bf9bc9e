//! Reading.

use alloc::{string::String, vec::Vec};

use super::{Fault, JsonError, Object, Value, reader};

/// What can be read from JSON.
///
/// Whoever finds a fault notes it and goes on with a value in place of the one that could not be read. Nobody sees that value:
/// [`from_slice`] gives the fault instead. To stop in each place would be half as much code again.
pub trait FromJson: Sized {
    /// Reads a value. It is a fault if that is of another type.
    fn from_json(value: Value, fault: &mut Fault) -> Self;

    /// Reads a value that may be left out, as `null` is. What a newer server may write can be taken for left out as well.
    fn optional(value: Value, fault: &mut Fault) -> Option<Self> {
        if value == Value::Null { None } else { Some(Self::from_json(value, fault)) }
    }

    /// What it is if it was left out; `None` if it must not be.
    fn absent() -> Option<Self> {
        None
    }

    /// Takes its members from an object in which others may be.
    fn from_members(_: &mut Object, fault: &mut Fault) -> Self {
        Self::from_json(Value::Null, fault)
    }
}

/// Reads a value, to the last byte.
///
/// # Errors
///
/// Not JSON, or not the JSON that was expected.
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, JsonError> {
    let mut fault = Fault::default();
    let value = T::from_json(reader::parse(bytes)?, &mut fault);
    match fault.0 {
        None => Ok(value),
        Some(error) => Err(error),
    }
}

impl FromJson for Value {
    fn from_json(value: Value, _: &mut Fault) -> Self {
        value
    }
}

impl FromJson for String {
    fn from_json(value: Value, fault: &mut Fault) -> Self {
        if let Value::Text(text) = value {
            return text;
        }
        fault.note("must be a string");
        Self::new()
    }
}

impl FromJson for u64 {
    fn from_json(value: Value, fault: &mut Fault) -> Self {
        if let Value::Number(number) = value {
            return number;
        }
        fault.note("must be a whole number");
        0
    }
}

/// Flags may be left out, and then are not set (S12-64).
impl FromJson for bool {
    fn from_json(value: Value, fault: &mut Fault) -> Self {
        match value {
            Value::Boolean(flag) => return flag,
            Value::Null => {}
            _ => fault.note("must be true or false"),
        }
        false
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Value, fault: &mut Fault) -> Self {
        T::optional(value, fault)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value, fault: &mut Fault) -> Self {
        let mut list = Self::new();
        if let Value::List(items) = value {
            for item in items {
                list.push(T::from_json(item, fault));
            }
        } else {
            fault.note("must be a list");
        }
        list
    }
}
