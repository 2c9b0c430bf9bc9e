//! Memos: of transactions, and of the users of a shared account.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thiserror::Error;

use crate::{sep9::Value, wire};

/// The memo of a transaction.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Memo {
    /// No memo.
    #[default]
    None,
    /// Up to 28 bytes, most often UTF-8.
    Text(Vec<u8>),
    /// An unsigned 64-bit number.
    Id(u64),
    /// A hash. The sender decides what it means.
    Hash([u8; 32]),
    /// The hash of the transaction that is being refunded.
    Return([u8; 32]),
}

/// Reads a memo of type id: decimal, no sign, no blank, no leading zero, at most
/// 18446744073709551615 (S10-13).
///
/// # Errors
///
/// [`MemoError::NotAnId`].
pub fn parse_id(text: &str) -> Result<u64, MemoError> {
    // `parse` would take a plus sign and leading zeros.
    let canonical = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| canonical).ok_or(MemoError::NotAnId)
}

/// The memo in a request, as text. A whole number in JSON is read as its text; nothing else is.
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(type = "string | bigint"))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MemoValue(String);

impl<T: Into<String>> From<T> for MemoValue {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl Deref for MemoValue {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for MemoValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Text(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            Value::Other => Err(D::Error::custom("memo must be text")),
        }
    }
}

/// How the memo of a shared account is written.
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(type = r#""id" | "text" | "hash""#))]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct MemoType(
    // Any word, so that a wrong one is refused as a wrong memo.
    String,
);

impl<T: Into<String>> From<T> for MemoType {
    fn from(word: T) -> Self {
        Self(word.into())
    }
}

impl Deref for MemoType {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The memo that tells apart the users of one account in SEP-12, where all three types are allowed.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum UserMemo {
    /// An unsigned 64-bit number; the only kind that new clients use.
    Id(u64),
    /// Up to 28 bytes of UTF-8.
    Text(String),
    /// 32 bytes, base64 on the wire.
    Hash([u8; 32]),
}

impl UserMemo {
    /// The longest text memo, in bytes.
    pub const MAX_TEXT: usize = 28;

    /// Reads `memo` and `memo_type` of a SEP-12 request; without a type it is an id (S12-19,
    /// S12-20).
    ///
    /// # Errors
    ///
    /// The type is unknown, or the memo is not a memo of that type.
    pub fn parse(memo: &str, memo_type: Option<&str>) -> Result<Self, MemoError> {
        match memo_type.unwrap_or("id") {
            "id" => parse_id(memo).map(Self::Id),
            "text" if memo.len() <= Self::MAX_TEXT => Ok(Self::Text(memo.into())),
            "text" => Err(MemoError::TextTooLong(memo.len())),
            "hash" => {
                let hash = wire::from_base64(memo).and_then(|bytes| bytes.try_into().ok());
                hash.map(Self::Hash).ok_or(MemoError::NotAHash)
            }
            _ => Err(MemoError::UnknownType),
        }
    }

    /// `id`, `text` or `hash`.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Id(_) => "id",
            Self::Text(_) => "text",
            Self::Hash(_) => "hash",
        }
    }

    /// The memo as a request writes it.
    pub fn value(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Text(text) => text.clone(),
            Self::Hash(hash) => wire::base64(hash),
        }
    }
}

/// Why a memo was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum MemoError {
    /// Not a decimal number of 64 bits.
    #[error(
        "memo must be a whole number from 0 to 18446744073709551615, \
         without sign, blanks or leading zeros"
    )]
    NotAnId,
    /// Over 28 bytes.
    #[error("a text memo holds at most 28 bytes, this one has {0}")]
    TextTooLong(usize),
    /// Not the base64 of 32 bytes.
    #[error("a hash memo must be the base64 of 32 bytes")]
    NotAHash,
    /// None of `id`, `text`, `hash`.
    #[error("memo_type must be id, text or hash")]
    UnknownType,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memo_id_is_any_unsigned_64_bit_number_in_canonical_form() {
        assert_eq!(parse_id("0"), Ok(0));
        assert_eq!(parse_id("18446744073709551615"), Ok(u64::MAX));
        for bad in [
            "",
            "-1",
            "+1",
            "1.0",
            "abc",
            " 1",
            "1 ",
            "01",
            "00",
            "18446744073709551616",
            "99999999999999999999999",
            "١",
        ] {
            assert_eq!(parse_id(bad), Err(MemoError::NotAnId), "{bad:?}");
        }
    }

    #[test]
    fn user_memos_are_parsed_by_type() {
        assert_eq!(UserMemo::parse("7", None), Ok(UserMemo::Id(7)));
        assert_eq!(UserMemo::parse("7", Some("text")), Ok(UserMemo::Text("7".into())));
        let hash = wire::base64(&[9; 32]);
        assert_eq!(UserMemo::parse(&hash, Some("hash")).unwrap().value(), hash);
        assert_eq!(
            UserMemo::parse(&wire::base64(&[9; 31]), Some("hash")),
            Err(MemoError::NotAHash)
        );
        assert_eq!(UserMemo::parse(&"x".repeat(29), Some("text")), Err(MemoError::TextTooLong(29)));
        assert_eq!(UserMemo::parse("7", Some("return")), Err(MemoError::UnknownType));
    }
}
