//! Accounts and keys, parsed once ([SEP-23]).
//!
//! [SEP-23]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md

use std::{fmt, str::FromStr};

#[cfg(feature = "ed25519")]
use ed25519_dalek::{Signature, Signer as _, SigningKey as Inner, VerifyingKey};
use serde::{Deserialize, Serialize};
use stellar_strkey::ed25519;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{
    memo::{self, MemoError},
    wire::text_form,
};

mod strkey;

pub use strkey::{Kind, Strkey, StrkeyError};

/// An ed25519 public key, written `G…`: the plain address of an account or of a signer.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key with these bytes, which are not checked. If they are not a point on the curve, no
    /// signature verifies.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes of the key.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The last four bytes: the hint that a signature carries about its key.
    pub const fn hint(&self) -> [u8; 4] {
        [self.0[28], self.0[29], self.0[30], self.0[31]]
    }

    /// Whether `signature` is a signature of `message` by this key, by the strict rules (S10-101).
    #[cfg(feature = "ed25519")]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let (Ok(key), Ok(signature)) =
            (VerifyingKey::from_bytes(&self.0), Signature::from_slice(signature))
        else {
            return false;
        };
        key.verify_strict(message, &signature).is_ok()
    }
}

impl FromStr for PublicKey {
    type Err = StrkeyError;

    fn from_str(text: &str) -> Result<Self, StrkeyError> {
        match Strkey::parse(text)? {
            Strkey::Account(key) => Ok(key),
            other => Err(other.is_not(Kind::Account)),
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ed25519::PublicKey(self.0).fmt(f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(PublicKey);

/// An ed25519 secret seed, written `S…`. It is wiped when dropped and never printed (S23-22).
#[derive(Clone)]
pub struct SecretKey(Inner);

/// Without the feature `ed25519`: the seed alone, boxed so that moving the key leaves no copy
/// behind.
#[cfg(not(feature = "ed25519"))]
type Inner = Box<Zeroizing<[u8; 32]>>;

impl SecretKey {
    /// The key of this 32-byte seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        #[cfg(feature = "ed25519")]
        let key = Inner::from_bytes(seed);
        #[cfg(not(feature = "ed25519"))]
        let key = Inner::new((*seed).into());
        Self(key)
    }

    /// The seed itself, for a signer outside this crate.
    pub fn seed(&self) -> &[u8; 32] {
        #[cfg(feature = "ed25519")]
        return self.0.as_bytes();
        #[cfg(not(feature = "ed25519"))]
        &self.0
    }

    /// The address that belongs to this key.
    #[cfg(feature = "ed25519")]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The ed25519 signature over `message`.
    #[cfg(feature = "ed25519")]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// The seed as `S…`, in memory that is wiped when dropped. Show it to its owner only, never log
    /// it.
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::default();
        ed25519::PrivateKey(*self.seed()).as_unredacted().write_string(&mut text);
        Zeroizing::new(text.as_str().into())
    }
}

impl FromStr for SecretKey {
    type Err = StrkeyError;

    fn from_str(text: &str) -> Result<Self, StrkeyError> {
        match Strkey::parse(text)? {
            Strkey::Secret(key) => Ok(key),
            other => Err(other.is_not(Kind::Secret)),
        }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

/// The user who signs in: an account, one user of a shared account, or a muxed account.
///
/// Its text is the `sub` claim of a SEP-10 token (S10-115): `G…`, `G…:<memo>` or `M…`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Account {
    /// `G…`: the account itself.
    Key(PublicKey),
    /// `G…:<memo>`: one user of an account that many share, told apart by a memo of type id.
    Shared {
        /// The account that is shared.
        key: PublicKey,
        /// The user's memo.
        memo: u64,
    },
    /// `M…`: one user of a shared account, with the user's id inside the address.
    Muxed {
        /// The account underneath.
        key: PublicKey,
        /// The user's id.
        id: u64,
    },
}

impl Account {
    /// Reads the `account` and `memo` of a challenge request (S10-11 to S10-14).
    ///
    /// # Errors
    ///
    /// The address is not `G…` or `M…`, the memo is not an unsigned 64-bit number, or there is a
    /// memo together with `M…`.
    pub fn from_request(account: &str, memo: Option<&str>) -> Result<Self, AccountError> {
        match (Strkey::parse(account)?, memo) {
            (Strkey::Account(key), None) => Ok(Self::Key(key)),
            (Strkey::Account(key), Some(memo)) => {
                Ok(Self::Shared { key, memo: memo::parse_id(memo)? })
            }
            (Strkey::Muxed { key, id }, None) => Ok(Self::Muxed { key, id }),
            (Strkey::Muxed { .. }, Some(_)) => Err(AccountError::MuxedWithMemo),
            (other, _) => Err(other.is_not(Kind::Account).into()),
        }
    }

    /// The key of the account on the ledger. Its signers and thresholds authorize a sign-in.
    pub const fn key(&self) -> PublicKey {
        match self {
            Self::Key(key) | Self::Shared { key, .. } | Self::Muxed { key, .. } => *key,
        }
    }

    /// The memo of a shared account. A muxed account has none: its id is in the address.
    pub const fn memo(&self) -> Option<u64> {
        match self {
            Self::Shared { memo, .. } => Some(*memo),
            Self::Key(_) | Self::Muxed { .. } => None,
        }
    }

    /// The memo or muxed id, which distinguishes the users of one account.
    pub const fn user(&self) -> Option<u64> {
        match self {
            Self::Key(_) => None,
            Self::Shared { memo, .. } => Some(*memo),
            Self::Muxed { id, .. } => Some(*id),
        }
    }

    /// The address without a memo: `G…`, or `M…` for a muxed account.
    pub const fn without_memo(&self) -> Self {
        match self {
            Self::Shared { key, .. } => Self::Key(*key),
            other => *other,
        }
    }
}

/// Reads the `sub` claim of a token, strictly (S10-123).
impl FromStr for Account {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        match text.split_once(':') {
            Some((address, memo)) => Self::from_request(address, Some(memo)),
            None => Self::from_request(text, None),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(f),
            Self::Shared { key, memo } => write!(f, "{key}:{memo}"),
            Self::Muxed { key, id } => ed25519::MuxedAccount { ed25519: key.0, id: *id }.fmt(f),
        }
    }
}

impl From<PublicKey> for Account {
    fn from(key: PublicKey) -> Self {
        Self::Key(key)
    }
}

text_form!(Account);

/// Why an account or its memo was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum AccountError {
    /// The address is not a `G…` or `M…` account.
    #[error(transparent)]
    Address(#[from] StrkeyError),
    /// The memo is not of type id.
    #[error(transparent)]
    Memo(#[from] MemoError),
    /// A memo was given together with a muxed account, whose address contains the user's id.
    #[error("a muxed account (M...) takes no memo: its id is in the address")]
    MuxedWithMemo,
}

#[cfg(test)]
mod tests {
    use super::*;

    const G: &str = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
    const M0: &str = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";

    #[test]
    fn subject_round_trips_in_all_three_forms() {
        for text in [G, M0, &format!("{G}:0"), &format!("{G}:18446744073709551615")] {
            assert_eq!(text.parse::<Account>().unwrap().to_string(), *text);
        }
    }

    #[test]
    fn subject_is_parsed_strictly() {
        for text in [
            "",
            ":",
            G.trim_end_matches('Z'),
            &format!("{G}:"),
            &format!("{G}:+1"),
            &format!("{G}:01"),
            &format!("{M0}:1"),
            &format!("{G}:1:2"),
            &format!(" {G}"),
        ] {
            assert!(text.parse::<Account>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn memo_with_a_muxed_account_is_refused() {
        assert_eq!(Account::from_request(M0, Some("1")), Err(AccountError::MuxedWithMemo));
    }

    // S23-22: compiles only if dropping a key wipes it.
    #[test]
    fn secret_key_is_wiped_when_dropped() {
        fn wiped(_: &impl zeroize::ZeroizeOnDrop) {}
        wiped(&SecretKey::from_seed(&[7; 32]).0);
    }

    #[test]
    fn secret_key_signs_and_debug_does_not_show_it() {
        let secret = SecretKey::from_seed(&[7; 32]);
        assert_eq!(format!("{secret:?}"), "SecretKey");
        assert!(secret.public().verify(b"m", &secret.sign(b"m")));
        assert!(!secret.public().verify(b"n", &secret.sign(b"m")));
        assert_eq!(secret.reveal().parse::<SecretKey>().unwrap().public(), secret.public());
    }
}
