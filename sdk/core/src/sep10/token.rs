//! The claims of a session's token.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_with::skip_serializing_none;
use thiserror::Error;

use crate::{
    account::Account,
    json::{self, JsonError},
    wire,
};

/// The claims of a SEP-10 token (S10-114 to S10-119).
#[skip_serializing_none]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Claims {
    /// A URI that names the issuer. An anchor always sets it; a wallet does not need it.
    pub iss: Option<String>,
    /// The account that signed in.
    pub sub: Account,
    /// The time of issue, in Unix seconds. An anchor always sets it; a wallet does not need it.
    #[serde(default, deserialize_with = "some_numeric_date")]
    pub iat: Option<u64>,
    /// The time of expiry, in Unix seconds.
    #[serde(deserialize_with = "numeric_date")]
    pub exp: u64,
    /// The challenge's hash, in hex.
    pub jti: Option<String>,
    /// The wallet's domain, if it was proved.
    pub client_domain: Option<String>,
    /// The home domain signed in to.
    pub home_domain: Option<String>,
}

impl Claims {
    /// The claims that every token has.
    pub fn new(iss: impl Into<String>, sub: Account, iat: u64, exp: u64) -> Self {
        let (iss, iat) = (Some(iss.into()), Some(iat));
        Self { iss, sub, iat, exp, jti: None, client_domain: None, home_domain: None }
    }

    /// Reads the claims of a token without checking its signature, because the key is the anchor's
    /// own (S10-72).
    ///
    /// For wallets, which got the token from the anchor over https, to know when to sign in again.
    /// Servers must not use this.
    ///
    /// A claim that a wallet does not need may be missing or of the wrong type.
    ///
    /// # Errors
    ///
    /// The text is not a JSON web token, or its `sub` or `exp` is missing or malformed.
    pub fn peek(token: &str) -> Result<Self, ClaimsError> {
        let mut parts = token.split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ClaimsError::NotAToken);
        };
        let payload = wire::from_base64url(payload).ok_or(ClaimsError::NotAToken)?;
        match json::from_slice_leniently(&payload) {
            Ok(claims) => Ok(claims.value),
            Err(error) if error.has_wrong_type() => Err(ClaimsError::Claim(error)),
            Err(_) => Err(ClaimsError::NotAToken),
        }
    }
}

/// Why the claims of a token cannot be read. The message shows no part of the token.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ClaimsError {
    /// It does not have the three parts of a JSON web token.
    #[error("the token is not a JSON web token")]
    NotAToken,
    /// A claim is missing or of the wrong type.
    #[error("the token's claims: {0}")]
    Claim(JsonError),
}

/// Reads a number of seconds. A NumericDate may have a fraction (RFC 7519, section 2), which is cut off.
fn numeric_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let seconds = f64::deserialize(deserializer).ok().filter(|seconds| *seconds >= 0.0);
    seconds.map(|seconds| seconds as u64).ok_or_else(|| D::Error::custom("must be Unix seconds"))
}

fn some_numeric_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    numeric_date(deserializer).map(Some)
}
