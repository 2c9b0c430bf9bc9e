//! The `Signature` header with which an anchor proves that a callback is its own (S12-130 to S12-139).

use alloc::{format, string::String};

use thiserror::Error;

use crate::{
    account::{PublicKey, SecretKey},
    problem::Code,
    wire,
};

/// The oldest callback that is accepted, in seconds.
pub const MAX_AGE: u64 = 120;
/// How far the anchor's clock may be ahead of the receiver's, in seconds.
pub const MAX_AHEAD: u64 = 60;

/// The header's name.
pub const HEADER: &str = "Signature";
/// The name it had before SEP-12 1.11; receivers still take it (S12-134).
pub const OLD_HEADER: &str = "X-Stellar-Signature";

/// The value of the header for `body`, sent to `host` at `now` (Unix seconds).
///
/// `host` is the host of the callback URL, with `:port` if the URL names one (S12-133).
pub fn sign(key: &SecretKey, host: &str, body: &[u8], now: u64) -> String {
    let t = format!("{now}");
    let signature = key.sign(&payload(&t, host, body));
    format!("t={t}, s={}", wire::base64(&signature))
}

/// Checks the header of a callback before its body is parsed.
///
/// `host` is the receiver's own, from its configuration and not from the request (S12-136); `key` is the `SIGNING_KEY` of the
/// anchor's stellar.toml; `body` the exact bytes that came. Answer 401 if it fails. Remember the signatures of the last
/// [`MAX_AGE`] seconds to refuse a replay.
///
/// # Errors
///
/// Says what is wrong with the header.
pub fn verify(
    key: &PublicKey,
    host: &str,
    body: &[u8],
    header: &str,
    now: u64,
) -> Result<(), CallbackError> {
    let (t, s) = parse(header)?;
    let at: u64 = t.parse().map_err(|_| CallbackError::Malformed)?;
    if at.saturating_add(MAX_AGE) < now {
        return Err(CallbackError::Stale { at, now });
    }
    if at > now.saturating_add(MAX_AHEAD) {
        return Err(CallbackError::FromTheFuture { at, now });
    }
    let signature = wire::from_base64(s).ok_or(CallbackError::Malformed)?;
    if key.verify(&payload(t, host, body), &signature) {
        Ok(())
    } else {
        Err(CallbackError::WrongSignature)
    }
}

/// The bytes that are signed: `<timestamp>.<host>.<body>`.
fn payload(t: &str, host: &str, body: &[u8]) -> alloc::vec::Vec<u8> {
    [t.as_bytes(), b".", host.as_bytes(), b".", body].concat()
}

/// `t` and `s` of the header, each exactly once, in any order.
fn parse(header: &str) -> Result<(&str, &str), CallbackError> {
    let (mut t, mut s) = (None, None);
    for part in header.split(',') {
        // Base64 holds `=` too: only the first one separates.
        let (name, value) = part.trim().split_once('=').ok_or(CallbackError::Malformed)?;
        let slot = match name {
            "t" => &mut t,
            "s" => &mut s,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return Err(CallbackError::Malformed);
        }
    }
    match (t, s) {
        (Some(t), Some(s)) if !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) => Ok((t, s)),
        _ => Err(CallbackError::Malformed),
    }
}

impl CallbackError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::InvalidCallback
    }
}

/// Why a callback was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The header is not `t=<seconds>, s=<base64>`.
    #[error("the Signature header must be t=<unix seconds>, s=<base64 signature>")]
    Malformed,
    /// Older than [`MAX_AGE`].
    #[error("the callback was signed at {at}, more than {MAX_AGE} seconds before {now}")]
    Stale {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
    },
    /// Further ahead than [`MAX_AHEAD`].
    #[error(
        "the callback was signed at {at}, more than {MAX_AHEAD} seconds after {now}: compare the clocks"
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
}
