//! The errors in values. They never contain the value.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{MAX_TEXT_BYTES, MediaType};

/// The error in the value of a field.
///
/// The text follows the name of the field ("`birth_date` must be …") and says what is expected. It
/// never contains the value, which is personal data (S09-18).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ValueError {
    /// SEP-9 has no field of this name.
    #[error("is not the name of a SEP-9 field")]
    UnknownField,
    /// SEP-9 has no field of this name, but one whose name differs only in case and punctuation.
    #[error("is not the name of a SEP-9 field: did you mean {0}?")]
    Misspelt(&'static str),
    /// A number, a boolean, `null`, a list or an object instead of text.
    #[error("must be text, not another JSON value")]
    NotText,
    /// Empty text.
    #[error("must not be empty")]
    Empty,
    /// More than [`MAX_TEXT_BYTES`].
    #[error("must be at most {MAX_TEXT_BYTES} bytes long")]
    TooLong,
    /// A control character that is neither a new line nor a tab.
    #[error("must not contain control characters other than new line and tab")]
    ControlCharacter,
    /// Not a whole number of 0 or more.
    #[error("must be a whole number, for example 7")]
    NotAnInteger,
    /// Not a real day, or written differently.
    #[error("must be a date as YYYY-MM-DD, for example 1990-04-21")]
    NotADate,
    /// Not a number, for a field of an anchor's own whose type is `number`.
    #[error("must be a number: a whole one, or text, for example 7 or \"1.5\"")]
    NotANumber,
    /// A day after today, for something that has happened.
    #[error("must not be a day in the future")]
    InTheFuture,
    /// The document expires before it was issued.
    #[error("must agree with the other date: a document does not expire before it was issued")]
    ExpiresBeforeIssue,
    /// Not a month, or written differently.
    #[error("must be a month as YY-MM, year first, for example 29-11 for November 2029")]
    NotAYearMonth,
    /// Not a country of ISO 3166-1 in three letters.
    #[error("must be a country in three letters of ISO 3166-1, for example DEU")]
    UnknownCountry,
    /// Not a country of ISO 3166-1 in two letters.
    #[error("must be a country in two letters of ISO 3166-1, for example DE")]
    UnknownCountryAlpha2,
    /// Not a part of a country as ISO 3166-2 writes it.
    #[error("must be a subdivision of ISO 3166-2, for example US-CA")]
    NotASubdivision,
    /// Not a language of ISO 639-1.
    #[error("must be a language in two letters of ISO 639-1, for example en")]
    UnknownLanguage,
    /// Not a phone number with country code, without blanks.
    #[error("must be a phone number with + and country code, for example +14155552671")]
    NotE164,
    /// Not an e-mail address.
    #[error("must be complete, for example ana@mail.example")]
    NotAnEmail,
    /// Not a minor group of ISCO-08.
    #[error("must be an occupation in three digits of ISCO-08, for example 251")]
    UnknownOccupation,
    /// Neither an IPv4 nor an IPv6 address.
    #[error("must be an IP address without a port, for example 203.0.113.9")]
    NotAnIpAddress,
    /// The value does not have this number of digits, or has other characters.
    #[error("must be {} digits and nothing else", range(*.min, *.max))]
    NotDigits {
        /// The smallest number of digits.
        min: u8,
        /// The largest number of digits.
        max: u8,
    },
    /// The check digit of a card number is wrong.
    #[error("must be the number of a card, digits only: a digit is wrong or missing")]
    NotACardNumber,
    /// The value is not one of the listed ones. Contains the list.
    #[error("must be one of: {0}")]
    NotAChoice(String),
    /// Text in place of a file.
    #[error("must be a file: send it as a part of its own, or upload it first and send its id")]
    FileExpected,
    /// A file in place of text.
    #[error("must be text, not a file")]
    NotAFileField,
    /// The field does not accept files of this media type. Contains the accepted ones.
    #[error("must be a file of type {}", types(.0))]
    WrongFile(&'static [MediaType]),
    /// The value contradicts that of another name of the field, or of a related field.
    #[error("must agree with {with}")]
    Conflict {
        /// The other name.
        with: &'static str,
    },
}

impl ValueError {
    /// The stable name of the kind of error, the same in every language.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownField | Self::Misspelt(_) => "unknown_field",
            Self::NotText => "not_text",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotAnInteger => "not_an_integer",
            Self::NotADate => "not_a_date",
            Self::NotANumber => "not_a_number",
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

    /// Whether SEP-9 and the anchor demand it.
    ///
    /// An error is a wrong type (S09-13), a value outside of a closed list (of SEP-9 or of the
    /// anchor), and two values for one field (S09-06). Dates and months are types. A warning is all
    /// else: SEP-9 uses the encodings of countries, languages, phone numbers and occupations
    /// "wherever possible", and says nothing about lengths, digits, or formats of files.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::TooLong
            | Self::ControlCharacter
            | Self::InTheFuture
            | Self::ExpiresBeforeIssue
            | Self::UnknownCountry
            | Self::UnknownCountryAlpha2
            | Self::NotASubdivision
            | Self::UnknownLanguage
            | Self::NotE164
            | Self::NotAnEmail
            | Self::UnknownOccupation
            | Self::NotAnIpAddress
            | Self::NotDigits { .. }
            | Self::NotACardNumber
            | Self::WrongFile(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// Whether a wallet may send a value in spite of a problem.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The value is not sent.
    Error,
    /// The value is sent: anchors may accept it.
    Warning,
}

/// Which problems prevent a wallet from sending a value.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Checks {
    /// What SEP-9 or the anchor demands; the rest are warnings.
    #[default]
    Sep9,
    /// All.
    Strict,
}

impl Checks {
    /// The severity of a problem under these checks.
    pub const fn severity(self, problem: &ValueError) -> Severity {
        match self {
            Self::Sep9 => problem.severity(),
            Self::Strict => Severity::Error,
        }
    }

    /// Whether the problem prevents sending.
    pub fn prevents(self, problem: &ValueError) -> bool {
        self.severity(problem) == Severity::Error
    }
}

fn types(media: &[MediaType]) -> String {
    media.iter().map(|media| media.as_str()).collect::<Vec<_>>().join(" or ")
}

fn range(min: u8, max: u8) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// A field and the error in its value.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{field} {error}")]
pub struct FieldError {
    /// The name in the request.
    pub field: String,
    /// The error.
    pub error: ValueError,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_texts_follow_the_name_of_the_field() {
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
