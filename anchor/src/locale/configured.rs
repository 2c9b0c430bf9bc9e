//! Texts that an operator writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use windlass_core::sep12::Language;

/// A text of the configuration: one for everybody, or one for each language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    untagged,
    expecting = "must be a text, or a table of texts by language such as { en = \"…\", es = \"…\" }"
)]
pub enum Texts {
    /// For everybody.
    One(String),
    /// By language, in two letters of ISO 639-1. Whoever reads none of them gets English, or else the first.
    Each(BTreeMap<String, String>),
}

impl Texts {
    /// In this language, or else in the one that most people will understand.
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::One(text) => text,
            Self::Each(texts) => {
                let text = texts.get(language.as_str()).or_else(|| texts.get("en"));
                text.or_else(|| texts.values().next()).map_or("", String::as_str)
            }
        }
    }

    /// Whether there is one at all, none is empty, and the languages are named by their codes.
    pub(crate) fn is_good(&self) -> bool {
        let code = |key: &str| Language::parse(key).is_some_and(|code| code.as_str() == key);
        match self {
            Self::One(text) => !text.is_empty(),
            Self::Each(texts) => {
                !texts.is_empty() && texts.iter().all(|(key, text)| code(key) && !text.is_empty())
            }
        }
    }
}

impl From<&str> for Texts {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}
