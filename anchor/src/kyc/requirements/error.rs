//! Errors in the requirements.

use thiserror::Error;

/// An error in `[kyc]`.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RequirementsError {
    /// SEP-9 has no such field.
    #[error("kyc.{place}: \"{name}\" is not a field of SEP-9")]
    Unknown {
        /// The key in the configuration, under `kyc`.
        place: String,
        /// The name in the configuration.
        name: String,
    },
    /// SEP-9 has replaced the field.
    #[error("kyc.{place}: \"{name}\" is deprecated, ask for {instead}")]
    Deprecated {
        /// The key in the configuration, under `kyc`.
        place: String,
        /// The name in the configuration.
        name: String,
        /// The field that replaces it.
        instead: &'static str,
    },
    /// The field's value must not be stored, so the customer would be asked for it again and again.
    #[error("kyc.{place}: \"{name}\" may never be stored, so it cannot be asked for")]
    NotKept {
        /// The key in the configuration, under `kyc`.
        place: String,
        /// The name in the configuration.
        name: String,
    },
    /// The same field occurs twice, perhaps under two names.
    #[error("kyc.{place}: \"{name}\" and \"{other}\" are the same field")]
    Twice {
        /// The key in the configuration, under `kyc`.
        place: String,
        /// The name at one place.
        name: String,
        /// The name at the other place.
        other: String,
    },
    /// `verify` is set for a field that a code cannot be sent to.
    #[error(
        "kyc.{place}.verify: only mobile_number, email_address and organization.email can be verified by a code"
    )]
    NoContact {
        /// The key in the configuration, under `kyc`.
        place: String,
    },
    /// A description is empty, or a language is not named by its code.
    #[error(
        "kyc.{place}.description: must be a text, or texts by language in two lower-case letters, none of them empty"
    )]
    Description {
        /// The key in the configuration, under `kyc`.
        place: String,
    },
    /// The list of choices is empty, or the field has no choices.
    #[error(
        "kyc.{place}.choices: must hold at least one text and no empty one, and is not for files"
    )]
    Choices {
        /// The key in the configuration, under `kyc`.
        place: String,
    },
    /// A condition is incomplete, or can never hold.
    #[error("kyc.{place}: {reason}")]
    Condition {
        /// The key in the configuration, under `kyc`.
        place: String,
        /// The error, and how to correct it.
        reason: String,
    },
    /// The default type does not exist.
    #[error("kyc.default is \"{name}\", which is not one of the types: {types}")]
    Default {
        /// The value of `kyc.default`.
        name: String,
        /// The names of the types that exist.
        types: String,
    },
}
