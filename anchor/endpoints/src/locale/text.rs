//! A text for a person, before its language is known.

use std::fmt;

use fluent_bundle::FluentArgs;
use windlass_core::language::Language;

use super::{LANGUAGES, MessageId, catalogue};

/// A text for a person: a fixed text, or messages with translations.
///
/// A fixed text is made from a `&str` or a `String` and is never translated, for example the text
/// of a hook (P-40).
/// `Display` is in English.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LocalizedText(Vec<Part>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Fixed(String),
    Message { message: MessageId, values: Vec<(&'static str, Value)> },
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Value {
    Text(String),
    Message(MessageId),
}

impl LocalizedText {
    /// Joins several texts into one.
    pub fn list(texts: impl IntoIterator<Item = Self>) -> Self {
        Self(texts.into_iter().flat_map(|text| text.0).collect())
    }

    /// Sets a variable of the message.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl ToString) -> Self {
        self.value(name, Value::Text(value.to_string()))
    }

    /// Sets a variable of the message to another message.
    #[must_use]
    pub fn with_message(self, name: &'static str, message: MessageId) -> Self {
        self.value(name, Value::Message(message))
    }

    fn value(mut self, name: &'static str, value: Value) -> Self {
        if let Some(Part::Message { values, .. }) = self.0.last_mut() {
            values.push((name, value));
        }
        self
    }

    /// The text in this language, or in English if there is no translation.
    pub fn in_language(&self, language: Language) -> String {
        let parts: Vec<_> = self.0.iter().map(|part| part.in_language(language)).collect();
        let separator = catalogue::message(language, MessageId::Separator.id(), &FluentArgs::new());
        parts.join(&separator)
    }

    /// The language that [`in_language`](Self::in_language) uses for `asked`.
    pub fn language(&self, asked: Language) -> Language {
        let fixed = self.0.iter().all(|part| matches!(part, Part::Fixed(_)));
        if fixed || LANGUAGES.contains(&asked) { asked } else { Language::EN }
    }
}

impl Part {
    fn in_language(&self, language: Language) -> String {
        match self {
            Self::Fixed(text) => text.clone(),
            Self::Message { message, values } => {
                let mut args = FluentArgs::new();
                for (name, value) in values {
                    let text = match value {
                        Value::Text(text) => text.clone(),
                        Value::Message(message) => {
                            catalogue::message(language, message.id(), &FluentArgs::new())
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
        Self(vec![Part::Message { message, values: Vec::new() }])
    }
}

impl From<String> for LocalizedText {
    fn from(text: String) -> Self {
        Self(vec![Part::Fixed(text)])
    }
}

impl From<&str> for LocalizedText {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// The text in English.
impl fmt::Display for LocalizedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::EN))
    }
}
