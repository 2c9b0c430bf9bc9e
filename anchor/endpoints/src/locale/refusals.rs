//! Converts the core's errors into localized texts.

use windlass_core::{
    account::{AccountError, StrkeyError},
    memo::MemoError,
    sep9::{FieldError, MAX_TEXT_BYTES, MediaType, ValueError},
    sep12::IdentityError,
};

use super::{LocalizedText, MessageId};

impl From<&FieldError> for LocalizedText {
    fn from(FieldError { field, error }: &FieldError) -> Self {
        value(error).with("field", field)
    }
}

/// The text for a value error, without the name of the field. Parts that are the same in every
/// language, such as formats, are variables of the message, so that they keep their order in
/// right-to-left text.
fn value(error: &ValueError) -> LocalizedText {
    let example =
        |message: MessageId, example: &str| LocalizedText::from(message).with("example", example);
    match error {
        ValueError::UnknownField | ValueError::Misspelt(_) => MessageId::ValueUnknownField.into(),
        ValueError::NotText => MessageId::ValueNotText.into(),
        ValueError::Empty => MessageId::ValueEmpty.into(),
        ValueError::TooLong => {
            LocalizedText::from(MessageId::ValueTooLong).with("limit", MAX_TEXT_BYTES)
        }
        ValueError::ControlCharacter => MessageId::ValueControlCharacter.into(),
        ValueError::NotAnInteger => example(MessageId::ValueNotAnInteger, "7"),
        ValueError::NotADate => {
            example(MessageId::ValueNotADate, "1990-04-21").with("format", "YYYY-MM-DD")
        }
        ValueError::InTheFuture => MessageId::ValueInTheFuture.into(),
        ValueError::ExpiresBeforeIssue => MessageId::ValueExpiresBeforeIssue.into(),
        ValueError::NotAYearMonth => {
            example(MessageId::ValueNotAYearMonth, "29-11").with("format", "YY-MM")
        }
        ValueError::UnknownCountry => example(MessageId::ValueUnknownCountry, "DEU"),
        ValueError::UnknownCountryAlpha2 => example(MessageId::ValueUnknownCountryAlpha2, "DE"),
        ValueError::NotASubdivision => example(MessageId::ValueNotASubdivision, "US-CA"),
        ValueError::UnknownLanguage => example(MessageId::ValueUnknownLanguage, "en"),
        ValueError::NotE164 => example(MessageId::ValueNotE164, "+14155552671"),
        ValueError::NotAnEmail => example(MessageId::ValueNotAnEmail, "ana@mail.example"),
        ValueError::UnknownOccupation => example(MessageId::ValueUnknownOccupation, "251"),
        ValueError::NotAnIpAddress => example(MessageId::ValueNotAnIpAddress, "203.0.113.9"),
        ValueError::NotDigits { min, max } if min == max => {
            LocalizedText::from(MessageId::ValueDigits).with("count", min)
        }
        ValueError::NotDigits { min, max } => {
            LocalizedText::from(MessageId::ValueDigitsRange).with("min", min).with("max", max)
        }
        ValueError::NotACardNumber => MessageId::ValueNotACardNumber.into(),
        ValueError::NotAChoice(choices) => {
            LocalizedText::from(MessageId::ValueNotAChoice).with("choices", choices)
        }
        ValueError::FileExpected => MessageId::ValueFileExpected.into(),
        ValueError::NotAFileField => MessageId::ValueNotAFileField.into(),
        ValueError::WrongFile(takes) => {
            let takes: Vec<_> = takes.iter().copied().map(MediaType::as_str).collect();
            LocalizedText::from(MessageId::ValueWrongFile).with("types", takes.join(", "))
        }
        ValueError::Conflict { with } => {
            LocalizedText::from(MessageId::ValueConflict).with("other", with)
        }
        other => other.to_string().into(),
    }
}

impl From<&IdentityError> for LocalizedText {
    fn from(error: &IdentityError) -> Self {
        match error {
            IdentityError::Account(AccountError::Memo(error)) | IdentityError::Memo(error) => {
                memo(error)
            }
            IdentityError::Account(AccountError::Address(StrkeyError::Malformed)) => {
                MessageId::AccountMalformed.into()
            }
            IdentityError::Account(AccountError::MuxedWithMemo) => {
                MessageId::AccountMuxedMemo.into()
            }
            IdentityError::OtherAccount => MessageId::AccountOther.into(),
            IdentityError::OtherMemo => MessageId::MemoOther.into(),
            other => other.to_string().into(),
        }
    }
}

fn memo(error: &MemoError) -> LocalizedText {
    match error {
        MemoError::NotAnId => MessageId::MemoId.into(),
        MemoError::TextTooLong(bytes) => {
            LocalizedText::from(MessageId::MemoText).with("bytes", bytes)
        }
        MemoError::NotAHash => MessageId::MemoHash.into(),
        MemoError::UnknownType => MessageId::MemoType.into(),
        other => other.to_string().into(),
    }
}
