//! The nine kinds of strkey, told apart strictly.

use core::fmt;

use stellar_strkey::{Strkey as Decoded, ed25519};
use thiserror::Error;

use super::{PublicKey, SecretKey};

/// A strkey of any kind that Stellar has today ([SEP-23]).
///
/// [SEP-23]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Strkey {
    /// `G…`
    Account(PublicKey),
    /// `M…`
    Muxed {
        /// The account underneath.
        key: PublicKey,
        /// The id, the full unsigned 64-bit range.
        id: u64,
    },
    /// `S…`
    Secret(SecretKey),
    /// `T…`
    PreAuthTx([u8; 32]),
    /// `X…`
    HashX([u8; 32]),
    /// `P…`
    SignedPayload(ed25519::SignedPayload),
    /// `C…`
    Contract([u8; 32]),
    /// `L…`
    LiquidityPool([u8; 32]),
    /// `B…`: the hash of a version 0 claimable balance.
    ClaimableBalance([u8; 32]),
}

impl Strkey {
    /// Reads a strkey of any kind; the text is neither trimmed nor upper-cased.
    ///
    /// # Errors
    ///
    /// [`StrkeyError::Malformed`], which carries no part of the text (S23-23).
    pub fn parse(text: &str) -> Result<Self, StrkeyError> {
        if text.len() > Decoded::MAX_ENCODED_LEN {
            return Err(StrkeyError::Malformed);
        }
        if text.starts_with('S') {
            let key = ed25519::PrivateKey::from_string(text).map_err(|_| StrkeyError::Malformed)?;
            return Ok(Self::Secret(SecretKey::from_seed(&key.0)));
        }
        Ok(match Decoded::from_string(text).map_err(|_| StrkeyError::Malformed)? {
            Decoded::PublicKeyEd25519(key) => Self::Account(PublicKey(key.0)),
            Decoded::MuxedAccountEd25519(muxed) => {
                Self::Muxed { key: PublicKey(muxed.ed25519), id: muxed.id }
            }
            Decoded::PreAuthTx(hash) => Self::PreAuthTx(hash.0),
            Decoded::HashX(hash) => Self::HashX(hash.0),
            Decoded::SignedPayloadEd25519(payload) => Self::SignedPayload(payload),
            Decoded::Contract(hash) => Self::Contract(hash.0),
            Decoded::LiquidityPool(hash) => Self::LiquidityPool(hash.0),
            Decoded::ClaimableBalance(stellar_strkey::ClaimableBalance::V0(hash)) => {
                Self::ClaimableBalance(hash)
            }
            // `W…` is a proposal that no network knows yet (S23-21).
            Decoded::MuxedContract(_) => return Err(StrkeyError::Malformed),
        })
    }

    /// Which of the nine kinds it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Account(_) => Kind::Account,
            Self::Muxed { .. } => Kind::Muxed,
            Self::Secret(_) => Kind::Secret,
            Self::PreAuthTx(_) => Kind::PreAuthTx,
            Self::HashX(_) => Kind::HashX,
            Self::SignedPayload(_) => Kind::SignedPayload,
            Self::Contract(_) => Kind::Contract,
            Self::LiquidityPool(_) => Kind::LiquidityPool,
            Self::ClaimableBalance(_) => Kind::ClaimableBalance,
        }
    }
}

/// The text of the strkey. A secret is shown as `S...`, never whole.
impl fmt::Display for Strkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Account(key) => Decoded::PublicKeyEd25519(ed25519::PublicKey(*key.as_bytes())),
            Self::Muxed { key, id } => Decoded::MuxedAccountEd25519(ed25519::MuxedAccount {
                ed25519: *key.as_bytes(),
                id: *id,
            }),
            Self::Secret(_) => return f.write_str("S..."),
            Self::PreAuthTx(hash) => Decoded::PreAuthTx(stellar_strkey::PreAuthTx(*hash)),
            Self::HashX(hash) => Decoded::HashX(stellar_strkey::HashX(*hash)),
            Self::SignedPayload(payload) => Decoded::SignedPayloadEd25519(payload.clone()),
            Self::Contract(hash) => Decoded::Contract(stellar_strkey::Contract(*hash)),
            Self::LiquidityPool(hash) => {
                Decoded::LiquidityPool(stellar_strkey::LiquidityPool(*hash))
            }
            Self::ClaimableBalance(hash) => {
                Decoded::ClaimableBalance(stellar_strkey::ClaimableBalance::V0(*hash))
            }
        };
        f.write_str(&text.to_string())
    }
}

/// The kinds of strkey, by their first letter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `G…`, an account.
    Account,
    /// `M…`, a muxed account.
    Muxed,
    /// `S…`, a secret seed.
    Secret,
    /// `T…`, the hash of a pre-authorised transaction.
    PreAuthTx,
    /// `X…`, a hash whose preimage signs.
    HashX,
    /// `P…`, a signer of one payload.
    SignedPayload,
    /// `C…`, a contract.
    Contract,
    /// `L…`, a liquidity pool.
    LiquidityPool,
    /// `B…`, a claimable balance.
    ClaimableBalance,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Account => "an account (G...)",
            Self::Muxed => "a muxed account (M...)",
            Self::Secret => "a secret key (S...)",
            Self::PreAuthTx => "a pre-authorised transaction (T...)",
            Self::HashX => "a hash signer (X...)",
            Self::SignedPayload => "a signed payload (P...)",
            Self::Contract => "a contract (C...)",
            Self::LiquidityPool => "a liquidity pool (L...)",
            Self::ClaimableBalance => "a claimable balance (B...)",
        })
    }
}

/// Why a strkey was refused. It never holds the text: that could be a secret (S23-23).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum StrkeyError {
    /// Wrong letters, length, checksum, algorithm or padding.
    #[error("not a valid Stellar address: check for missing, added or changed characters")]
    Malformed,
    /// A valid strkey, but of a kind that does not belong here.
    #[error("expected {expected}, got {found}")]
    WrongKind {
        /// What is wanted.
        expected: Kind,
        /// What it is.
        found: Kind,
    },
}

impl StrkeyError {
    pub(super) const fn wrong_kind(expected: Kind, found: &Strkey) -> Self {
        Self::WrongKind { expected, found: found.kind() }
    }
}
