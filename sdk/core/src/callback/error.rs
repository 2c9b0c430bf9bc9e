//! Why a callback is refused.

use thiserror::Error;

use super::MAX_AHEAD;
use crate::{problem::Code, says};

/// Why a callback was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// Neither of the two headers is there.
    Missing,
    /// The header is not `t=<seconds>, s=<base64>`, or is there twice.
    Malformed,
    /// Older than the receiver takes.
    Stale {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
        /// What is taken.
        max_age: u64,
    },
    /// Further ahead than [`MAX_AHEAD`].
    FromTheFuture {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
    },
    /// Another key, another host or another body.
    WrongSignature,
    /// It came before.
    Replayed,
    /// Too many came to remember them all.
    Crowded,
    /// The anchor's, but it says nothing that can be read.
    Unreadable,
}

says! {
    CallbackError:
    Self::Missing => "the Signature header is missing";
    Self::Malformed => "the Signature header must be t=<unix seconds>, s=<base64 signature>";
    Self::Stale { at, now, max_age } =>
        "the callback was signed at ", at, ", more than ", max_age, " seconds before ", now;
    Self::FromTheFuture { at, now } =>
        "the callback was signed at ", at, ", more than ", &MAX_AHEAD, " seconds after ", now, ": compare the clocks";
    Self::WrongSignature => "the signature is not the anchor's for this host and body";
    Self::Replayed => "the callback was received before";
    Self::Crowded => "too many callbacks to remember: have it sent again later";
    Self::Unreadable => "the callback is the anchor's, but its body is no customer";
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
