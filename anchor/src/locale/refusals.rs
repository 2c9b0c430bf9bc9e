//! What the rest of the program refuses, as phrases.

use windlass_core::{
    account::{AccountError, StrkeyError},
    memo::MemoError,
    sep9::{FieldError, MAX_TEXT_BYTES, MediaType, ValueError},
    sep12::IdentityError,
};

use super::{Phrase, Saying};
use crate::{body::BodyError, sessions::TokenError};

impl From<&FieldError> for Phrase {
    fn from(FieldError { field, error }: &FieldError) -> Self {
        value(error).with("field", field)
    }
}

/// All but the name of the field. Whatever is written the same everywhere is a value, so that it keeps its order among
/// letters that run the other way.
fn value(error: &ValueError) -> Phrase {
    let example = |message: Saying, example: &str| Phrase::from(message).with("example", example);
    match error {
        ValueError::UnknownField => Saying::ValueUnknownField.into(),
        ValueError::NotText => Saying::ValueNotText.into(),
        ValueError::Empty => Saying::ValueEmpty.into(),
        ValueError::TooLong => Phrase::from(Saying::ValueTooLong).with("limit", MAX_TEXT_BYTES),
        ValueError::ControlCharacter => Saying::ValueControlCharacter.into(),
        ValueError::NotAnInteger => example(Saying::ValueNotAnInteger, "7"),
        ValueError::NotADate => {
            example(Saying::ValueNotADate, "1990-04-21").with("format", "YYYY-MM-DD")
        }
        ValueError::InTheFuture => Saying::ValueInTheFuture.into(),
        ValueError::ExpiresBeforeIssue => Saying::ValueExpiresBeforeIssue.into(),
        ValueError::NotAYearMonth => {
            example(Saying::ValueNotAYearMonth, "29-11").with("format", "YY-MM")
        }
        ValueError::UnknownCountry => example(Saying::ValueUnknownCountry, "DEU"),
        ValueError::UnknownCountryAlpha2 => example(Saying::ValueUnknownCountryAlpha2, "DE"),
        ValueError::NotASubdivision => example(Saying::ValueNotASubdivision, "US-CA"),
        ValueError::UnknownLanguage => example(Saying::ValueUnknownLanguage, "en"),
        ValueError::NotE164 => example(Saying::ValueNotE164, "+14155552671"),
        ValueError::NotAnEmail => example(Saying::ValueNotAnEmail, "ana@mail.example"),
        ValueError::UnknownOccupation => example(Saying::ValueUnknownOccupation, "251"),
        ValueError::NotAnIpAddress => example(Saying::ValueNotAnIpAddress, "203.0.113.9"),
        ValueError::NotDigits { min, max } if min == max => {
            Phrase::from(Saying::ValueDigits).with("count", min)
        }
        ValueError::NotDigits { min, max } => {
            Phrase::from(Saying::ValueDigitsRange).with("min", min).with("max", max)
        }
        ValueError::NotACardNumber => Saying::ValueNotACardNumber.into(),
        ValueError::NotAChoice(choices) => {
            Phrase::from(Saying::ValueNotAChoice).with("choices", choices)
        }
        ValueError::FileExpected => Saying::ValueFileExpected.into(),
        ValueError::NotAFileField => Saying::ValueNotAFileField.into(),
        ValueError::WrongFile(takes) => {
            let takes: Vec<_> = takes.iter().copied().map(MediaType::as_str).collect();
            Phrase::from(Saying::ValueWrongFile).with("types", takes.join(", "))
        }
        ValueError::Conflict { with } => Phrase::from(Saying::ValueConflict).with("other", with),
        other => other.to_string().into(),
    }
}

impl From<&BodyError> for Phrase {
    fn from(error: &BodyError) -> Self {
        let named = |message: Saying, name: &str| {
            let phrase = Self::from(message);
            match BodyError::shown(name) {
                Some(name) => phrase.with("name", name),
                None => phrase.with_saying("name", Saying::BodyAName),
            }
        };
        let field = |name: &str, error| {
            let field = BodyError::shown(name).unwrap_or("…").to_owned();
            Self::from(&FieldError { field, error })
        };
        match error {
            BodyError::UnsupportedMediaType => Saying::BodyMediaType.into(),
            BodyError::MultipartExpected => Saying::BodyMultipart.into(),
            BodyError::Malformed(what) => Self::from(Saying::BodyMalformed).with("what", what),
            BodyError::Repeated(name) => named(Saying::BodyRepeated, name),
            BodyError::Missing(name) => named(Saying::BodyMissing, name),
            BodyError::NotText(name) => named(Saying::BodyNotText, name),
            BodyError::Unexpected(name) => named(Saying::BodyUnexpected, name),
            BodyError::NotAFileField(name) => field(name, ValueError::NotAFileField),
            BodyError::WrongFile { name, takes } => field(name, ValueError::WrongFile(takes)),
            BodyError::TooLarge => Saying::BodyTooLarge.into(),
            BodyError::TooSlow => Saying::BodyTooSlow.into(),
            BodyError::PartTooLarge { name, limit } => {
                named(Saying::BodyPartTooLarge, name).with("limit", limit)
            }
            BodyError::TooManyParts(limit) => {
                Self::from(Saying::BodyTooManyParts).with("limit", limit)
            }
        }
    }
}

impl From<TokenError> for Phrase {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Missing => {
                let header = "\"Authorization: Bearer <token>\"";
                Self::from(Saying::TokenMissing).with("header", header)
            }
            TokenError::Invalid => Saying::TokenInvalid.into(),
            TokenError::Expired => Saying::TokenExpired.into(),
        }
    }
}

impl From<&IdentityError> for Phrase {
    fn from(error: &IdentityError) -> Self {
        match error {
            IdentityError::Account(AccountError::Memo(error)) | IdentityError::Memo(error) => {
                memo(error)
            }
            IdentityError::Account(AccountError::Address(StrkeyError::Malformed)) => {
                Saying::AccountMalformed.into()
            }
            IdentityError::Account(AccountError::MuxedWithMemo) => Saying::AccountMuxedMemo.into(),
            IdentityError::OtherAccount => Saying::AccountOther.into(),
            IdentityError::OtherMemo => Saying::MemoOther.into(),
            other => other.to_string().into(),
        }
    }
}

fn memo(error: &MemoError) -> Phrase {
    match error {
        MemoError::NotAnId => Saying::MemoId.into(),
        MemoError::TextTooLong(bytes) => Phrase::from(Saying::MemoText).with("bytes", bytes),
        MemoError::NotAHash => Saying::MemoHash.into(),
        MemoError::UnknownType => Saying::MemoType.into(),
        other => other.to_string().into(),
    }
}
