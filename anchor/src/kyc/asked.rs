//! A field that a customer type asks for.

use windlass_core::{language::Language, sep9::Field};

use crate::{
    hooks::Channel,
    locale::{self, Texts},
};

/// A field that a type asks for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The field, under the name that the configuration uses.
    pub(super) field: &'static Field,
    pub(super) required: bool,
    /// The operator's description, in place of the built-in one.
    pub(super) description: Option<Texts>,
    pub(super) choices: Vec<String>,
    /// The channel for the confirmation code, if the field needs one.
    pub(super) verify: Option<Channel>,
}

impl Asked {
    /// The description of the field, in this language.
    pub(super) fn description(&self, language: Language) -> String {
        match &self.description {
            Some(texts) => texts.in_language(language).to_owned(),
            None => locale::description(language, self.field),
        }
    }

    /// The choices as they are called in this language. Requests may use any of these names in
    /// place of the value.
    pub(super) fn choices_in(&self, language: Language) -> Vec<String> {
        let name = |value: &String| locale::choice(language, self.field, value);
        self.choices.iter().map(|value| name(value).unwrap_or_else(|| value.clone())).collect()
    }
}
