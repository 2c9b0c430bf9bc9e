//! The nine kinds of strkey, told apart strictly.
//!
//! Read and written here and not by `stellar-strkey`, which brings a general base32 of its own: together 20 KB of code that
//! every browser would download. That library is the tests' oracle: what it says of a text, this says too.

use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use super::{PublicKey, SecretKey};
use crate::wire::Base;

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
    SignedPayload {
        /// Whose signature it is.
        key: PublicKey,
        /// What it is over: 1 to 64 bytes.
        payload: Vec<u8>,
    },
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
        let mut buffer = Buffer::default();
        let (kind, payload) = read(text, &mut buffer)?;
        let key = array(payload);
        Ok(match kind {
            Kind::Account => Self::Account(PublicKey(*key)),
            Kind::Muxed => Self::Muxed { key: PublicKey(*key), id: muxed_id(payload) },
            Kind::Secret => Self::Secret(SecretKey::from_seed(key)),
            Kind::PreAuthTx => Self::PreAuthTx(*key),
            Kind::HashX => Self::HashX(*key),
            Kind::SignedPayload => {
                let payload = signed(payload).unwrap_or_default().into();
                Self::SignedPayload { key: PublicKey(*key), payload }
            }
            Kind::Contract => Self::Contract(*key),
            Kind::LiquidityPool => Self::LiquidityPool(*key),
            Kind::ClaimableBalance => Self::ClaimableBalance(*array(&payload[1..])),
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
            Self::SignedPayload { .. } => Kind::SignedPayload,
            Self::Contract(_) => Kind::Contract,
            Self::LiquidityPool(_) => Kind::LiquidityPool,
            Self::ClaimableBalance(_) => Kind::ClaimableBalance,
        }
    }
}

/// The text of the strkey. A secret is shown as `S...`, never whole.
impl fmt::Display for Strkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let payload = match self {
            Self::Account(key) => key.0.to_vec(),
            Self::Muxed { key, id } => [&key.0[..], &id.to_be_bytes()].concat(),
            Self::Secret(_) => return f.write_str("S..."),
            Self::PreAuthTx(hash)
            | Self::HashX(hash)
            | Self::Contract(hash)
            | Self::LiquidityPool(hash) => hash.to_vec(),
            Self::SignedPayload { key, payload } => {
                let length = (payload.len() as u32).to_be_bytes();
                let padding = &[0; 3][..padding(payload.len())];
                [&key.0[..], &length, payload, padding].concat()
            }
            Self::ClaimableBalance(hash) => [&[0][..], hash].concat(),
        };
        f.write_str(&write(self.kind(), &payload))
    }
}

/// The longest payload: a key, a length, 64 bytes.
const MAX_PAYLOAD: usize = 100;

/// Version byte, payload and checksum, for as long as they are looked at: they may be a secret.
pub(super) struct Buffer(Zeroizing<[u8; 1 + MAX_PAYLOAD + 2]>);

impl Default for Buffer {
    fn default() -> Self {
        Self(Zeroizing::new([0; _]))
    }
}

/// Kind and payload of a strkey. The payload is one that the kind can have.
#[inline(never)]
pub(super) fn read<'a>(
    text: &str,
    buffer: &'a mut Buffer,
) -> Result<(Kind, &'a [u8]), StrkeyError> {
    let checked = |buffer: &'a [u8], count: usize| {
        let (bytes, checksum) = buffer[..count].split_last_chunk()?;
        let (version, payload) = bytes.split_first()?;
        let kind = Kind::of(*version)?;
        let good = match kind {
            Kind::Muxed => payload.len() == 40,
            Kind::SignedPayload => signed(payload).is_some(),
            // Only version 0 is known.
            Kind::ClaimableBalance => payload.len() == 33 && payload[0] == 0,
            _ => payload.len() == 32,
        };
        (good && crc(bytes) == *checksum).then_some((kind, payload))
    };
    Base::Base32
        .read(text.as_bytes(), &mut *buffer.0)
        .and_then(|count| checked(&*buffer.0, count))
        .ok_or(StrkeyError::Malformed)
}

/// The text of a strkey, in memory that is wiped when dropped.
#[inline(never)]
pub(super) fn write(kind: Kind, payload: &[u8]) -> Zeroizing<String> {
    let mut buffer = Buffer::default();
    let end = 1 + payload.len();
    buffer.0[0] = kind as u8;
    buffer.0[1..end].copy_from_slice(payload);
    let checksum = crc(&buffer.0[..end]);
    buffer.0[end..end + 2].copy_from_slice(&checksum);
    let mut text = Zeroizing::new(String::new());
    Base::Base32.write(&buffer.0[..end + 2], &mut text);
    text
}

/// The 32 bytes with which all payloads but one kind's begin.
pub(super) fn array(payload: &[u8]) -> &[u8; 32] {
    payload.first_chunk().unwrap_or(&[0; 32])
}

/// The last eight bytes of the payload of `M…`.
pub(super) fn muxed_id(payload: &[u8]) -> u64 {
    u64::from_be_bytes(payload.last_chunk().copied().unwrap_or_default())
}

/// What is signed, in the payload of `P…`: it stands behind its length, which must be 1 to 64, and before zeros (S23-14 to S23-17).
fn signed(payload: &[u8]) -> Option<&[u8]> {
    let (_, rest) = payload.split_at_checked(32)?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (signed, zeros) = rest.split_at_checked(length)?;
    let good = (1..=64).contains(&length) && zeros.len() == padding(length);
    (good && zeros.iter().all(|byte| *byte == 0)).then_some(signed)
}

/// How many zeros make `length` a multiple of four.
const fn padding(length: usize) -> usize {
    (4 - length % 4) % 4
}

/// CRC-16/XMODEM, the lower byte first.
fn crc(bytes: &[u8]) -> [u8; 2] {
    let mut crc = 0_u16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = crc << 1 ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 };
        }
    }
    crc.to_le_bytes()
}

/// The kinds of strkey, by their first letter. Their numbers are the version bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `G…`, an account.
    Account = 6 << 3,
    /// `M…`, a muxed account.
    Muxed = 12 << 3,
    /// `S…`, a secret seed.
    Secret = 18 << 3,
    /// `T…`, the hash of a pre-authorised transaction.
    PreAuthTx = 19 << 3,
    /// `X…`, a hash whose preimage signs.
    HashX = 23 << 3,
    /// `P…`, a signer of one payload.
    SignedPayload = 15 << 3,
    /// `C…`, a contract.
    Contract = 2 << 3,
    /// `L…`, a liquidity pool.
    LiquidityPool = 11 << 3,
    /// `B…`, a claimable balance.
    ClaimableBalance = 1 << 3,
}

impl Kind {
    /// The kind of a strkey.
    ///
    /// # Errors
    ///
    /// As [`Strkey::parse`].
    pub fn read(text: &str) -> Result<Self, StrkeyError> {
        read(text, &mut Buffer::default()).map(|(kind, _)| kind)
    }

    /// The kind whose strkeys begin with this byte. `W…` is a proposal that no network knows yet (S23-21).
    fn of(version: u8) -> Option<Self> {
        const KINDS: [Kind; 9] = [
            Kind::Account,
            Kind::Muxed,
            Kind::Secret,
            Kind::PreAuthTx,
            Kind::HashX,
            Kind::SignedPayload,
            Kind::Contract,
            Kind::LiquidityPool,
            Kind::ClaimableBalance,
        ];
        KINDS.into_iter().find(|kind| *kind as u8 == version)
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
