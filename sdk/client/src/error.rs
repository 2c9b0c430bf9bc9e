//! The error of every fallible call.

use std::{error::Error as StdError, fmt};

use windlass_core::problem::Code;

use crate::{Cause, SignerError, TransportError};

mod kind;

pub use kind::ErrorKind;

/// An error. [`code`](Self::code) is stable; the text is for people and may change.
///
/// The kind is boxed, which keeps `Result`s small.
#[derive(Clone, Debug)]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// The kind of error, with its details.
    pub const fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The stable code: the same on the wire, in Rust and in TypeScript.
    pub fn code(&self) -> Code {
        self.0.code()
    }

    /// The first invalid field or parameter.
    pub fn field(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::Fields(errors) => errors.first().map(|error| error.field.as_str()),
            ErrorKind::Refused { field, .. } => field.as_deref(),
            _ => None,
        }
    }

    /// Seconds to wait before retrying, if the anchor names them.
    pub const fn retry_after(&self) -> Option<u64> {
        match self.kind() {
            ErrorKind::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether the same request may succeed later: no connection, too many requests, a server
    /// error.
    pub fn is_temporary(&self) -> bool {
        match self.kind() {
            ErrorKind::Refused { status, .. } => matches!(status, 408 | 429 | 500 | 502..=599),
            ErrorKind::Transport { error, .. } => error.code() == Code::Network,
            _ => false,
        }
    }

    /// Whether the anchor no longer accepts the token (S10-73).
    pub(crate) const fn ends_session(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Refused { status: 401, .. }
                | ErrorKind::Refused {
                    status: 403,
                    code: Code::TokenInvalid | Code::TokenExpired,
                    ..
                }
        )
    }

    /// Whether the anchor refused because `memo_type` is missing, which SEP-12 makes optional.
    pub(crate) fn demands_memo_type(&self) -> bool {
        let ErrorKind::Refused { status: 400 | 403, message, field, .. } = self.kind() else {
            return false;
        };
        field.iter().chain([message]).any(|text| text.contains("memo_type"))
    }

    /// What a connection or a signer returned or threw: in browsers and Node a value of JavaScript.
    pub fn cause(&self) -> Option<&Cause> {
        match self.kind() {
            ErrorKind::Transport { error: TransportError::Failed(failure), .. }
            | ErrorKind::NoHttps { error: TransportError::Failed(failure), .. }
            | ErrorKind::Signer(SignerError::Failed(failure)) => failure.cause(),
            ErrorKind::NotInTime { trouble: Some(error), .. } => error.cause(),
            _ => None,
        }
    }

    /// The HTTP status of the response, if there was one.
    pub const fn status(&self) -> Option<u16> {
        match self.kind() {
            ErrorKind::Refused { status, .. } | ErrorKind::UnexpectedResponse { status, .. } => {
                Some(*status)
            }
            _ => None,
        }
    }
}

impl<E> From<E> for Error
where
    ErrorKind: From<E>,
{
    fn from(error: E) -> Self {
        Self(Box::new(ErrorKind::from(error)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The text of the kind includes the text of its direct source.
        self.0.source()?.source()
    }
}
