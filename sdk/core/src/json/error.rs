//! The error of reading JSON.

use std::fmt::{self, Display};

use thiserror::Error;

/// The text is not JSON, or its value has the wrong type. The message never contains a value, which
/// may be personal data.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct JsonError {
    /// The path of the invalid member, such as `fields.city.choices[1]`; empty for the top-level
    /// value.
    path: String,
    /// What its value must be, such as "must be a boolean".
    problem: String,
}

impl JsonError {
    pub(super) fn not_json(error: impl Display) -> Self {
        Self::at_root(format!("not JSON: {error}"))
    }

    pub(super) const fn at_root(problem: String) -> Self {
        Self { path: String::new(), problem }
    }

    /// Converts a message of serde, such as "invalid type: string "…", expected a boolean", without
    /// the value, which comes before the last "expected".
    pub(super) fn serde(message: &str) -> Self {
        Self::at_root(match message.rsplit_once(", expected ") {
            Some((_, expected)) => format!("must be {expected}"),
            None => message.to_owned(),
        })
    }

    /// Prepends the member `name`, or the item `[index]`, that contains the invalid value to the
    /// path.
    #[cfg(feature = "js")]
    pub(super) fn within(self, name: &str) -> Self {
        let Self { path, problem } = self;
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        Self { path: format!("{name}{dot}{path}"), problem }
    }

    /// An error with the path of the invalid member, and what its value must be.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    pub(super) fn at_path(error: serde_path_to_error::Error<impl Display>) -> Self {
        let path = error.path();
        // The path of the top-level value is ".".
        let path = if path.iter().len() == 0 { String::new() } else { path.to_string() };
        Self { path, ..Self::serde(&error.inner().to_string()) }
    }
}

impl Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.path.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.path, self.problem)
    }
}
