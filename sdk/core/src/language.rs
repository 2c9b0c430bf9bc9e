//! Languages of the texts that an anchor shows.

/// A language for texts, as an ISO 639-1 code (S12-36).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Language([u8; 2]);

impl Language {
    /// English, the default.
    pub const EN: Self = Self(*b"en");
    /// Arabic.
    pub const AR: Self = Self(*b"ar");
    /// Spanish.
    pub const ES: Self = Self(*b"es");
    /// French.
    pub const FR: Self = Self(*b"fr");
    /// Portuguese.
    pub const PT: Self = Self(*b"pt");

    /// Parses a `lang` parameter: two letters in either case, perhaps with a region or script after
    /// a hyphen, as in the browser's `pt-BR`, which is ignored. Does not check whether texts exist
    /// in this language.
    pub fn parse(text: &str) -> Option<Self> {
        let mut subtags = text.split('-');
        let code: [u8; 2] = subtags.next()?.as_bytes().try_into().ok()?;
        let is_subtag = |text: &str| {
            (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        if !subtags.all(is_subtag) {
            return None;
        }
        code.iter()
            .all(u8::is_ascii_alphabetic)
            .then_some(Self(code.map(|b| b.to_ascii_lowercase())))
    }

    /// The code in lower case.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or("en")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_two_letters() {
        assert_eq!(Language::parse("DE").unwrap().as_str(), "de");
        for text in ["pt-BR", "PT-br", "pt-Latn-BR", "pt-x-1"] {
            assert_eq!(Language::parse(text), Some(Language::PT), "{text}");
        }
        for text in ["pt-", "pt--BR", "pt_BR", "pt-é", "pt-123456789", "-BR", "eng-GB"] {
            assert_eq!(Language::parse(text), None, "{text}");
        }
        assert_eq!(
            (Language::parse("english"), Language::parse("e1"), Language::parse("")),
            (None, None, None)
        );
    }
}
