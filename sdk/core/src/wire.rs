//! Named helpers for the oddities of the wire.

use alloc::{string::String, vec, vec::Vec};

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
                $crate::json::ToJson::to_json(&$crate::text::Say::text(self), out);
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

/// Bytes as text, with `\u{fffd}` for what is not UTF-8: `String::from_utf8_lossy` in a quarter of its code.
pub fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    loop {
        let (good, bad) = match str::from_utf8(bytes) {
            Ok(_) => (bytes.len(), 0),
            Err(error) => {
                let good = error.valid_up_to();
                (good, error.error_len().unwrap_or(bytes.len() - good))
            }
        };
        let (good, rest) = bytes.split_at(good);
        text.push_str(str::from_utf8(good).unwrap_or_default());
        if bad == 0 {
            return text;
        }
        text.push('\u{fffd}');
        bytes = rest.get(bad..).unwrap_or_default();
    }
}

/// The texts with `between` between them: what the library's `join` does, in less code.
pub fn join(texts: &[impl AsRef<str>], between: &str) -> String {
    let mut joined = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            joined.push_str(between);
        }
        joined.push_str(text.as_ref());
    }
    joined
}

/// What stands before and after the first such byte, which is ASCII: `split_once` in less code.
pub fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// A whole number of 0 or more, of digits alone: what the library's `parse` reads, in less code for all that read one.
pub fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let mut number = (!digits.is_empty()).then_some(0_u64);
    for byte in digits {
        let digit = char::from(*byte).to_digit(radix)?;
        number = number?.checked_mul(radix.into())?.checked_add(digit.into());
    }
    number
}

/// Reads `null` as the default, as if the member were absent (S12-64).
pub(crate) fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_become_the_text_that_the_library_makes_of_them(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x80..0xc0_u8, 0xe0..0xf8_u8, 32..127_u8], 0..24),
        ) {
            prop_assert_eq!(lossy(&bytes), String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn numbers_are_those_that_the_library_reads(text in "[0-9a-fA-F_+-]{0,3}|[0-9]{18,21}|[0-9a-f]{15,17}") {
            let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            for radix in [2, 8, 10, 16] {
                let read = u64::from_str_radix(&text, radix).ok().filter(|_| plain);
                prop_assert_eq!(number(text.as_bytes(), radix), read);
            }
        }

        #[test]
        fn text_is_cut_where_the_library_cuts_it(text in "[a:é]{0,6}") {
            prop_assert_eq!(cut(&text, b':'), text.split_once(':'));
        }

        #[test]
        fn texts_are_joined_as_the_library_joins_them(texts: Vec<String>, between: String) {
            prop_assert_eq!(join(&texts, &between), texts.join(&between));
        }
    }
}
