//! Texts in the operator's configuration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use windlass_core::language::Language;

/// A text in the configuration: one for all languages, or one per language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    untagged,
    expecting = "must be a text, or a table of texts by language such as { en = \"…\", es = \"…\" }"
)]
pub enum Texts {
    /// One text for all languages.
    One(String),
    /// Texts by ISO 639-1 code. Other languages get the English text, or else the first one.
    Each(BTreeMap<String, String>),
}

impl Texts {
    /// The text in this language, or else in English, or else the first one.
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::One(text) => text,
            Self::Each(texts) => {
                let text = texts.get(language.as_str()).or_else(|| texts.get("en"));
                text.or_else(|| texts.values().next()).map_or("", String::as_str)
            }
        }
    }

    /// Whether there is at least one text, no text is empty, and all languages are ISO 639-1 codes.
    pub fn is_good(&self) -> bool {
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
