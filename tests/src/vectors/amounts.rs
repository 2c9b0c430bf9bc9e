//! Amounts as JSON text and as JSON numbers.

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{amount::Decimal, json};

use super::by_name;

/// The vectors of `amounts.json`.
#[derive(Debug, Deserialize)]
pub struct Amounts {
    /// Members that are read.
    pub accepted: Vec<Row>,
    /// Members that are refused.
    pub refused: Vec<Row>,
}

/// The text of a member `amount`.
#[derive(Debug, Deserialize)]
pub struct Row {
    name: String,
    /// The JSON text of the value.
    pub text: String,
    /// The decimal that it is, if it is accepted.
    pub is: Option<String>,
}

/// A message with an amount.
#[derive(Debug, Deserialize)]
pub struct Message {
    /// The amount.
    pub amount: Decimal,
}

/// The committed vectors.
pub fn amounts() -> Amounts {
    super::read(include_str!("../../vectors/amounts.json"))
}

impl Row {
    /// The message that has this amount.
    pub fn message(&self) -> String {
        format!(r#"{{"amount":{}}}"#, self.text)
    }
}

pub(super) fn run() -> Value {
    let Amounts { accepted, refused } = amounts();
    let accepted = accepted.into_iter().map(|row| {
        let read = json::from_slice::<Message>(row.message().as_bytes());
        let read = read.ok().map(|message| message.amount.to_string());
        (row.name, json!({ "as_said": read == row.is, "is": read }))
    });
    let refused = refused.into_iter().map(|row| {
        let read = json::from_slice::<Message>(row.message().as_bytes());
        (row.name, json!({ "as_said": read.is_err() }))
    });
    json!({ "accepted": by_name(accepted), "refused": by_name(refused) })
}
