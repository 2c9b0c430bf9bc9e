//! Session tokens: JWTs, signed and verified by `jsonwebtoken`.

use std::sync::Arc;

use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::Deserialize;
use thiserror::Error as ThisError;
use windlass_core::{account::SecretKey, sep10::Claims};
use zeroize::Zeroizing;

pub use windlass_endpoints::sessions::{Subject, TokenError, Tokens};

use crate::{Error, Secret, clock::Clock};

/// Signs and verifies session tokens. Each key has an id, so that keys can be rotated while
/// sessions are valid.
///
/// A key is for one algorithm and for session tokens only. Other kinds of tokens have other keys
/// and another `typ`, which is refused here even if the key is the same (RFC 8725, section 3.11).
/// Cheap to clone.
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

/// The claims of a token that comes back. The server issues none with `nbf`; another system that
/// has the key may.
#[derive(Deserialize)]
struct Received {
    #[serde(flatten)]
    claims: Claims,
    nbf: Option<f64>,
}

impl Sessions {
    /// The shortest secret, in bytes (RFC 7518, section 3.2).
    pub const MIN_SECRET: usize = 32;

    /// The `typ` of session tokens.
    const TYPE: &str = "JWT";

    /// Sessions with this `iss` (a URI), signed with HS256; see [`with_keys`](Self::with_keys).
    ///
    /// # Errors
    ///
    /// There is no key, a key is too short, or two have the same id.
    pub fn new(
        issuer: impl Into<String>,
        keys: &[(String, Vec<u8>)],
        clock: Clock,
    ) -> Result<Self, WeakSecret> {
        let keys = keys.iter().map(|(id, secret)| Key::hs256(id, secret)).collect();
        Self::of(issuer.into(), keys, clock)
    }

    /// Sessions with this `iss` (a URI). The first key signs, all of them verify.
    ///
    /// To rotate keys without ending a session: append the new key on every server, then move it to
    /// the front on every server, and remove the old key when its last token has expired. Servers
    /// that are at different steps accept each other's tokens.
    ///
    /// # Errors
    ///
    /// There is no key, a key has the wrong length, or two have the same id.
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
        let keys = keys.filter(|keys| !keys.is_empty()).ok_or(WeakSecret)?;
        let twice = keys
            .iter()
            .enumerate()
            .any(|(i, key)| keys[..i].iter().any(|other| other.id == key.id));
        if twice { Err(WeakSecret) } else { Ok(Self(Arc::new(Inner { issuer, keys, clock }))) }
    }
}

impl Tokens for Sessions {
    fn issuer(&self) -> &str {
        &self.0.issuer
    }

    fn issue(&self, claims: &Claims) -> Result<String, Error> {
        let key = self.0.keys.first().ok_or_else(|| Error::internal(WeakSecret))?;
        let header = Header {
            typ: Some(Self::TYPE.to_owned()),
            kid: Some(key.id.clone()),
            ..Header::new(key.algorithm)
        };
        encode(&header, claims, &key.sign).map_err(Error::internal)
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        if header.typ.is_some_and(|kind| kind != Self::TYPE) {
            return Err(TokenError::Invalid);
        }
        // A token without a key id is verified with the first key.
        let key = match header.kid {
            Some(id) => self.0.keys.iter().find(|key| key.id == id),
            None => self.0.keys.first(),
        };
        let key = key.ok_or(TokenError::Invalid)?;
        // Uses the algorithm of the key, not the one that the token names (RFC 8725, section 3.1).
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.0.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // Checked below with this server's clock; the library would read the system clock.
        validation.validate_exp = false;
        let Received { claims, nbf } =
            decode(token, &key.verify, &validation).map_err(|_| TokenError::Invalid)?.claims;
        let now = self.0.clock.now();
        if nbf.is_some_and(|begin| (now as f64) < begin) {
            return Err(TokenError::Invalid);
        }
        if now >= claims.exp {
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

    fn eddsa(id: &str, seed: &[u8]) -> Option<Self> {
        /// The DER prefix of an Ed25519 private key (RFC 8410, section 7). The seed follows.
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

/// A key for session tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionKey {
    /// The `kid` in the header of each token.
    pub id: String,
    /// The signature algorithm, by default HS256.
    #[serde(default)]
    pub algorithm: SessionAlgorithm,
    /// The secret: at least 32 bytes, in base64; exactly 32 for EdDSA.
    pub secret: Secret<Vec<u8>>,
}

/// The signature algorithm of session tokens.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
pub enum SessionAlgorithm {
    /// HMAC: the same secret signs and verifies.
    #[default]
    #[serde(rename = "HS256")]
    Hs256,
    /// Ed25519: the secret is the seed of the private key.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// The session keys are invalid.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ThisError)]
#[error(
    "there must be a session key; each needs a different id and a secret of at least {min} bytes, for EdDSA exactly {min}: generate one with `windlass keygen`",
    min = Sessions::MIN_SECRET
)]
pub struct WeakSecret;

#[cfg(test)]
mod tests;
