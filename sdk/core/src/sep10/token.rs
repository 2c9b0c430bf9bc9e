//! The claims of a session's token.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use thiserror::Error;

use crate::{account::Account, json, wire};

/// The claims of a SEP-10 token (S10-114 to S10-119).
#[skip_serializing_none]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Claims {
    /// A URI that names the issuer.
    pub iss: String,
    /// The account that signed in.
    pub sub: Account,
    /// The time of issue, in Unix seconds.
    pub iat: u64,
    /// The time of expiry, in Unix seconds.
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
        let iss = iss.into();
        Self { iss, sub, iat, exp, jti: None, client_domain: None, home_domain: None }
    }

    /// Reads the claims of a token without checking its signature, because the key is the anchor's
    /// own (S10-72).
    ///
    /// For wallets, which got the token from the anchor over https, to know when to sign in again.
    /// Servers must not use this.
    ///
    /// # Errors
    ///
    /// The text is not a JSON web token with these claims.
    pub fn peek(token: &str) -> Result<Self, ClaimsError> {
        let mut parts = token.split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ClaimsError);
        };
        let payload = wire::from_base64url(payload).ok_or(ClaimsError)?;
        json::from_slice(&payload).map_err(|_| ClaimsError)
    }
}

/// The token is not a JSON web token with the claims of SEP-10.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("the token is not a JSON web token with iss, sub, iat and exp")]
pub struct ClaimsError;
