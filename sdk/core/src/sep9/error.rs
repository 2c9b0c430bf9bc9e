//! What is wrong with a value, without the value.

use alloc::{string::String, vec::Vec};

use thiserror::Error;

use super::{MAX_TEXT_BYTES, MediaType};
use crate::{says, wire};

/// What is wrong with the value of a field.
///
/// The message continues the name of the field ("`birth_date` must be …"), says what is expected and never shows the
/// value, which is personal data (S09-18).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ValueError {
    /// SEP-9 has no field of this name.
    UnknownField,
    /// A number, a boolean, `null`, a list or an object instead of text.
    NotText,
    /// Empty text.
    Empty,
    /// More than [`MAX_TEXT_BYTES`].
    TooLong,
    /// A control character that is neither a new line nor a tab.
    ControlCharacter,
    /// Not a whole number of 0 or more.
    NotAnInteger,
    /// Not a real day, or written differently.
    NotADate,
    /// A day after today, for something that has happened.
    InTheFuture,
    /// The document ends before it was issued.
    ExpiresBeforeIssue,
    /// Not a month, or written differently.
    NotAYearMonth,
    /// Not a country of ISO 3166-1 in three letters.
    UnknownCountry,
    /// Not a country of ISO 3166-1 in two letters.
    UnknownCountryAlpha2,
    /// Not a part of a country as ISO 3166-2 writes it.
    NotASubdivision,
    /// Not a language of ISO 639-1.
    UnknownLanguage,
    /// Not a phone number with country code, without blanks.
    NotE164,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a minor group of ISCO-08.
    UnknownOccupation,
    /// Neither an IPv4 nor an IPv6 address.
    NotAnIpAddress,
    /// Something else than so many digits.
    NotDigits {
        /// The fewest.
        min: u8,
        /// The most.
        max: u8,
    },
    /// Digits, but mistyped: the check digit is wrong.
    NotACardNumber,
    /// None of the values that are listed; the list is given.
    NotAChoice(String),
    /// Text in place of a file.
    FileExpected,
    /// A file in place of text.
    NotAFileField,
    /// A file of a kind that the field does not take; the ones that it takes are given.
    WrongFile(&'static [MediaType]),
    /// Another name for the same field, or a field that goes with it, says something else.
    Conflict {
        /// The other name.
        with: &'static str,
    },
}

says! {
    ValueError:
    Self::UnknownField => "is not the name of a SEP-9 field";
    Self::NotText => "must be text, not another JSON value";
    Self::Empty => "must not be empty";
    Self::TooLong => "must be at most ", &MAX_TEXT_BYTES, " bytes long";
    Self::ControlCharacter => "must not contain control characters other than new line and tab";
    Self::NotAnInteger => "must be a whole number, for example 7";
    Self::NotADate => "must be a date as YYYY-MM-DD, for example 1990-04-21";
    Self::InTheFuture => "must not be a day in the future";
    Self::ExpiresBeforeIssue => "must agree with the other date: a document does not expire before it was issued";
    Self::NotAYearMonth => "must be a month as YY-MM, year first, for example 29-11 for November 2029";
    Self::UnknownCountry => "must be a country in three letters of ISO 3166-1, for example DEU";
    Self::UnknownCountryAlpha2 => "must be a country in two letters of ISO 3166-1, for example DE";
    Self::NotASubdivision => "must be a subdivision of ISO 3166-2, for example US-CA";
    Self::UnknownLanguage => "must be a language in two letters of ISO 639-1, for example en";
    Self::NotE164 => "must be a phone number in E.164 form, for example +14155552671";
    Self::NotAnEmail => "must be an e-mail address, for example ana@mail.example";
    Self::UnknownOccupation => "must be an occupation in three digits of ISCO-08, for example 251";
    Self::NotAnIpAddress => "must be an IP address without a port, for example 203.0.113.9";
    Self::NotDigits { min, max } if min == max => "must be ", min, " digits and nothing else";
    Self::NotDigits { min, max } => "must be ", min, " to ", max, " digits and nothing else";
    Self::NotACardNumber => "must be the number of a card, digits only: a digit is wrong or missing";
    Self::NotAChoice(choices) => "must be one of: ", choices;
    Self::FileExpected => "must be a file: send it as a part of its own, or upload it first and send its id";
    Self::NotAFileField => "must be text, not a file";
    Self::WrongFile(media) => "must be a file of type ", &types(media);
    Self::Conflict { with } => "must agree with ", with;
}

impl ValueError {
    /// The stable name of the kind of error, the same in every language.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::NotText => "not_text",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotAnInteger => "not_an_integer",
            Self::NotADate => "not_a_date",
            Self::InTheFuture => "in_the_future",
            Self::ExpiresBeforeIssue => "expires_before_issue",
            Self::NotAYearMonth => "not_a_year_month",
            Self::UnknownCountry => "unknown_country",
            Self::UnknownCountryAlpha2 => "unknown_country_alpha2",
            Self::NotASubdivision => "not_a_subdivision",
            Self::UnknownLanguage => "unknown_language",
            Self::NotE164 => "not_e164",
            Self::NotAnEmail => "not_an_email",
            Self::UnknownOccupation => "unknown_occupation",
            Self::NotAnIpAddress => "not_an_ip_address",
            Self::NotDigits { .. } => "not_digits",
            Self::NotACardNumber => "not_a_card_number",
            Self::NotAChoice(_) => "not_a_choice",
            Self::FileExpected => "file_expected",
            Self::NotAFileField => "not_a_file_field",
            Self::WrongFile(_) => "wrong_file",
            Self::Conflict { .. } => "conflict",
        }
    }
}

fn types(media: &[MediaType]) -> String {
    wire::join(&media.iter().map(|media| media.as_str()).collect::<Vec<_>>(), " or ")
}

/// A field and what is wrong with its value.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct FieldError {
    /// The name as it was given.
    pub field: String,
    /// What is wrong.
    pub error: ValueError,
}

says! {
    FieldError:
    Self { field, error } => field, " ", error;
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn messages_continue_the_name_of_the_field() {
        let message = |field: &str, error| FieldError { field: field.into(), error }.to_string();
        assert_eq!(
            message("birth_date", ValueError::NotADate),
            "birth_date must be a date as YYYY-MM-DD, for example 1990-04-21"
        );
        assert_eq!(
            message("card.cvc", ValueError::NotDigits { min: 3, max: 4 }),
            "card.cvc must be 3 to 4 digits and nothing else"
        );
        assert_eq!(
            message("clabe_number", ValueError::NotDigits { min: 18, max: 18 }),
            "clabe_number must be 18 digits and nothing else"
        );
        let photo = ValueError::WrongFile(&[MediaType::Jpeg, MediaType::Png]);
        assert_eq!(
            message("photo_id_front", photo),
            "photo_id_front must be a file of type image/jpeg or image/png"
        );
        assert_eq!(
            message("last_name", ValueError::Conflict { with: "family_name" }),
            "last_name must agree with family_name"
        );
    }
}
