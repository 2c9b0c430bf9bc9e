//! What is wrong with a text that should be JSON.

use alloc::{borrow::Cow, format, string::ToString as _};
use core::fmt::Display;

use serde::{
    de::{Expected, Unexpected},
    ser,
};
use thiserror::Error;

/// Not JSON, or not the JSON that was expected.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{0}")]
pub struct JsonError(pub(super) Cow<'static, str>);

impl JsonError {
    pub(super) const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

/// What is unexpected is not shown: it may be personal data, and showing numbers takes much code.
impl serde::de::Error for JsonError {
    fn custom<T: Display>(message: T) -> Self {
        Self(Cow::Owned(message.to_string()))
    }

    #[inline(never)]
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(Cow::Owned(format!("expected {expected}")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Cow::Owned(format!("{field} is missing")))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(Cow::Owned(format!("{field} is there twice")))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self(Cow::Owned(format!("expected {expected}")))
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("unknown word")
    }
}

impl ser::Error for JsonError {
    fn custom<T: Display>(message: T) -> Self {
        Self(Cow::Owned(message.to_string()))
    }
}
