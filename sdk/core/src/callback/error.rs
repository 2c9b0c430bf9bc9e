//! Why a callback is refused.

use thiserror::Error;

use super::MAX_AHEAD;
use crate::problem::Code;

/// Why a callback was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// Neither of the two headers is there.
    #[error("the Signature header is missing")]
    Missing,
    /// The header is not `t=<seconds>, s=<base64>`, or is there twice.
    #[error("the Signature header must be t=<unix seconds>, s=<base64 signature>")]
    Malformed,
    /// Older than the receiver takes.
    #[error("the callback was signed at {at}, more than {max_age} seconds before {now}")]
    Stale {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
        /// What is taken.
        max_age: u64,
    },
    /// Further ahead than [`MAX_AHEAD`].
    #[error(
        "the callback was signed at {at}, more than {MAX_AHEAD} seconds after {now}: \
         compare the clocks"
    )]
    FromTheFuture {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
    },
    /// Another key, another host or another body.
    #[error("the signature is not the anchor's for this host and body")]
    WrongSignature,
    /// It came before.
    #[error("the callback was received before")]
    Replayed,
    /// Too many came to remember them all.
    #[error("too many callbacks to remember: have it sent again later")]
    Crowded,
    /// The anchor's, but it says nothing that can be read.
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
