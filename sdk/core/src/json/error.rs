//! What is wrong with a text that should be JSON.

use std::fmt::Display;

use thiserror::Error;

/// The text is not JSON, or its value is not of the expected type. The message shows no value: it may be personal data.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{0}")]
pub struct JsonError(String);

impl JsonError {
    pub(super) fn not_json(error: impl Display) -> Self {
        Self(format!("not JSON: {error}"))
    }

    /// The path of the member at fault, and what it must be.
    pub fn at_path(error: serde_path_to_error::Error<impl Display>) -> Self {
        let path = error.path();
        let problem = error.inner().to_string();
        // serde says "invalid type: string "…", expected a boolean": the value stands before the last "expected".
        let problem = match problem.rsplit_once(", expected ") {
            Some((_, expected)) => format!("must be {expected}"),
            None => problem,
        };
        // The path of the value itself is a dot.
        Self(if path.iter().len() == 0 { problem } else { format!("{path} {problem}") })
    }
}
