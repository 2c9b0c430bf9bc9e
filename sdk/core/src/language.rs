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

    /// Parses a `lang` parameter: two letters in either case. Does not check whether texts exist in
    /// this language.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 2] = text.as_bytes().try_into().ok()?;
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
        assert_eq!(
            (Language::parse("english"), Language::parse("e1"), Language::parse("")),
            (None, None, None)
        );
    }
}
