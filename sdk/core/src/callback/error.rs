//! The error when a callback is refused.

use thiserror::Error;

use super::MAX_AHEAD;
use crate::problem::Code;

/// The error when a callback is refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// Both headers are missing.
    #[error("the Signature header is missing")]
    Missing,
    /// The header is not `t=<seconds>, s=<base64>`, or occurs twice.
    #[error("the Signature header must be t=<unix seconds>, s=<base64 signature>")]
    Malformed,
    /// The callback is older than the receiver accepts.
    #[error("the callback was signed at {at}, more than {max_age} seconds before {now}")]
    Stale {
        /// The time of the signature, in Unix seconds.
        at: u64,
        /// The time of receipt, in Unix seconds.
        now: u64,
        /// The largest accepted age, in seconds.
        max_age: u64,
    },
    /// The timestamp is in the future by more than [`MAX_AHEAD`].
    #[error(
        "the callback was signed at {at}, more than {MAX_AHEAD} seconds after {now}: \
         compare the clocks"
    )]
    FromTheFuture {
        /// The time of the signature, in Unix seconds.
        at: u64,
        /// The time of receipt, in Unix seconds.
        now: u64,
    },
    /// The signature is by another key, or for another host or body.
    #[error("the signature is not the anchor's for this host and body")]
    WrongSignature,
    /// The receiver has accepted the same callback before.
    #[error("the callback was received before")]
    Replayed,
    /// The receiver remembers too many callbacks to accept another one.
    #[error("too many callbacks at the same time: the anchor must send it again later")]
    Crowded,
    /// The signature is valid, but the body is not of the expected type.
    #[error("the callback is the anchor's, but its body cannot be read")]
    Unreadable,
}

impl CallbackError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Missing | Self::Malformed => Code::InvalidCallback,
            Self::Stale { .. } | Self::FromTheFuture { .. } => Code::CallbackStale,
            Self::WrongSignature => Code::CallbackSignature,
            Self::Replayed => Code::CallbackReplayed,
            Self::Crowded => Code::TooManyRequests,
            Self::Unreadable => Code::UnexpectedResponse,
        }
    }
}
