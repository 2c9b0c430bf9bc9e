//! Home domains.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{host, problem::Code, wire::text_form};

/// The home domain of an anchor or a wallet: a bare host name, perhaps with a port.
///
/// The text is in lower case, because host names ignore case and challenges contain the domain.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct HomeDomain(String);

impl HomeDomain {
    /// The longest domain that fits a challenge, in bytes: 64, less those of ` auth` (S10-52).
    pub const MAX_BYTES: usize = 59;

    /// The text, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without the port.
    pub fn host(&self) -> &str {
        self.0.split_once(':').map_or(self.as_str(), |(host, _)| host)
    }

    /// The port, if one was given. Outside development there should be none (S01-17).
    pub fn port(&self) -> Option<u16> {
        self.0.split_once(':').and_then(|(_, port)| port.parse().ok())
    }

    /// Whether the host is this machine: `localhost`, a name under it, or `127.…`.
    pub fn is_loopback(&self) -> bool {
        host::is_loopback(self.host())
    }
}

impl FromStr for HomeDomain {
    type Err = HomeDomainError;

    fn from_str(text: &str) -> Result<Self, HomeDomainError> {
        if text.len() > Self::MAX_BYTES {
            return Err(HomeDomainError::TooLong(text.len()));
        }
        // A home domain is a name, so IPv6 addresses are refused. `127.0.0.1` is accepted for
        // development.
        if text.starts_with('[') || host::of(text).is_none() {
            return Err(HomeDomainError::NotAHost);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for HomeDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for HomeDomain {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

text_form!(HomeDomain);

/// Why a text is not a home domain.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum HomeDomainError {
    /// The text has a scheme, path, query, user, blank or letter beyond ASCII, or is empty.
    #[error(
        "home domain must be a bare host name such as anchor.example.com, \
         without scheme, path, query or user"
    )]
    NotAHost,
    /// The domain is too long for a challenge.
    #[error("home domain has {0} bytes, at most {max} fit a challenge", max = HomeDomain::MAX_BYTES)]
    TooLong(usize),
}

impl HomeDomainError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::InvalidHomeDomain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_host_names_are_kept_in_lower_case() {
        for good in ["anchor.example.com", "localhost", "localhost:8000", "127.0.0.1:8000", "a"] {
            assert_eq!(good.parse::<HomeDomain>().unwrap().to_string(), good);
        }
        let domain: HomeDomain = "anchor.localhost:8000".parse().unwrap();
        assert_eq!(
            (domain.host(), domain.port(), domain.is_loopback()),
            ("anchor.localhost", Some(8000), true)
        );
        assert_eq!("A.Example".parse::<HomeDomain>(), "a.example".parse());
    }

    #[test]
    fn urls_and_other_texts_are_not_home_domains() {
        for bad in [
            "",
            " ",
            "https://a.example",
            "a.example/",
            "host/path",
            "host?x",
            "host#x",
            "user@host",
            "a example",
            "a.example ",
            "[::1]",
            "[::1]:8000",
            "a:b",
            "a.example:",
            "é.example",
            "a.example.",
            "//a.example",
            "a\\b",
        ] {
            assert_eq!(bad.parse::<HomeDomain>(), Err(HomeDomainError::NotAHost), "{bad:?}");
        }
    }

    #[test]
    fn longest_domain_has_59_bytes() {
        let long = |len: usize| format!("{}.example", "a".repeat(len - 8));
        assert!(long(59).parse::<HomeDomain>().is_ok());
        assert_eq!(long(60).parse::<HomeDomain>(), Err(HomeDomainError::TooLong(60)));
    }

    #[test]
    fn home_domain_in_json_is_validated() {
        assert!(serde_json::from_str::<HomeDomain>(r#""a.example""#).is_ok());
        assert!(serde_json::from_str::<HomeDomain>(r#""a.example/x""#).is_err());
    }
}
