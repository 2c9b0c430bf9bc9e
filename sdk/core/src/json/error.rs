//! What is wrong with a text that should be JSON.

use alloc::{borrow::Cow, format};
use core::fmt::Display;

use thiserror::Error;

/// Not JSON, or not the JSON that was expected. What is unexpected is not shown: it may be personal data.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{0}")]
pub struct JsonError(Cow<'static, str>);

impl JsonError {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub(super) fn of(member: &str, text: &str) -> Self {
        Self(Cow::Owned(format!("{member} {text}")))
    }

    pub(crate) fn because(reason: &dyn Display) -> Self {
        Self(Cow::Owned(format!("{reason}")))
    }

    pub(crate) fn within(self, member: &str) -> Self {
        Self::of(member, &self.0)
    }
}
