//! The signed token that may come with a request for a challenge (S10-24 to S10-36).
//!
//! It identifies the application: the wallet's server signs it with the client domain's key, or the
//! wallet signs it with the account's key. It is not a session token.

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

/// `{"alg":"EdDSA"}` in base64url, as in the SEP's examples.
const HEADER: &str = "eyJhbGciOiJFZERTQSJ9";

/// The request that a token authorizes.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// The complete `WEB_AUTH_ENDPOINT` URL.
    pub endpoint: &'a str,
    /// The request's parameters.
    pub request: &'a GetChallenge,
    /// The current time, in Unix seconds.
    pub now: u64,
}

impl Proof<'_> {
    /// How long a token is valid, in seconds (S10-36).
    pub const LIFETIME: u64 = 900;
    /// How far in the future a token may be issued, in seconds, because clocks differ (S10-31).
    pub const TOLERANCE: u64 = 60;
    /// The longest token that is read, in bytes.
    pub const MAX_BYTES: usize = 4096;

    /// The text to sign, for an external key.
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

/// The answer of a wallet's server that has signed a [`Proof::message`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Vouched {
    /// The signature of the client domain's key, in base64.
    pub signature: String,
}

/// The claims of a new token: times, endpoint, and the parameters of the request.
#[derive(Serialize)]
struct NewClaims<'a> {
    iat: u64,
    exp: u64,
    web_auth_endpoint: &'a str,
    #[serde(flatten)]
    request: &'a GetChallenge,
}

/// The claims of a received token. Other claims are ignored.
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
    /// Checks that the token is valid now. Returns its time of issue.
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

/// `typ` is not required: the SEP's examples have none (S10-25).
#[derive(Deserialize)]
struct Header {
    alg: String,
    /// Extensions that must be understood (RFC 7515, section 4.1.11). None is, so a token with
    /// `crit` is refused.
    crit: Option<IgnoredAny>,
}

/// Checks the header of a [`Proof::message`] and returns the encoded claims.
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

/// The error when a token does not authorize a request.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ProofError {
    /// The text is not a JSON web token with the required claims and their types.
    #[error("the Authorization token is not a JSON web token with iat, exp and web_auth_endpoint")]
    Unreadable,
    /// The algorithm is not EdDSA.
    #[error("the Authorization token must be signed with EdDSA")]
    Algorithm,
    /// The signature is not by the required key: the client domain's if the request names one, the
    /// account's otherwise.
    #[error("the Authorization token is not signed by {0}")]
    Signature(PublicKey),
    /// The token has expired.
    #[error("the Authorization token expired at {at}, now {now}")]
    Expired {
        /// The token's `exp`.
        at: u64,
        /// The current time, in Unix seconds.
        now: u64,
    },
    /// The token was issued in the future.
    #[error("the Authorization token is from the future: issued at {from}, now {now}")]
    NotYetValid {
        /// The token's `iat`.
        from: u64,
        /// The current time, in Unix seconds.
        now: u64,
    },
    /// The token is for another server.
    #[error("the Authorization token is for another web_auth_endpoint")]
    Endpoint,
    /// A parameter and the claim with the same name differ, or only one of them exists.
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
