//! What is returned when something goes wrong.

use std::error::Error as StdError;

use windlass_core::{problem::Code, says};

mod kind;

pub use kind::ErrorKind;

/// What went wrong. [`code`](Self::code) is stable; the text is for people and may change.
///
/// It is one pointer, so that every result that may be one stays small.
#[derive(Clone, Debug)]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// What it is, with its particulars.
    pub const fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The stable code: the same on the wire, in Rust and in TypeScript.
    pub fn code(&self) -> Code {
        self.0.code()
    }

    /// The field or parameter at fault, where there is one; the first, if there are several.
    pub fn field(&self) -> Option<&str> {
        match self.kind() {
            #[cfg(feature = "kyc")]
            ErrorKind::Fields(errors) => errors.first().map(|error| error.field.as_str()),
            ErrorKind::Refused { field, .. } => field.as_deref(),
            _ => None,
        }
    }

    /// In how many seconds to try again, where the anchor says so.
    pub const fn retry_after(&self) -> Option<u64> {
        match self.kind() {
            ErrorKind::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether the same request may succeed a little later: no connection, too many requests, a server in trouble.
    pub fn is_temporary(&self) -> bool {
        match self.kind() {
            ErrorKind::Refused { status, .. } => matches!(status, 408 | 429 | 500 | 502..=599),
            ErrorKind::Transport { error, .. } => error.code() == Code::Network,
            _ => false,
        }
    }

    /// Whether the anchor no longer takes the token (S10-73).
    pub(crate) const fn ends_session(&self) -> bool {
        matches!(self.kind(), ErrorKind::Refused { status: 401, .. })
    }

    /// The HTTP status of the answer, where there is one.
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

says! {
    Error:
    Self(kind) => &**kind;
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The text of the kind is that of its cause, or has it in it.
        self.0.source()?.source()
    }
}
