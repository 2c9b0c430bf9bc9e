//! The language of an answer, and the texts in each language.
//!
//! The texts are in `locales/`, one [Fluent] file per language, and compiled in. A text for a
//! person is a [`LocalizedText`] until the language of the request is known. Codes and field names
//! are the same in every language.
//!
//! [Fluent]: https://projectfluent.org

use windlass_core::language::Language;

mod catalogue;
mod configured;
mod layer;
mod message;
mod negotiation;
mod refusals;
#[cfg(test)]
mod tests;
mod text;

pub use catalogue::{choice, description, value_called};
pub use configured::Texts;
pub(crate) use layer::Refusal;
pub use layer::{LanguagePolicy, Localized, RequestLanguage, localize};
pub use message::MessageId;
pub use text::LocalizedText;

/// The languages that the anchor has texts in.
pub const LANGUAGES: &[Language] =
    &[Language::EN, Language::ES, Language::PT, Language::FR, Language::AR];
