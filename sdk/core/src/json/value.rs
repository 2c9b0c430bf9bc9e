//! A text, read.

use alloc::{string::String, vec::Vec};

use super::{FromJson, JsonError};

/// Any value of JSON.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number of 0 or more, up to 64 bits.
    Number(u64),
    /// Any other number.
    OtherNumber,
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Object),
}

impl Value {
    /// The members of an object.
    ///
    /// # Errors
    ///
    /// It is something else.
    pub fn object(self) -> Result<Object, JsonError> {
        if let Self::Object(object) = self {
            Ok(object)
        } else {
            Err(JsonError::new("must be an object"))
        }
    }
}

/// The members of an object, as they came: a name may be there twice.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Object(pub Vec<(String, Value)>);

impl Object {
    /// Takes the member of this name. A message takes its members by their names, and passes over all others.
    ///
    /// # Errors
    ///
    /// It is not there, is there twice, or is of another type.
    #[inline(never)]
    pub fn member<T: FromJson>(&mut self, name: &'static str) -> Result<T, JsonError> {
        match self.take(name)? {
            Some(value) => T::from_json(value).map_err(|error| error.within(name)),
            None => T::absent().ok_or_else(|| JsonError::of(name, "is missing")),
        }
    }

    fn take(&mut self, name: &str) -> Result<Option<Value>, JsonError> {
        let mut members = self.0.iter_mut().filter(|(own, _)| own == name);
        let first = members.next();
        if members.next().is_some() {
            return Err(JsonError::of(name, "is there twice"));
        }
        Ok(first.map(|(_, value)| core::mem::replace(value, Value::Null)))
    }
}
