//! How the anchor and the business behind an HTTP hook know each other: HMAC-SHA256 with a shared secret.
//!
//! Header [`HEADER`]: `t=<unix seconds>, kid=<key id>, v1=<hex>`, where `v1` is the HMAC over
//! `<t>.<what>.<idempotency key>.<body>`. In a request `what` is the operation, such as `customers/get`; in an answer it is
//! the status, such as `200`, and the key that of the request. So nothing can be taken for something else, and no answer
//! for that to another request.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

/// The name of the header, in requests and in answers.
pub const HEADER: &str = "Windlass-Signature";
/// The header that is the same whenever a request is sent again.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// How far the two clocks may be apart, in seconds, and how long a request may be on its way.
pub const TOLERANCE: u64 = 300;

/// The fewest bytes of a secret.
const SHORTEST: usize = 32;

/// A secret that two servers share, and its name.
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

    /// The value of the header.
    pub fn sign(&self, what: &str, idempotency_key: &str, body: &[u8], now: u64) -> String {
        let t = now.to_string();
        let tag = self.mac(&t, what, idempotency_key, body).finalize().into_bytes();
        format!("t={t}, kid={}, v1={}", self.id, HEX.encode(&tag))
    }

    /// Checks the header of what came.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
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
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("any length will do");
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

/// Why a secret cannot be used.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum WeakKey {
    /// It would break the header.
    #[error("key_id: \"{0}\" must be made of letters, digits, -, _ and .")]
    Id(String),
    /// It could be guessed.
    #[error("secret: must be at least 32 bytes, in base64")]
    Secret,
}

/// Why a signature was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// No header, or not in its form.
    #[error("the {HEADER} header must be t=<unix seconds>, kid=<key id>, v1=<hex>")]
    Malformed,
    /// Too old, or the clocks disagree.
    #[error(
        "signed at {at}, which is more than {TOLERANCE} seconds from {now}: compare the clocks"
    )]
    Stale {
        /// Signed when.
        at: u64,
        /// Received when.
        now: u64,
    },
    /// By a key that is not known.
    #[error("signed with another key than the configured one")]
    OtherKey,
    /// Another secret, or something was changed.
    #[error("the signature is wrong: compare the secrets")]
    Wrong,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    #[test]
    fn what_was_signed_is_known_again_and_nothing_else_is() {
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

    /// The same as any other implementation gets: `printf '1000.customers/get.k1.{}' | openssl dgst -sha256 -hmac …`
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
