//! The error of reading JSON.

use std::fmt::{self, Display};

use thiserror::Error;

/// The text is not JSON, or its value has the wrong type. The message never contains a value, which
/// may be personal data.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct JsonError {
    /// The path of the invalid member; empty for the top-level value.
    path: Vec<Step>,
    /// What its value must be, such as "must be a boolean".
    problem: String,
    is_json: bool,
}

/// A step of the path to a member.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// A member of an object, by its name.
    Member(String),
    /// An item of a list.
    Item(usize),
}

impl JsonError {
    pub(super) fn not_json(error: impl Display) -> Self {
        Self { path: Vec::new(), problem: format!("not JSON: {error}"), is_json: false }
    }

    pub(super) const fn at_root(problem: String) -> Self {
        Self { path: Vec::new(), problem, is_json: true }
    }

    /// Converts a message of serde, such as "invalid type: string "…", expected a boolean", without
    /// the value, which comes before the last "expected".
    pub(super) fn serde(message: &str) -> Self {
        Self::at_root(match message.rsplit_once(", expected ") {
            // serde_json adds the place in the text.
            Some((_, expected)) => must_be(expected.split(" at line ").next().unwrap_or(expected)),
            None => message.to_owned(),
        })
    }

    /// Prepends the member or item that contains the invalid value to the path.
    #[cfg(feature = "js")]
    pub(super) fn within(mut self, step: Step) -> Self {
        self.path.insert(0, step);
        self
    }

    /// An error with the path of the invalid member, and what its value must be.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    pub(super) fn at_path(error: serde_path_to_error::Error<impl Display>) -> Self {
        use serde_path_to_error::Segment;

        let path = error.path().iter().map_while(|segment| match segment {
            Segment::Map { key } => Some(Step::Member(key.clone())),
            Segment::Seq { index } => Some(Step::Item(*index)),
            _ => None,
        });
        Self { path: path.collect(), ..Self::serde(&error.inner().to_string()) }
    }

    /// Whether the text is JSON, but its value has the wrong type.
    pub const fn has_wrong_type(&self) -> bool {
        self.is_json
    }

    pub(super) fn path(&self) -> &[Step] {
        &self.path
    }
}

impl Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.path.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", text(&self.path), self.problem)
    }
}

/// What a value must be, from serde's words for it.
pub(super) fn must_be(expected: &str) -> String {
    let expected = match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        expected if expected.starts_with("struct ") => "an object",
        expected => expected,
    };
    format!("must be {expected}")
}

/// The path as text, such as `fields.city.choices[1]`.
pub(super) fn text(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Member(name) if text.is_empty() => text.push_str(name),
            Step::Member(name) => text.extend([".", name]),
            Step::Item(index) => text.extend(["[", &index.to_string(), "]"]),
        }
    }
    text
}
