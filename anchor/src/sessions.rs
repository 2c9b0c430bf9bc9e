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

#[cfg(not(target_arch = "wasm32"))]
use {
    crate::config::{SessionAlgorithm, SessionKey},
    windlass_core::account::SecretKey,
    zeroize::Zeroizing,
};

use crate::{
    Error,
    clock::Clock,
    locale::{LocalizedText, MessageId},
};

#[cfg(target_arch = "wasm32")]
#[path = "page/tokens.rs"]
mod tokens;

/// Gives out and checks session tokens: each key with an id, so that keys can be changed while sessions live.
///
/// A key is good for one algorithm, and for sessions alone: a token of any other kind is signed with another key and says
/// so in its `typ`, which is refused here even if the key were the same (RFC 8725, section 3.11).
#[derive(Clone)]
pub struct Sessions(Arc<Inner>);

struct Inner {
    issuer: String,
    keys: Vec<Key>,
    clock: Clock,
}

struct Key {
    id: String,
    algorithm: Algorithm,
    sign: EncodingKey,
    verify: DecodingKey,
}

impl Sessions {
    /// The shortest secret, in bytes (RFC 7518, section 3.2).
    pub const MIN_SECRET: usize = 32;

    /// The `typ` of a session's token.
    const TYPE: &str = "JWT";

    /// Sessions of `issuer` (a URI), signed with HS256; see [`with_keys`](Self::with_keys).
    ///
    /// # Errors
    ///
    /// There is no key, one is too short, or two have the same id.
    pub fn new(
        issuer: impl Into<String>,
        keys: &[(String, Vec<u8>)],
        clock: Clock,
    ) -> Result<Self, WeakSecret> {
        let keys = keys.iter().map(|(id, secret)| Key::hs256(id, secret)).collect();
        Self::of(issuer.into(), keys, clock)
    }

    /// Sessions of `issuer` (a URI). The first key signs, all of them verify.
    ///
    /// To change keys without ending a session: add the new one at the end everywhere, then put it in front everywhere, and
    /// drop the old one when its last token has expired. Servers that are at different steps accept each other's tokens.
    ///
    /// # Errors
    ///
    /// There is no key, one has not the length that it needs, or two have the same id.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn with_keys(
        issuer: impl Into<String>,
        keys: &[SessionKey],
        clock: Clock,
    ) -> Result<Self, WeakSecret> {
        let keys = keys
            .iter()
            .map(|SessionKey { id, algorithm, secret }| match algorithm {
                SessionAlgorithm::Hs256 => Key::hs256(id, &secret.0),
                SessionAlgorithm::EdDsa => Key::eddsa(id, &secret.0),
            })
            .collect();
        Self::of(issuer.into(), keys, clock)
    }

    fn of(issuer: String, keys: Option<Vec<Key>>, clock: Clock) -> Result<Self, WeakSecret> {
        #[cfg(target_arch = "wasm32")]
        tokens::install();
        let keys = keys.filter(|keys| !keys.is_empty()).ok_or(WeakSecret)?;
        let twice = keys
            .iter()
            .enumerate()
            .any(|(i, key)| keys[..i].iter().any(|other| other.id == key.id));
        if twice { Err(WeakSecret) } else { Ok(Self(Arc::new(Inner { issuer, keys, clock }))) }
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
        let key = self.0.keys.first().ok_or_else(|| Error::internal(WeakSecret))?;
        let header = Header {
            typ: Some(Self::TYPE.to_owned()),
            kid: Some(key.id.clone()),
            ..Header::new(key.algorithm)
        };
        encode(&header, claims, &key.sign).map_err(Error::internal)
    }

    /// The claims of a token that is one of ours and has not expired (S10-121 to S10-123).
    ///
    /// # Errors
    ///
    /// It is not ours, was changed, or has expired.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        if header.typ.is_some_and(|kind| kind != Self::TYPE) {
            return Err(TokenError::Invalid);
        }
        // A token without a key id is tried with the first key; one with an unknown id is nobody's.
        let key = match header.kid {
            Some(id) => self.0.keys.iter().find(|key| key.id == id),
            None => self.0.keys.first(),
        };
        let key = key.ok_or(TokenError::Invalid)?;
        // The key's algorithm, whatever the token says of itself (RFC 8725, section 3.1).
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.0.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // The library reads the machine's clock; ours is an argument.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &key.verify, &validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        if self.0.clock.now() >= claims.exp {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

impl Key {
    fn hs256(id: &str, secret: &[u8]) -> Option<Self> {
        (secret.len() >= Sessions::MIN_SECRET).then(|| Self {
            id: id.to_owned(),
            algorithm: Algorithm::HS256,
            sign: EncodingKey::from_secret(secret),
            verify: DecodingKey::from_secret(secret),
        })
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn eddsa(id: &str, seed: &[u8]) -> Option<Self> {
        /// What stands before the seed in the DER of RFC 8410, section 7.
        const PKCS8: [u8; 16] =
            [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
        let public = SecretKey::from_seed(seed.try_into().ok()?).public();
        Some(Self {
            id: id.to_owned(),
            algorithm: Algorithm::EdDSA,
            sign: EncodingKey::from_ed_der(&Zeroizing::new([&PKCS8[..], seed].concat())),
            verify: DecodingKey::from_ed_der(public.as_bytes()),
        })
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
    /// The token was not given out here, or was changed.
    #[error("the token is not valid here: sign in again")]
    Invalid,
    /// The token has expired.
    #[error("the token has expired: sign in again")]
    Expired,
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

/// Sessions need at least one secret of at least 32 bytes, or a seed of just so many, and an id for each.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error(
    "there must be a session key, each with an id of its own and at least {min} bytes of secret, for EdDSA exactly {min}: make one with `windlass keygen`",
    min = Sessions::MIN_SECRET
)]
pub struct WeakSecret;

#[cfg(test)]
mod tests;
