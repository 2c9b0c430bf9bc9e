//! The signed token that may come with a request for a challenge (S10-24 to S10-36).
//!
//! It says which application asks: the wallet's server signs it with the client domain's key, or the wallet with the account's.
//! It is not a session's token.

use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use thiserror::Error;

use super::GetChallenge;
use crate::{account::PublicKey, json, problem::Code, wire};

#[cfg(feature = "ed25519")]
mod arithmetic;
mod vouching;

pub use vouching::VouchError;

/// `{"alg":"EdDSA"}` in base64url, as the SEP's examples have it.
const HEADER: &str = "eyJhbGciOiJFZERTQSJ9";

/// A request for a challenge, as a token vouches for it.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// The whole `WEB_AUTH_ENDPOINT`.
    pub endpoint: &'a str,
    /// The request's parameters.
    pub request: &'a GetChallenge,
    /// Unix seconds.
    pub now: u64,
}

impl Proof<'_> {
    /// How long a token is valid, in seconds (S10-36).
    pub const LIFETIME: u64 = 900;
    /// How far in the future a token may be issued, in seconds: clocks differ (S10-31).
    pub const TOLERANCE: u64 = 60;
    /// The longest token that is read, in bytes.
    pub const MAX_BYTES: usize = 4096;

    /// The bytes to sign, for a key that is somewhere else.
    pub fn message(&self) -> String {
        let Self { endpoint, request, now } = *self;
        let claims = json::to_string(&NewClaims {
            iat: now,
            exp: now + Self::LIFETIME,
            web_auth_endpoint: endpoint,
            request,
        });
        format!("{HEADER}.{}", wire::base64url(claims.as_bytes()))
    }

    /// The token: a [`message`](Self::message) and the signature over it.
    pub fn with_signature(message: &str, signature: &[u8; 64]) -> String {
        format!("{message}.{}", wire::base64url(signature))
    }
}

/// What a wallet's server answers that vouches for a [`Proof::message`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Vouched {
    /// The signature of the client domain's key, in base64.
    pub signature: String,
}

/// The claims to be signed: when, where, and the parameters of the request.
#[derive(Serialize)]
struct NewClaims<'a> {
    iat: u64,
    exp: u64,
    web_auth_endpoint: &'a str,
    #[serde(flatten)]
    request: &'a GetChallenge,
}

/// The claims of a token that was received. Others are ignored.
#[derive(Deserialize)]
struct Claims {
    iat: Option<u64>,
    exp: u64,
    web_auth_endpoint: String,
    account: Option<String>,
    memo: Option<String>,
    home_domain: Option<String>,
    client_domain: Option<String>,
}

impl Claims {
    /// Whether the token is valid now. Returns when it was issued.
    fn check_time(&self, now: u64) -> Result<u64, ProofError> {
        if now >= self.exp {
            return Err(ProofError::Expired { at: self.exp, now });
        }
        let iat = self.iat.ok_or(ProofError::Unreadable)?;
        if iat > now.saturating_add(Proof::TOLERANCE) {
            return Err(ProofError::NotYetValid { from: iat, now });
        }
        Ok(iat)
    }
}

/// `typ` is not asked for: the SEP's examples have none (S10-25).
#[derive(Deserialize)]
struct Header {
    alg: String,
    /// What must be understood (RFC 7515, section 4.1.11), and is not.
    crit: Option<IgnoredAny>,
}

/// The claims of a [`Proof::message`] whose header is as it must be, still to be read.
fn payload(message: &str) -> Result<&str, ProofError> {
    let (header, payload) = message.split_once('.').ok_or(ProofError::Unreadable)?;
    let header: Header = read(header)?;
    if header.alg != "EdDSA" || header.crit.is_some() {
        return Err(ProofError::Algorithm);
    }
    Ok(payload)
}

fn read<T: DeserializeOwned>(part: &str) -> Result<T, ProofError> {
    let bytes = wire::from_base64url(part).ok_or(ProofError::Unreadable)?;
    json::from_slice(&bytes).map_err(|_| ProofError::Unreadable)
}

/// Why a token does not vouch for a request.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ProofError {
    /// No JSON web token with the claims that it needs, each of its type.
    #[error("the Authorization token is no JSON web token with iat, exp and web_auth_endpoint")]
    Unreadable,
    /// Another algorithm, or none.
    #[error("the Authorization token must be signed with EdDSA")]
    Algorithm,
    /// Not signed by whoever should vouch: the client domain's key if one is named, the account's otherwise.
    #[error("the Authorization token is not signed by {0}")]
    Signature(PublicKey),
    /// Too late.
    #[error("the Authorization token expired at {at}, now {now}")]
    Expired {
        /// Its `exp`.
        at: u64,
        /// When it was read.
        now: u64,
    },
    /// Too early.
    #[error("the Authorization token is from the future: issued at {from}, now {now}")]
    NotYetValid {
        /// Its `iat`.
        from: u64,
        /// When it was read.
        now: u64,
    },
    /// Made for another server.
    #[error("the Authorization token is for another web_auth_endpoint")]
    Endpoint,
    /// A parameter and the claim of the same name differ, or only one of them is there.
    #[error("the Authorization token's {0} is not the request's")]
    Parameter(&'static str),
}

impl ProofError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::ProofInvalid
    }
}

#[cfg(test)]
mod tests;
