//! Bytes as letters: base64 in its two alphabets, and base32.
//!
//! One loop for all of them, and no table. The general library that did this before brought 18 KB of code, a tenth of all that
//! a browser downloaded; tests hold this one to it.

use alloc::string::String;

/// Which letters, and how many bits each of them stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Base {
    /// `A` to `Z` and `2` to `7`.
    Base32,
    /// With `+` and `/`.
    Base64,
    /// With `-` and `_`.
    Base64Url,
}

impl Base {
    const fn bits(self) -> u32 {
        match self {
            Self::Base32 => 5,
            Self::Base64 | Self::Base64Url => 6,
        }
    }

    const fn letter(self, value: u8) -> u8 {
        match (self, value) {
            (_, 0..=25) => b'A' + value,
            (Self::Base32, _) => b'2' + value - 26,
            (_, 26..=51) => b'a' + value - 26,
            (_, 52..=61) => b'0' + value - 52,
            (Self::Base64, 62) => b'+',
            (Self::Base64, _) => b'/',
            (_, 62) => b'-',
            _ => b'_',
        }
    }

    const fn value(self, letter: u8) -> Option<u8> {
        Some(match (self, letter) {
            (_, b'A'..=b'Z') => letter - b'A',
            (Self::Base32, b'2'..=b'7') => letter - b'2' + 26,
            (Self::Base32, _) => return None,
            (_, b'a'..=b'z') => letter - b'a' + 26,
            (_, b'0'..=b'9') => letter - b'0' + 52,
            (Self::Base64, b'+') | (Self::Base64Url, b'-') => 62,
            (Self::Base64, b'/') | (Self::Base64Url, b'_') => 63,
            _ => return None,
        })
    }

    /// Writes the letters of `bytes`, without padding.
    #[inline(never)]
    pub(crate) fn write(self, bytes: &[u8], out: &mut String) {
        let bits = self.bits();
        // First of all, so that it never moves: it may be a secret.
        out.reserve((bytes.len() * 8).div_ceil(bits as usize) + 2);
        let (mut pending, mut held) = (0_u32, 0);
        for byte in bytes {
            pending = pending << 8 | u32::from(*byte);
            held += 8;
            while held >= bits {
                held -= bits;
                out.push(self.letter((pending >> held) as u8 & mask(bits)).into());
            }
        }
        if held > 0 {
            out.push(self.letter((pending << (bits - held)) as u8 & mask(bits)).into());
        }
    }

    /// Reads letters without padding into `out`, and how many bytes they were. There is one text for each value: no letter too
    /// many, and no bit of the last one that does not count.
    #[inline(never)]
    pub(crate) fn read(self, text: &[u8], out: &mut [u8]) -> Option<usize> {
        let bits = self.bits();
        let (mut pending, mut held, mut count) = (0_u32, 0, 0);
        for letter in text {
            pending = pending << bits | u32::from(self.value(*letter)?);
            held += bits;
            if held >= 8 {
                held -= 8;
                *out.get_mut(count)? = (pending >> held) as u8;
                count += 1;
            }
        }
        (held < bits && pending as u8 & mask(held) == 0).then_some(count)
    }
}

/// The last `bits`, fewer than eight.
const fn mask(bits: u32) -> u8 {
    (1 << bits) - 1
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
    use proptest::{collection::vec, prelude::*};
    use std::vec::Vec;

    use super::*;
    use crate::wire;

    fn read(base: Base, text: &str) -> Option<Vec<u8>> {
        let mut out = std::vec![0; text.len()];
        let count = base.read(text.as_bytes(), &mut out)?;
        out.truncate(count);
        Some(out)
    }

    fn written(base: Base, bytes: &[u8]) -> String {
        let mut out = String::new();
        base.write(bytes, &mut out);
        out
    }

    proptest! {
        #[test]
        fn bytes_are_written_as_the_general_library_writes_them(bytes in vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(written(Base::Base32, &bytes), BASE32_NOPAD.encode(&bytes));
            prop_assert_eq!(wire::base64(&bytes), BASE64.encode(&bytes));
            prop_assert_eq!(wire::base64url(&bytes), BASE64URL_NOPAD.encode(&bytes));
            prop_assert_eq!(wire::hex(&bytes), HEXLOWER.encode(&bytes));
            prop_assert_eq!(read(Base::Base32, &written(Base::Base32, &bytes)), Some(bytes.clone()));
            prop_assert_eq!(wire::from_base64(&wire::base64(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(wire::from_base64url(&wire::base64url(&bytes)), Some(bytes));
        }

        #[test]
        fn letters_are_read_as_the_general_library_reads_them(text in "[A-Za-z0-9+/_=-]{0,12}|[A-Z2-7]{0,40}|[A-Za-z0-9+/]{0,20}={0,4}|\\PC{0,8}") {
            let bytes = text.as_bytes();
            prop_assert_eq!(read(Base::Base32, &text), BASE32_NOPAD.decode(bytes).ok());
            prop_assert_eq!(wire::from_base64url(&text), BASE64URL_NOPAD.decode(bytes).ok());
            // It reads several texts in a row as one, each with its padding. This one wants one text for each value.
            let in_a_row = text.trim_end_matches('=').contains('=');
            prop_assert_eq!(wire::from_base64(&text), BASE64.decode(bytes).ok().filter(|_| !in_a_row));
        }

        #[test]
        fn one_other_letter_is_judged_as_the_general_library_judges_it(bytes in vec(any::<u8>(), 1..60), at in any::<prop::sample::Index>(), letter in "[\0-\x7f]") {
            for (text, ours, theirs) in [
                (BASE64.encode(&bytes), wire::from_base64 as fn(&str) -> Option<Vec<u8>>, &BASE64),
                (BASE64URL_NOPAD.encode(&bytes), wire::from_base64url, &BASE64URL_NOPAD),
                (BASE32_NOPAD.encode(&bytes), |text| read(Base::Base32, text), &BASE32_NOPAD),
            ] {
                let at = at.index(text.len());
                let text = [&text[..at], &letter, &text[at + 1..]].concat();
                let in_a_row = text.trim_end_matches('=').contains('=');
                prop_assert_eq!(ours(&text), theirs.decode(text.as_bytes()).ok().filter(|_| !in_a_row), "{}", text);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_not_read() {
        assert_eq!(Base::Base64.read(b"AAAA", &mut [0; 2]), None);
        assert_eq!(Base::Base64.read(b"AAA", &mut [0; 2]), Some(2));
    }
}
