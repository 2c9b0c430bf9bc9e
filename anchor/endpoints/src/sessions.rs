//! Sessions: the tokens that SEP-10 issues and all other protocols require.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header::AUTHORIZATION, request::Parts},
};
use windlass_core::{account::Account, problem::Code, sep10::Claims};

use crate::{
    Error,
    locale::{LocalizedText, MessageId},
};

/// Signs session tokens and verifies them.
pub trait Tokens: Send + Sync {
    /// The `iss` claim of each token, a URI.
    fn issuer(&self) -> &str;

    /// Signs a token with these claims.
    ///
    /// # Errors
    ///
    /// The server cannot sign, which is an internal error.
    fn issue(&self, claims: &Claims) -> Result<String, Error>;

    /// Verifies a token that [`issue`](Self::issue) has signed, and returns its claims (S10-121 to
    /// S10-123).
    ///
    /// # Errors
    ///
    /// The token is from another issuer, was modified, is of another kind, or has expired.
    fn verify(&self, token: &str) -> Result<Claims, TokenError>;
}

/// An extractor for the authenticated account, from the token in the `Authorization` header.
///
/// A handler that takes it is called only with a valid token.
#[derive(Clone, Copy, Debug)]
pub struct Subject(pub Account);

impl<S> FromRequestParts<S> for Subject
where
    Arc<dyn Tokens>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let mut headers = parts.headers.get_all(AUTHORIZATION).iter();
        let (Some(header), None) = (headers.next(), headers.next()) else {
            return Err(TokenError::Missing.into());
        };
        let (scheme, token) = header
            .to_str()
            .ok()
            .and_then(|text| text.split_once(' '))
            .ok_or(TokenError::Missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(TokenError::Missing.into());
        }
        let tokens = <Arc<dyn Tokens>>::from_ref(state);
        Ok(Self(tokens.verify(token.trim())?.sub))
    }
}

/// The error when a token is refused: always 401 (S12-05).
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The request has no `Authorization: Bearer …`.
    #[error("sign in first and send the token as \"Authorization: Bearer <token>\"")]
    Missing,
    /// The token was not issued here, or was modified.
    #[error("the token is not valid here: sign in again")]
    Invalid,
    /// The token has expired.
    #[error("the token has expired: sign in again")]
    Expired,
}

impl TokenError {
    /// The stable code.
    pub const fn code(self) -> Code {
        match self {
            Self::Missing => Code::TokenMissing,
            Self::Invalid => Code::TokenInvalid,
            Self::Expired => Code::TokenExpired,
        }
    }
}

impl From<TokenError> for LocalizedText {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Missing => {
                let header = "\"Authorization: Bearer <token>\"";
                Self::from(MessageId::TokenMissing).with("header", header)
            }
            TokenError::Invalid => MessageId::TokenInvalid.into(),
            TokenError::Expired => MessageId::TokenExpired.into(),
        }
    }
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::new(error.code(), error)
    }
}
