//! A text, read.

use alloc::{string::String, vec::Vec};

use super::{FromJson, JsonError};

/// Any value of JSON.
#[derive(Clone, Debug, Eq, PartialEq)]
// Moved by words: a browser downloads less.
#[repr(u32)]
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
    /// The members of an object. It is a fault if it is something else.
    pub fn object(self, fault: &mut Fault) -> Object {
        if let Self::Object(object) = self {
            return object;
        }
        fault.note("must be an object");
        Object::default()
    }
}

/// The members of an object, as they came: a name may be there twice.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Object(pub Vec<(String, Value)>);

impl Object {
    /// Takes the member of this name. A message takes its members by their names, and passes over all others.
    ///
    /// It is a fault if it is not there, is there twice, or is of another type.
    #[inline(never)]
    pub fn member<T: FromJson>(&mut self, name: &'static str, fault: &mut Fault) -> T {
        let sound = fault.0.is_none();
        let value = match self.take(name, fault) {
            Some(value) => T::from_json(value, fault),
            None => T::absent().unwrap_or_else(|| {
                fault.note("is missing");
                T::from_json(Value::Null, fault)
            }),
        };
        fault.within(name, sound);
        value
    }

    fn take(&mut self, name: &str, fault: &mut Fault) -> Option<Value> {
        let mut members = self.0.iter_mut().filter(|(own, _)| own == name);
        let (_, first) = members.next()?;
        if members.next().is_some() {
            fault.note("is there twice");
        }
        Some(core::mem::replace(first, Value::Null))
    }
}

/// The first fault of a value that was read.
#[derive(Debug, Default)]
pub struct Fault(pub(super) Option<JsonError>);

impl Fault {
    /// Notes a fault, unless there was one before.
    pub fn note(&mut self, text: &'static str) {
        self.0.get_or_insert(JsonError::new(text));
    }

    /// Puts a name before a fault that was not there before.
    #[inline(never)]
    pub(crate) fn within(&mut self, name: &str, sound: bool) {
        if sound {
            self.0 = self.0.take().map(|error| error.within(name));
        }
    }

    pub(crate) const fn is_none(&self) -> bool {
        self.0.is_none()
    }
}
