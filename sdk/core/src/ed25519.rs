//! Claims about signatures, and verified claims.
//!
//! With the feature `ed25519`, ed25519-dalek verifies signatures. Browsers have Ed25519 built in,
//! which is faster and needs no download: there the rules return [`Claim`]s, and get back those
//! that are [`Verified`].

use crate::account::PublicKey;

/// The claim that a key made this signature over this message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Claim {
    /// The key that allegedly signed.
    pub key: PublicKey,
    /// The message that was allegedly signed.
    pub message: Vec<u8>,
    /// The signature.
    pub signature: [u8; 64],
}

impl Claim {
    /// A claim, if the signature can be valid.
    ///
    /// `None` if the signature has another length; if the signature or the key is a point of small
    /// order (S10-101), which can be valid for messages that were never signed; or if the scalar is
    /// not below the group's order, which turns a known signature into another one (RFC 8032,
    /// section 5.1.7). Not every library checks this.
    pub fn new(key: PublicKey, message: &[u8], signature: &[u8]) -> Option<Self> {
        let signature: [u8; 64] = signature.try_into().ok()?;
        let (point, scalar) = signature.split_at(32);
        let weak = is_of_small_order(key.as_bytes()) || is_of_small_order(point);
        let reduced = scalar.iter().rev().lt(ORDER.iter().rev());
        (reduced && !weak).then(|| Self { key, message: message.to_vec(), signature })
    }

    /// Whether the signature is valid.
    #[cfg(feature = "ed25519")]
    pub fn holds(&self) -> bool {
        self.key.verify(&self.message, &self.signature)
    }
}

/// Claims that were verified.
#[derive(Clone, Debug, Default)]
pub struct Verified(Vec<Claim>);

impl Verified {
    /// Verifies the claims and keeps the true ones.
    #[cfg(feature = "ed25519")]
    pub fn of(mut claims: Vec<Claim>) -> Self {
        claims.retain(Claim::holds);
        Self(claims)
    }

    /// These claims, which the caller has verified.
    pub const fn these(claims: Vec<Claim>) -> Self {
        Self(claims)
    }

    /// Whether a verified claim says that `key` made this signature over `message`.
    pub fn has(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        self.by(key, message).any(|claim| claim.signature == *signature)
    }

    /// The verified signatures of `key` over `message`.
    pub fn by<'a>(
        &'a self,
        key: &'a PublicKey,
        message: &'a [u8],
    ) -> impl Iterator<Item = &'a Claim> {
        self.0.iter().filter(move |claim| claim.key == *key && claim.message == message)
    }
}

/// The order of the group, little-endian: 2^252 + 27742317777372353535851937790883648493.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Whether these 32 bytes encode one of the eight points of small order, in any encoding.
fn is_of_small_order(bytes: &[u8]) -> bool {
    // The last bit is the sign of x.
    SMALL_ORDER.iter().any(|point| point[..31] == bytes[..31] && point[31] == bytes[31] & 0x7f)
}

/// The y coordinates of the points of small order, little-endian: 0, 1, two of order eight, -1, and
/// 0 and 1 again with the field's prime added.
const SMALL_ORDER: [[u8; 32]; 7] = [
    small(0),
    small(1),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    large(0xec),
    large(0xed),
    large(0xee),
];

const fn small(first: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = first;
    bytes
}

const fn large(first: u8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = first;
    bytes[31] = 0x7f;
    bytes
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::VerifyingKey;
    use proptest::prelude::*;

    use super::*;
    use crate::account::SecretKey;

    // S10-101
    #[test]
    fn points_of_small_order_equal_the_librarys() {
        for point in SMALL_ORDER {
            for sign in [0, 0x80] {
                let mut bytes = point;
                bytes[31] |= sign;
                assert!(is_of_small_order(&bytes));
                if let Ok(key) = VerifyingKey::from_bytes(&bytes) {
                    assert!(key.is_weak(), "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn weak_key_gives_no_claim() {
        let key = SecretKey::from_seed(&[7; 32]);
        let signature = key.sign(b"m");
        assert!(Claim::new(key.public(), b"m", &signature).is_some_and(|claim| claim.holds()));
        assert_eq!(Claim::new(PublicKey::from_bytes(small(1)), b"m", &signature), None);
        assert_eq!(Claim::new(key.public(), b"m", &[small(1), [0; 32]].concat()), None);
        assert_eq!(Claim::new(key.public(), b"m", &signature[1..]), None);
    }

    // WebKitGTK's WebCrypto accepts such a signature.
    #[test]
    fn signature_with_an_unreduced_scalar_gives_no_claim() {
        let key = SecretKey::from_seed(&[7; 32]);
        let good = key.sign(b"m");
        for times in 0..=15_u8 {
            let mut signature = good;
            for _ in 0..times {
                let mut carry = 0;
                for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
                    carry += u16::from(*byte) + u16::from(order);
                    *byte = carry.to_le_bytes()[0];
                    carry >>= 8;
                }
            }
            assert_eq!(Claim::new(key.public(), b"m", &signature).is_some(), times == 0);
        }
        let with = |scalar: [u8; 32]| [&good[..32], &scalar].concat();
        assert_eq!(Claim::new(key.public(), b"m", &with(ORDER)), None);
        let mut below = ORDER;
        below[0] -= 1;
        assert!(Claim::new(key.public(), b"m", &with(below)).is_some());
    }

    #[test]
    fn verified_contains_only_true_claims() {
        let key = SecretKey::from_seed(&[7; 32]);
        let (good, other) = (key.sign(b"m"), key.sign(b"n"));
        let claims = [&good, &other].map(|it| Claim::new(key.public(), b"m", it).unwrap());
        let verified = Verified::of(claims.into());
        assert!(verified.has(&key.public(), b"m", &good));
        assert!(!verified.has(&key.public(), b"m", &other));
        assert!(!verified.has(&key.public(), b"n", &other));
        assert!(!verified.has(&SecretKey::from_seed(&[8; 32]).public(), b"m", &good));
    }

    proptest! {
        #[test]
        fn ordinary_keys_are_not_weak(seed: [u8; 32]) {
            prop_assert!(!is_of_small_order(SecretKey::from_seed(&seed).public().as_bytes()));
        }
    }
}
