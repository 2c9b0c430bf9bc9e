//! Sessions: the tokens that sign-in gives out and every other protocol asks for.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header::AUTHORIZATION, request::Parts},
};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use thiserror::Error;
use windlass_core::{account::Account, problem::Code, sep10::Claims};

use crate::{Error, clock::Clock};

/// Gives out and checks session tokens: HS256, each key with an id, so that keys can be changed while sessions live.
///
/// Its secret is for sessions alone: a token of any other kind is signed with another one.
#[derive(Clone)]
pub struct Sessions(Arc<Inner>);

struct Inner {
    issuer: String,
    keys: Vec<Key>,
    clock: Clock,
}

struct Key {
    id: String,
    sign: EncodingKey,
    verify: DecodingKey,
}

impl Sessions {
    /// The shortest secret, in bytes (RFC 7518, section 3.2).
    pub const MIN_SECRET: usize = 32;

    /// Sessions of `issuer` (a URI). The first key signs, all of them verify: put a new one in front, and drop the old one when
    /// its last token has expired.
    ///
    /// # Errors
    ///
    /// There is no key, or one is too short.
    pub fn new(
        issuer: impl Into<String>,
        keys: &[(String, Vec<u8>)],
        clock: Clock,
    ) -> Result<Self, WeakSecret> {
        if keys.is_empty() || keys.iter().any(|(_, secret)| secret.len() < Self::MIN_SECRET) {
            return Err(WeakSecret);
        }
        let keys = keys
            .iter()
            .map(|(id, secret)| Key {
                id: id.clone(),
                sign: EncodingKey::from_secret(secret),
                verify: DecodingKey::from_secret(secret),
            })
            .collect();
        Ok(Self(Arc::new(Inner { issuer: issuer.into(), keys, clock })))
    }

    /// Who issues the tokens: their `iss`.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// A token with these claims.
    ///
    /// # Errors
    ///
    /// Internal only.
    pub fn issue(&self, claims: &Claims) -> Result<String, Error> {
        let key = self.0.keys.first().ok_or_else(|| Error::Internal(Box::new(WeakSecret)))?;
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        encode(&header, claims, &key.sign).map_err(|error| Error::Internal(error.into()))
    }

    /// The claims of a token that is one of ours and has not expired (S10-121 to S10-123).
    ///
    /// # Errors
    ///
    /// It is not ours, was changed, or has expired.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        // A token without a key id is tried with the first key; one with an unknown id is nobody's.
        let key = match header.kid {
            Some(id) => self.0.keys.iter().find(|key| key.id == id),
            None => self.0.keys.first(),
        };
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&self.0.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // The library reads the machine's clock; ours is an argument.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &key.ok_or(TokenError::Invalid)?.verify, &validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        if self.0.clock.now() >= claims.exp {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

/// The user behind a request: whoever has one has an authenticated one.
#[derive(Clone, Copy, Debug)]
pub struct Subject(pub Account);

impl<S> FromRequestParts<S> for Subject
where
    Sessions: FromRef<S>,
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
        Ok(Self(Sessions::from_ref(state).verify(token.trim())?.sub))
    }
}

/// Why a token was refused: 401 in every case (S12-05).
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TokenError {
    /// No `Authorization: Bearer …`.
    #[error("sign in first and send the token as \"Authorization: Bearer <token>\"")]
    Missing,
    /// Not ours, or changed.
    #[error("the token is not valid here: sign in again")]
    Invalid,
    /// It was.
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

/// Sessions need at least one secret of at least 32 bytes.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error(
    "the session secret must have at least {} bytes: make one with `windlass keygen`",
    Sessions::MIN_SECRET
)]
pub struct WeakSecret;
