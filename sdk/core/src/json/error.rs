//! What is wrong with a text that should be JSON.

use std::borrow::Cow;

use thiserror::Error;

/// Not JSON, or not the JSON that was expected. What is unexpected is not shown: it may be personal data.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{0}")]
pub struct JsonError(Cow<'static, str>);

impl JsonError {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub(super) fn within(self, member: &str) -> Self {
        Self(Cow::Owned(format!("{member} {self}")))
    }
}
