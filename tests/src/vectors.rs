//! The golden vectors of `tests/vectors`, run against the core.
//!
//! The result is one JSON document, committed as `tests/vectors/expected.json` and rewritten by
//! `cargo xtask generate`. Every runtime must produce the same bytes.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

mod amounts;
mod endpoints;
mod messages;
mod sep1;
mod sep10;
mod sep12;
mod sep23;
mod sep9;

pub use amounts::{Amounts, Message as AmountMessage, Row as AmountRow, amounts};
pub use messages::{DOCUMENTS, Document};

/// The results of all vectors, by file.
///
/// # Panics
///
/// A file of vectors is malformed. Bad input inside a vector is not: it is a result.
pub fn run_all() -> Value {
    json!({
        "amounts.json": amounts::run(),
        "codes": windlass_core::problem::Code::ALL,
        "endpoints": endpoints::run(),
        "messages": messages::run(),
        "sep1/files.json": sep1::files(),
        "sep1/home_domains.json": sep1::home_domains(),
        "sep1/links.json": sep1::links(),
        "sep1/sample.toml": sep1::sample(),
        "sep10/challenges.json": sep10::challenges(),
        "sep10/refusals.json": sep10::refusals(),
        "sep10/requests.json": sep10::requests(),
        "sep10/tokens.json": sep10::tokens(),
        "sep12/callbacks.json": sep12::callbacks(),
        "sep12/identities.json": sep12::identities(),
        "sep12/memos.json": sep12::memos(),
        "sep12/statuses.json": sep12::statuses(),
        "sep23/strkeys.json": sep23::strkeys(),
        "sep9/catalogue": windlass_core::sep9::FIELDS.to_vec(),
        "sep9/dates.json": sep9::dates(),
        "sep9/files.json": sep9::files(),
        "sep9/names.json": sep9::names(),
        "sep9/values.json": sep9::values(),
    })
}

/// A document as it is committed: indented by two blanks, members sorted, a new line at the end.
///
/// # Panics
///
/// Never: a [`Value`] can always be written.
pub fn canonical(value: Value) -> String {
    let text = serde_json::to_string_pretty(&sorted(value));
    text.unwrap_or_else(|error| unreachable!("{error}")) + "\n"
}

/// Sorts members, because any crate can enable `serde_json`'s feature that keeps their order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().map(|(name, value)| (name, sorted(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// Reads a file of vectors.
///
/// # Panics
///
/// It is malformed.
pub fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("vectors: {error}"))
}

/// Bytes written in hex.
///
/// # Panics
///
/// The text is not hex, or has another length.
pub fn from_hex<const N: usize>(text: &str) -> [u8; N] {
    let byte = |i: usize| {
        let digits = text.get(2 * i..2 * i + 2).unwrap_or_else(|| panic!("{text} is too short"));
        u8::from_str_radix(digits, 16).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    assert_eq!(text.len(), 2 * N, "{text}");
    std::array::from_fn(byte)
}

/// The value, or the message of the refusal.
fn outcome<T: Serialize, E: ToString>(result: Result<T, E>) -> Value {
    match result {
        Ok(value) => json!({ "accepted": value }),
        Err(error) => json!({ "refused": error.to_string() }),
    }
}

/// The same with the stable code beside the message.
fn outcome_with_code<T: Serialize, E: ToString, C: Serialize>(
    result: Result<T, E>,
    code: impl FnOnce(&E) -> C,
) -> Value {
    match result {
        Ok(value) => json!({ "accepted": value }),
        Err(error) => json!({ "refused": error.to_string(), "code": code(&error) }),
    }
}

/// Results by the name of their case.
///
/// # Panics
///
/// Two cases have one name.
fn by_name(results: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut members = Map::new();
    for (name, result) in results {
        assert!(members.insert(name.clone(), result).is_none(), "two cases are called {name}");
    }
    Value::Object(members)
}
