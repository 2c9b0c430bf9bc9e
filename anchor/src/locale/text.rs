//! What a person is told, before it is known in which language.

use std::fmt;

use fluent_bundle::FluentArgs;
use windlass_core::sep12::Language;

use super::{LANGUAGES, MessageId, catalogue};

/// A text for a person: as somebody wrote it, or a message of the anchor's own that exists in several languages.
///
/// What a hook says is the former, and reaches the client unchanged (P-40): make one of a `&str` or `String`. `Display` is
/// English where there is a choice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LocalizedText(Vec<Part>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Written(String),
    MessageId { message: MessageId, values: Vec<(&'static str, Value)> },
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Value {
    Text(String),
    MessageId(MessageId),
}

impl LocalizedText {
    /// Several, one after the other.
    pub(crate) fn list(phrases: impl IntoIterator<Item = Self>) -> Self {
        Self(phrases.into_iter().flat_map(|phrase| phrase.0).collect())
    }

    /// With a value for its message.
    #[must_use]
    pub(crate) fn with(self, name: &'static str, value: impl ToString) -> Self {
        self.value(name, Value::Text(value.to_string()))
    }

    /// With a message in its message.
    #[must_use]
    pub(crate) fn with_message(self, name: &'static str, saying: MessageId) -> Self {
        self.value(name, Value::MessageId(saying))
    }

    fn value(mut self, name: &'static str, value: Value) -> Self {
        if let Some(Part::MessageId { values, .. }) = self.0.last_mut() {
            values.push((name, value));
        }
        self
    }

    /// In this language; in English if the anchor does not speak it.
    pub fn in_language(&self, language: Language) -> String {
        let parts: Vec<_> = self.0.iter().map(|part| part.in_language(language)).collect();
        let separator = catalogue::message(language, MessageId::Separator.id(), &FluentArgs::new());
        parts.join(&separator)
    }

    /// The language that it is in when it is asked for in this one.
    pub(crate) fn language(&self, asked: Language) -> Language {
        let written = self.0.iter().all(|part| matches!(part, Part::Written(_)));
        if written || LANGUAGES.contains(&asked) { asked } else { Language::EN }
    }
}

impl Part {
    fn in_language(&self, language: Language) -> String {
        match self {
            Self::Written(text) => text.clone(),
            Self::MessageId { message, values } => {
                let mut args = FluentArgs::new();
                for (name, value) in values {
                    let text = match value {
                        Value::Text(text) => text.clone(),
                        Value::MessageId(saying) => {
                            catalogue::message(language, saying.id(), &FluentArgs::new())
                        }
                    };
                    args.set(*name, text);
                }
                catalogue::message(language, message.id(), &args)
            }
        }
    }
}

impl From<MessageId> for LocalizedText {
    fn from(message: MessageId) -> Self {
        Self(vec![Part::MessageId { message, values: Vec::new() }])
    }
}

impl From<String> for LocalizedText {
    fn from(text: String) -> Self {
        Self(vec![Part::Written(text)])
    }
}

impl From<&str> for LocalizedText {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// In English.
impl fmt::Display for LocalizedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::EN))
    }
}
