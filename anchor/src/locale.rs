//! Languages: which one an answer is in, and the texts of the anchor in each.
//!
//! The texts are in `locales/`, one [Fluent] file per language, and part of the program. What a person reads travels as a
//! [`Phrase`] until it is known for whom it is; codes and names of fields are the same in every language.
//!
//! [Fluent]: https://projectfluent.org

use windlass_core::sep12::Language;

mod catalogue;
mod layer;
mod negotiation;
mod phrase;
mod refusals;
mod saying;
#[cfg(test)]
mod tests;
mod texts;

pub use phrase::Phrase;
pub use texts::Texts;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use catalogue::{choice, description, value_called};
pub(crate) use layer::{Refusal, Speaks, Speech, Told, speak};
pub(crate) use saying::Saying;

/// The languages that the anchor has texts in.
pub const LANGUAGES: &[Language] =
    &[Language::EN, Language::ES, Language::PT, Language::FR, Language::AR];
