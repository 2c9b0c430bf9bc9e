//! Named helpers for the oddities of the wire.

use serde::{Deserialize, Deserializer};

mod base;

pub(crate) use base::Base;

/// Serialises a type as its text: `Display` out, `FromStr` in.
macro_rules! text_form {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut alloc::string::String) {
                $crate::json::ToJson::to_json(&self.to_string(), out);
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <alloc::string::String as Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_form;

/// Standard base64 with padding, strictly: one text for each value.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    Base::Base64.write(bytes, &mut text);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Reads standard base64. The url-safe alphabet, blanks and missing padding are refused (S10-77).
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let letters = text.strip_suffix('=').unwrap_or(text);
    read(Base::Base64, letters.strip_suffix('=').unwrap_or(letters))
}

/// Base64url without padding, as JSON web tokens use it.
pub fn base64url(bytes: &[u8]) -> String {
    let mut text = String::new();
    Base::Base64Url.write(bytes, &mut text);
    text
}

/// Reads base64url without padding, as JSON web tokens use it.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    read(Base::Base64Url, text)
}

fn read(base: Base, letters: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![0; letters.len() * 3 / 4];
    base.read(letters.as_bytes(), &mut bytes)?;
    Some(bytes)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(digit + if digit < 10 { b'0' } else { b'a' - 10 })).collect()
}

/// Bytes as text, with `\u{fffd}` for what is not UTF-8.
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The texts with `between` between them.
pub fn join(texts: &[impl AsRef<str>], between: &str) -> String {
    texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between)
}

/// The text before and after the first such ASCII character.
pub fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    text.split_once(char::from(at))
}

/// A whole number of 0 or more: digits alone, no sign.
pub fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u64::from_str_radix(digits, radix).ok()
}

/// Reads `null` as the default, as if the member were absent (S12-64).
pub(crate) fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
