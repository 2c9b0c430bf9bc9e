//! Authentication between the anchor and the server of an HTTP hook: HMAC-SHA256 with a shared
//! secret.
//!
//! The header [`HEADER`] is `t=<unix seconds>, kid=<key id>, v1=<hex>`. `v1` is the HMAC over
//! `<t>.<what>.<idempotency key>.<body>`. In a request `what` is the operation, such as
//! `customers/get`. In a response it is the status, such as `200`, and the idempotency key is that
//! of the request. So a signature is valid for only one operation, and a response only for its own
//! request.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

/// The name of the signature header of requests and responses.
pub const HEADER: &str = "Windlass-Signature";
/// The name of the header that stays the same when a request is repeated.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// The largest age of a signature and difference of the clocks, in seconds.
pub const TOLERANCE: u64 = 300;

/// The shortest secret, in bytes.
const SHORTEST: usize = 32;

/// A secret that two servers share, with its id.
#[derive(Clone)]
pub struct SharedKey {
    id: String,
    secret: Zeroizing<Vec<u8>>,
}

impl SharedKey {
    /// # Errors
    ///
    /// The secret is shorter than 32 bytes, or the id is not made of letters, digits, `-`, `_` and `.`.
    pub fn new(id: &str, secret: &[u8]) -> Result<Self, WeakKey> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if id.is_empty() || !id.bytes().all(plain) {
            return Err(WeakKey::Id(id.to_owned()));
        }
        if secret.len() < SHORTEST {
            return Err(WeakKey::Secret);
        }
        Ok(Self { id: id.to_owned(), secret: Zeroizing::new(secret.to_vec()) })
    }

    /// Signs a request or response, and returns the value of the header.
    pub fn sign(&self, what: &str, idempotency_key: &str, body: &[u8], now: u64) -> String {
        let t = now.to_string();
        let tag = self.mac(&t, what, idempotency_key, body).finalize().into_bytes();
        format!("t={t}, kid={}, v1={}", self.id, HEX.encode(&tag))
    }

    /// Checks the header of a request or response.
    ///
    /// # Errors
    ///
    /// The header is malformed, or the signature is invalid.
    pub fn verify(
        &self,
        header: &str,
        what: &str,
        idempotency_key: &str,
        body: &[u8],
        now: u64,
    ) -> Result<(), SignatureError> {
        let Header { t, kid, v1 } = Header::read(header).ok_or(SignatureError::Malformed)?;
        let at: u64 = t.parse().map_err(|_| SignatureError::Malformed)?;
        if at.abs_diff(now) > TOLERANCE {
            return Err(SignatureError::Stale { at, now });
        }
        if kid != self.id {
            return Err(SignatureError::OtherKey);
        }
        let tag = HEX.decode(v1.as_bytes()).map_err(|_| SignatureError::Malformed)?;
        // In constant time.
        let mac = self.mac(t, what, idempotency_key, body);
        mac.verify_slice(&tag).map_err(|_| SignatureError::Wrong)
    }

    fn mac(&self, t: &str, what: &str, idempotency_key: &str, body: &[u8]) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("keys have any length");
        for part in [t, ".", what, ".", idempotency_key, "."] {
            mac.update(part.as_bytes());
        }
        mac.update(body);
        mac
    }
}

impl fmt::Debug for SharedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedKey({})", self.id)
    }
}

/// The members of the header, each exactly once, in any order.
struct Header<'a> {
    t: &'a str,
    kid: &'a str,
    v1: &'a str,
}

impl<'a> Header<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let (mut t, mut kid, mut v1) = (None, None, None);
        for part in header.split(',') {
            let (name, value) = part.trim().split_once('=')?;
            let slot = match name {
                "t" => &mut t,
                "kid" => &mut kid,
                "v1" => &mut v1,
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return None;
            }
        }
        Some(Self { t: t?, kid: kid?, v1: v1? })
    }
}

/// The error when a secret cannot be used.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum WeakKey {
    /// The id contains characters that would make the header ambiguous.
    #[error("key_id: \"{0}\" must be made of letters, digits, -, _ and .")]
    Id(String),
    /// The secret is too short.
    #[error("secret: must be at least 32 bytes, in base64")]
    Secret,
}

/// The error when a signature is refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The header is missing or malformed.
    #[error("the {HEADER} header must be t=<unix seconds>, kid=<key id>, v1=<hex>")]
    Malformed,
    /// The signature is too old, or the clocks differ.
    #[error(
        "signed at {at}, which is more than {TOLERANCE} seconds from {now}: compare the clocks"
    )]
    Stale {
        /// The time of the signature, in Unix seconds.
        at: u64,
        /// The time of receipt, in Unix seconds.
        now: u64,
    },
    /// The key id is not the configured one.
    #[error("signed with another key than the configured one")]
    OtherKey,
    /// The secret is another one, or the message was modified.
    #[error("the signature is wrong: compare the secrets")]
    Wrong,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    #[test]
    fn signature_is_valid_only_for_the_signed_message() {
        let key = SharedKey::new("main", SECRET).unwrap();
        let header = key.sign("customers/get", "k1", b"{}", 1000);
        let verify = |key: &SharedKey, header: &str, what, idempotency, body: &[u8], now| {
            key.verify(header, what, idempotency, body, now)
        };
        for now in [1000, 1300, 700] {
            assert_eq!(verify(&key, &header, "customers/get", "k1", b"{}", now), Ok(()));
        }
        let stale = Err(SignatureError::Stale { at: 1000, now: 1301 });
        assert_eq!(verify(&key, &header, "customers/get", "k1", b"{}", 1301), stale);
        for (what, idempotency, body) in [
            ("customers/put", "k1", b"{}".as_slice()),
            ("customers/get", "k2", b"{}"),
            ("customers/get", "k1", b"{ }"),
            ("200", "k1", b"{}"),
        ] {
            let refused = verify(&key, &header, what, idempotency, body, 1000);
            assert_eq!(refused, Err(SignatureError::Wrong));
        }
        let other = SharedKey::new("main", b"another secret of thirty-two bytes!").unwrap();
        let refused = verify(&other, &header, "customers/get", "k1", b"{}", 1000);
        assert_eq!(refused, Err(SignatureError::Wrong));
        let renamed = SharedKey::new("next", SECRET).unwrap();
        let refused = verify(&renamed, &header, "customers/get", "k1", b"{}", 1000);
        assert_eq!(refused, Err(SignatureError::OtherKey));
    }

    /// The value can be computed with other tools: `printf '1000.customers/get.k1.{}' | openssl
    /// dgst -sha256 -hmac …`
    #[test]
    fn signature_is_plain_hmac() {
        let key = SharedKey::new("main", SECRET).unwrap();
        let expected =
            "t=1000, kid=main, v1=105e49ed8ec8044920c23a8b211670c03ec65f1f4084cbe76891fadf6416eefb";
        assert_eq!(key.sign("customers/get", "k1", b"{}", 1000), expected);
    }

    #[test]
    fn malformed_headers_are_refused() {
        let key = SharedKey::new("main", SECRET).unwrap();
        for header in [
            "",
            "t=1",
            "t=1, kid=main",
            "t=x, kid=main, v1=00",
            "t=1, t=1, kid=main, v1=00",
            "t=1, kid=main, v1=0g",
            "t",
            "t=1, kid=main, v1=0",
        ] {
            assert_eq!(
                key.verify(header, "a", "b", b"", 1),
                Err(SignatureError::Malformed),
                "{header}"
            );
        }
    }

    #[test]
    fn weak_keys_are_refused() {
        assert!(SharedKey::new("main", &SECRET[1..]).is_err());
        for id in ["", "a b", "a,b", "é"] {
            assert!(SharedKey::new(id, SECRET).is_err(), "{id}");
        }
        assert_eq!(format!("{:?}", SharedKey::new("main", SECRET).unwrap()), "SharedKey(main)");
    }
}
