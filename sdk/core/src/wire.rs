//! Encodings, and serde helpers for unusual forms in the protocols.

use std::{fmt, marker::PhantomData};

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use serde::{
    Deserialize, Deserializer,
    de::{
        Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
        value::MapAccessDeserializer,
    },
};

use crate::map::Map;

/// Serialises a type as its `Display` text and deserialises it by `FromStr`.
macro_rules! text_form {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_form;

/// The largest whole number up to which a number of JavaScript, a double, is exact.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Standard base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// Reads standard base64, of which each value has only one text. The url-safe alphabet, blanks,
/// missing padding
/// and unused bits that are set are refused (S10-77).
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

/// Base64url without padding, as JSON web tokens use it.
pub fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Reads base64url without padding, as JSON web tokens use it.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Reads an object, or `null` as if the member were absent (S12-64). An empty list is an empty object: PHP prints both alike.
pub(crate) fn map_or_null<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Map<V>>, D::Error> {
    struct MapOrNull<V>(PhantomData<V>);

    impl<'de, V: Deserialize<'de>> Visitor<'de> for MapOrNull<V> {
        type Value = Option<Map<V>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
            Map::deserialize(MapAccessDeserializer::new(members)).map(Some)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            match items.next_element::<IgnoredAny>()? {
                None => Ok(Some(Map::new())),
                Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
            }
        }
    }

    deserializer.deserialize_any(MapOrNull(PhantomData))
}

/// Reads `null` as the default, as if the member were absent (S12-64).
pub(crate) fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn base64_that_is_read_is_written_back(
            bytes in vec(any::<u8>(), 0..200),
            text in "[A-Za-z0-9+/_=-]{0,12}|[A-Za-z0-9+/]{0,20}={0,4}|\\PC{0,8}",
            letter in "[\0-\x7f]",
            at in any::<prop::sample::Index>(),
        ) {
            prop_assert_eq!(from_base64(&base64(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(from_base64url(&base64url(&bytes)), Some(bytes.clone()));
            let with_one_other_letter = |text: String| {
                let at = at.index(text.len().max(1));
                let rest = text.get(at + 1..).unwrap_or_default();
                format!("{}{letter}{rest}", &text[..at.min(text.len())])
            };
            for text in [text.clone(), with_one_other_letter(base64(&bytes))] {
                prop_assert!(from_base64(&text).is_none_or(|bytes| base64(&bytes) == text), "{}", text);
            }
            for text in [text, with_one_other_letter(base64url(&bytes))] {
                prop_assert!(from_base64url(&text).is_none_or(|bytes| base64url(&bytes) == text), "{}", text);
            }
        }
    }

    #[test]
    fn only_the_canonical_text_of_a_value_is_read() {
        assert_eq!(from_base64("+/8="), Some(vec![0xfb, 0xff]));
        assert_eq!(from_base64url("-_8"), Some(vec![0xfb, 0xff]));
        for bad in ["-_8=", "+/8", "+/9=", "+/8==", "+/8=AA==", "+/8=\n", " +/8=", "=", "A", "A==="]
        {
            assert_eq!(from_base64(bad), None, "{bad:?}");
        }
        for bad in ["+/8", "-_8=", "-_9", "-_8\n", "A"] {
            assert_eq!(from_base64url(bad), None, "{bad:?}");
        }
        assert_eq!(hex(&[0, 0xab, 0xff]), "00abff");
    }
}
