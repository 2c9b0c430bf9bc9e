//! Languages: which one an answer is in, and the texts of the anchor in each.
//!
//! The texts are in `locales/`, one [Fluent] file per language, and part of the program. What a person reads travels as a
//! [`LocalizedText`] until it is known for whom it is; codes and names of fields are the same in every language.
//!
//! [Fluent]: https://projectfluent.org

use windlass_core::sep12::Language;

mod catalogue;
mod configured;
mod layer;
mod message;
mod negotiation;
mod refusals;
#[cfg(test)]
mod tests;
mod text;

pub use configured::Texts;
pub use text::LocalizedText;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use catalogue::{choice, description, value_called};
pub(crate) use layer::{LanguagePolicy, Localized, Refusal, RequestLanguage, localize};
pub(crate) use message::MessageId;

/// The languages that the anchor has texts in.
pub const LANGUAGES: &[Language] =
    &[Language::EN, Language::ES, Language::PT, Language::FR, Language::AR];
