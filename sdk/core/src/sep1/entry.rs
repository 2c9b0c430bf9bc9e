//! The value of a key: absent, given, or invalid.

use std::borrow::Borrow;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::{
    account::StrkeyError,
    link::{Link, LinkError},
    problem::Code,
};

/// The value of a key. An absent value may have a fallback; an invalid one is an error (S01-16).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Entry<T> {
    /// The file does not have the key.
    #[default]
    Absent,
    /// A valid value.
    Given(T),
    /// A value of the wrong type, or one that breaks the rules of the key.
    Invalid(KeyError),
}

impl<T> Entry<T> {
    /// The value, if the file has one.
    ///
    /// # Errors
    ///
    /// The value is invalid.
    pub fn get(&self) -> Result<Option<&T>, KeyError> {
        self.by_ref().into_value()
    }

    /// The value itself, if the file has one.
    ///
    /// # Errors
    ///
    /// The value is invalid.
    pub fn into_value(self) -> Result<Option<T>, KeyError> {
        match self {
            Self::Absent => Ok(None),
            Self::Given(value) => Ok(Some(value)),
            Self::Invalid(error) => Err(error),
        }
    }

    pub(super) fn by_ref(&self) -> Entry<&T> {
        match self {
            Self::Absent => Entry::Absent,
            Self::Given(value) => Entry::Given(value),
            Self::Invalid(error) => Entry::Invalid(error.clone()),
        }
    }

    /// The value if it is given and valid; an error is ignored.
    pub const fn ok(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Whether the file has the key, with a valid value or not.
    pub const fn is_present(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    pub(super) const fn is_not_ok(&self) -> bool {
        self.ok().is_none()
    }

    pub(super) fn invalid(&self) -> Option<KeyError> {
        match self {
            Self::Invalid(error) => Some(error.clone()),
            Self::Absent | Self::Given(_) => None,
        }
    }
}

impl<L: Borrow<Link>> Entry<L> {
    /// The URL, which must be https, or with `dev` http on a loopback host.
    pub(super) fn secure(self, key: &str, dev: bool) -> Result<Option<L>, KeyError> {
        match self {
            Self::Given(link) if !link.borrow().is_secure(dev) => {
                Err(KeyError::new(key, Reason::NotHttps))
            }
            entry => entry.into_value(),
        }
    }
}

impl Entry<Link> {
    /// Refuses a URL that must not be published: plain http, or a slash at the end, which
    /// validators refuse (S01-36, S01-37).
    pub(super) fn publishable(&self, key: &str, dev: bool) -> Result<(), KeyError> {
        let Self::Given(link) = self else { return Ok(()) };
        self.by_ref().secure(key, dev)?;
        if link.as_str().ends_with('/') {
            Err(KeyError::new(key, Reason::TrailingSlash))
        } else {
            Ok(())
        }
    }
}

impl<T> From<T> for Entry<T> {
    fn from(value: T) -> Self {
        Self::Given(value)
    }
}

/// An absent value stays absent.
impl<T> From<Option<T>> for Entry<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Given)
    }
}

impl From<&str> for Entry<String> {
    fn from(value: &str) -> Self {
        Self::Given(value.into())
    }
}

/// Only valid values are serialised; structs skip the others.
impl<T: Serialize> Serialize for Entry<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ok().serialize(serializer)
    }
}

/// A key whose value is invalid. The value itself is not shown: it may be a secret that was pasted
/// by mistake.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{key} {reason}")]
pub struct KeyError {
    /// The key, with the tables around it: `SIGNING_KEY`, `CURRENCIES[0].code`.
    pub key: String,
    /// The rule that the value violates.
    pub reason: Reason,
}

impl KeyError {
    pub(super) fn new(key: &str, reason: Reason) -> Self {
        Self { key: key.into(), reason }
    }

    pub(super) fn within(self, path: &str) -> Self {
        Self { key: format!("{path}.{}", self.key), reason: self.reason }
    }

    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::InvalidTomlValue
    }
}

/// The rules for values. The texts follow the key.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The value does not have this TOML type.
    #[error("must be {0}")]
    WrongType(&'static str),
    /// Not an address, or an address of another kind.
    #[error("must be a Stellar address of the right kind: {0}")]
    Address(#[from] StrkeyError),
    /// Not a usable URL.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A URL with plain http.
    #[error("must be a URL with https")]
    NotHttps,
    /// A URL with a slash at the end, which validators refuse.
    #[error("must not end in a slash")]
    TrailingSlash,
    /// More characters than this, or none.
    #[error("must have 1 to {0} characters")]
    Length(usize),
    /// A number above this.
    #[error("must be at most {0}")]
    TooLarge(u64),
    /// Neither this key nor the other one is set.
    #[error("or {0} must be set")]
    Missing(&'static str),
    /// This key and the other one exclude each other.
    #[error("must not be set together with {0}")]
    Excludes(&'static str),
    /// A link to a currency's own file, together with other keys.
    #[error("must be the only key of its entry")]
    NotAlone,
    /// The list does not have the same length as another one.
    #[error("must have as many items as {0}")]
    NotParallel(&'static str),
    /// Not the URL of a currency's own file.
    #[error("must be https://DOMAIN/.well-known/CURRENCY.toml")]
    NotACurrencyFile,
}

/// The errors among these, in order.
pub(super) fn collect(rules: impl IntoIterator<Item = Option<KeyError>>) -> Vec<KeyError> {
    rules.into_iter().flatten().collect()
}
