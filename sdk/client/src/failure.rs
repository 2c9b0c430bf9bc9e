//! A failure of something outside: of a connection, a wallet, the platform.

use std::{error::Error as StdError, fmt};

use crate::platform;

/// What the outside returned or threw: in browsers and Node a value of JavaScript, natively an error.
pub use crate::platform::Cause;

/// A failure of something outside: its text, and the error behind it. Two are equal if their texts
/// are.
#[derive(Clone)]
pub struct Failure {
    text: String,
    cause: Option<Cause>,
}

impl Failure {
    /// A failure with this text, which people read.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cause: None }
    }

    /// The same failure with the error behind it.
    #[must_use]
    pub fn caused_by(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// The error behind it.
    pub const fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({:?})", self.text)
    }
}

impl PartialEq for Failure {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Failure {}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        platform::source(self.cause.as_ref()?)
    }
}
