//! Addresses and keys as text. `stellar-strkey` parses and prints them; this module converts to the
//! types of this crate.

use std::fmt;

use stellar_strkey::{
    ClaimableBalance, Contract, HashX, LiquidityPool, MuxedContract, PreAuthTx, Strkey as Library,
    ed25519::{MuxedAccount, PrivateKey, SignedPayload},
};
use thiserror::Error;

use super::{PublicKey, SecretKey};

/// A strkey of any kind ([SEP-23]).
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
        /// The user's id: any unsigned 64-bit number.
        id: u64,
    },
    /// `S…`
    Secret(SecretKey),
    /// `T…`
    PreAuthTx([u8; 32]),
    /// `X…`
    HashX([u8; 32]),
    /// `P…`
    SignedPayload {
        /// The key that signs.
        key: PublicKey,
        /// The payload that it signs: 1 to 64 bytes.
        payload: Vec<u8>,
    },
    /// `C…`
    Contract([u8; 32]),
    /// `L…`
    LiquidityPool([u8; 32]),
    /// `B…`: the hash of a version 0 claimable balance.
    ClaimableBalance([u8; 32]),
    /// `W…`: one user of a contract, told apart by an id. A destination of payments, nothing else
    /// (S23-26).
    MuxedContract {
        /// The contract underneath.
        contract: [u8; 32],
        /// The user's id: any unsigned 64-bit number.
        id: u64,
    },
}

impl Strkey {
    /// Reads a strkey of any kind; the text is neither trimmed nor upper-cased.
    ///
    /// # Errors
    ///
    /// [`StrkeyError::Malformed`], which carries no part of the text (S23-23).
    pub fn parse(text: &str) -> Result<Self, StrkeyError> {
        // The library has a separate function for secrets, whose memory is wiped.
        if text.starts_with('S') {
            let key = PrivateKey::from_string(text).map_err(|_| StrkeyError::Malformed)?;
            return Ok(Self::Secret(SecretKey::from_seed(&key.0)));
        }
        let key = |bytes: &[u8; 32]| PublicKey::from_bytes(*bytes);
        Ok(match Library::from_string(text).map_err(|_| StrkeyError::Malformed)? {
            Library::PublicKeyEd25519(account) => Self::Account(key(&account.0)),
            Library::MuxedAccountEd25519(muxed) => {
                Self::Muxed { key: key(&muxed.ed25519), id: muxed.id }
            }
            Library::PreAuthTx(PreAuthTx(hash)) => Self::PreAuthTx(hash),
            Library::HashX(HashX(hash)) => Self::HashX(hash),
            Library::SignedPayloadEd25519(signed) => {
                Self::SignedPayload { key: key(signed.ed25519()), payload: signed.payload().into() }
            }
            Library::Contract(Contract(hash)) => Self::Contract(hash),
            Library::LiquidityPool(LiquidityPool(hash)) => Self::LiquidityPool(hash),
            Library::ClaimableBalance(ClaimableBalance::V0(hash)) => Self::ClaimableBalance(hash),
            Library::MuxedContract(MuxedContract { contract_id, id }) => {
                Self::MuxedContract { contract: contract_id, id }
            }
        })
    }

    /// The kind of the strkey.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Account(_) => Kind::Account,
            Self::Muxed { .. } => Kind::Muxed,
            Self::Secret(_) => Kind::Secret,
            Self::PreAuthTx(_) => Kind::PreAuthTx,
            Self::HashX(_) => Kind::HashX,
            Self::SignedPayload { .. } => Kind::SignedPayload,
            Self::Contract(_) => Kind::Contract,
            Self::LiquidityPool(_) => Kind::LiquidityPool,
            Self::ClaimableBalance(_) => Kind::ClaimableBalance,
            Self::MuxedContract { .. } => Kind::MuxedContract,
        }
    }

    /// The error for a strkey that should have been of another kind.
    pub(super) const fn is_not(&self, expected: Kind) -> StrkeyError {
        StrkeyError::WrongKind { expected, found: self.kind() }
    }
}

/// The text of the strkey. A secret is shown as `S...`, never whole. A signed payload that is empty
/// or longer than 64 bytes has no text: formatting it fails.
impl fmt::Display for Strkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(key) => key.fmt(f),
            Self::Muxed { key, id } => MuxedAccount { ed25519: key.0, id: *id }.fmt(f),
            Self::Secret(_) => f.write_str("S..."),
            Self::PreAuthTx(hash) => PreAuthTx(*hash).fmt(f),
            Self::HashX(hash) => HashX(*hash).fmt(f),
            Self::SignedPayload { key, payload } => {
                SignedPayload::new(key.0, payload).map_err(|_| fmt::Error)?.fmt(f)
            }
            Self::Contract(hash) => Contract(*hash).fmt(f),
            Self::LiquidityPool(hash) => LiquidityPool(*hash).fmt(f),
            Self::ClaimableBalance(hash) => ClaimableBalance::V0(*hash).fmt(f),
            Self::MuxedContract { contract, id } => {
                MuxedContract { contract_id: *contract, id: *id }.fmt(f)
            }
        }
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
    /// `W…`, a muxed contract.
    MuxedContract,
}

impl Kind {
    /// The kind of a strkey.
    ///
    /// # Errors
    ///
    /// As [`Strkey::parse`].
    pub fn read(text: &str) -> Result<Self, StrkeyError> {
        Strkey::parse(text).map(|strkey| strkey.kind())
    }
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
            Self::MuxedContract => "a muxed contract (W...), which can only receive payments",
        })
    }
}

/// The error of parsing a strkey. Never contains the text, which could be a secret (S23-23).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum StrkeyError {
    /// The letters, length, checksum, algorithm or padding are wrong.
    #[error("not a valid Stellar address: check for missing, added or changed characters")]
    Malformed,
    /// The strkey is valid, but another kind is required.
    #[error("expected {expected}, got {found}")]
    WrongKind {
        /// The required kind.
        expected: Kind,
        /// The kind of the strkey.
        found: Kind,
    },
}
