//! The part of Stellar's XDR that a wallet needs: version 1 transactions of a few operations.
//!
//! Other transactions are refused with the name of the unsupported part. Property tests compare
//! this subset with `stellar-xdr`, which
//! would make the compressed npm package 50 KB larger.

use thiserror::Error;

use crate::{
    account::{Account, PublicKey},
    ed25519::Claim,
    memo::Memo,
    network::Network,
    wire,
};

mod codec;
mod operation;
mod unsigned;

use codec::{Reader, Writer};
pub use operation::{Asset, ChangeTrust, ManageData, Operation, Payment};
pub use unsigned::Unsigned;

/// The longest envelope that is read, in bytes. A challenge has less than 2 KB; 100 ManageData
/// operations of the largest size and 20 signatures fit.
pub const MAX_ENVELOPE: usize = 50_000;

/// A transaction and the signatures over it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Envelope {
    /// The transaction that is signed.
    pub transaction: Transaction,
    /// The signatures, at most 20.
    pub signatures: Vec<DecoratedSignature>,
}

/// A version 1 transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Transaction {
    /// The account that pays the fee and whose sequence number is used.
    pub source: MuxedAccount,
    /// The fee in stroops, for all operations together.
    pub fee: u32,
    /// The sequence number of the source account that the transaction uses.
    pub sequence: i64,
    /// The time bounds. Other preconditions are not supported.
    pub time_bounds: Option<TimeBounds>,
    /// The memo, a text or number for the receiver.
    pub memo: Memo,
    /// The operations, at most 100.
    pub operations: Vec<Operation>,
}

/// The time bounds of a transaction, in Unix seconds, inclusive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TimeBounds {
    /// The first second.
    pub min: u64,
    /// The last second; 0 means no end.
    pub max: u64,
}

/// An account, or with an id one of its users.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MuxedAccount {
    /// The account's key.
    pub key: PublicKey,
    /// The user's id, if it is muxed.
    pub id: Option<u64>,
}

impl From<PublicKey> for MuxedAccount {
    fn from(key: PublicKey) -> Self {
        Self { key, id: None }
    }
}

impl From<MuxedAccount> for Account {
    fn from(MuxedAccount { key, id }: MuxedAccount) -> Self {
        id.map_or(Self::Key(key), |id| Self::Muxed { key, id })
    }
}

/// A signature, with a hint at the key that made it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecoratedSignature {
    /// The last four bytes of the public key.
    pub hint: [u8; 4],
    /// The signature, at most 64 bytes.
    pub signature: Vec<u8>,
}

impl DecoratedSignature {
    /// The claim that `key` made this signature over `hash`; `None` if the hint is that of another
    /// key.
    pub fn claim(&self, key: &PublicKey, hash: &[u8; 32]) -> Option<Claim> {
        let hinted = self.hint == key.hint();
        hinted.then(|| Claim::new(*key, hash, &self.signature)).flatten()
    }

    /// Whether `key` made this signature over `hash`.
    #[cfg(feature = "ed25519")]
    pub fn is_by(&self, key: &PublicKey, hash: &[u8; 32]) -> bool {
        self.hint == key.hint() && key.verify(hash, &self.signature)
    }
}

impl Transaction {
    /// The hash that signatures cover: SHA-256 of network id, envelope type and transaction
    /// (HZ-04).
    pub fn hash(&self, network: &Network) -> [u8; 32] {
        Unsigned::of(self).hash(network)
    }

    fn write(&self, w: &mut Writer) {
        self.source.write(w);
        w.u32(self.fee);
        w.u64(self.sequence.cast_unsigned());
        w.option(self.time_bounds, |w, TimeBounds { min, max }| {
            w.u64(min);
            w.u64(max);
        });
        match &self.memo {
            Memo::None => w.u32(0),
            Memo::Text(text) => {
                w.u32(1);
                w.opaque(text);
            }
            Memo::Id(id) => {
                w.u32(2);
                w.u64(*id);
            }
            Memo::Hash(hash) => {
                w.u32(3);
                w.bytes(hash);
            }
            Memo::Return(hash) => {
                w.u32(4);
                w.bytes(hash);
            }
        }
        w.u32(self.operations.len() as u32);
        for operation in &self.operations {
            operation.write(w);
        }
        w.u32(0);
    }

    fn read(r: &mut Reader<'_>) -> Self {
        let source = MuxedAccount::read(r);
        let fee = r.u32();
        let sequence = r.u64().cast_signed();
        let time_bounds = TimeBounds::read_preconditions(r);
        let memo = match r.u32() {
            0 => Memo::None,
            1 => Memo::Text(r.opaque(28)),
            2 => Memo::Id(r.u64()),
            3 => Memo::Hash(r.array()),
            4 => Memo::Return(r.array()),
            _ => {
                r.fail(XdrError::Malformed);
                Memo::None
            }
        };
        let operations = r.list(100, Operation::read);
        match r.u32() {
            0 => {}
            1 => r.fail(XdrError::Unsupported("contract data (a Soroban transaction)")),
            _ => r.fail(XdrError::Malformed),
        }
        Self { source, fee, sequence, time_bounds, memo, operations }
    }
}

impl TimeBounds {
    /// Reads preconditions. Those of the second kind may hold time bounds and nothing else.
    fn read_preconditions(r: &mut Reader<'_>) -> Option<Self> {
        match r.u32() {
            0 => None,
            1 => Some(Self::read(r)),
            2 => {
                let bounds = r.option(Self::read);
                // Ledger bounds and minimum sequence number, as options; minimum age, minimum ledger gap;
                // the number of extra signers.
                if r.array() != [0; 4 + 4 + 8 + 4 + 4] {
                    r.fail(XdrError::Unsupported("preconditions beyond time bounds"));
                }
                bounds
            }
            _ => {
                r.fail(XdrError::Malformed);
                None
            }
        }
    }

    fn read(r: &mut Reader<'_>) -> Self {
        Self { min: r.u64(), max: r.u64() }
    }
}

impl Envelope {
    /// Reads an envelope from base64.
    ///
    /// # Errors
    ///
    /// The text is not base64 or not XDR, is longer than [`MAX_ENVELOPE`], has extra bytes, or is a
    /// transaction that is not supported.
    pub fn from_base64(text: &str) -> Result<Self, XdrError> {
        Unsigned::from_base64(text).map(|(_, envelope)| envelope)
    }

    /// Reads an envelope from bytes.
    ///
    /// # Errors
    ///
    /// As [`from_base64`](Self::from_base64).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, XdrError> {
        Unsigned::from_bytes(bytes.into()).map(|(_, envelope)| envelope)
    }

    /// The bytes of the envelope.
    pub fn to_bytes(&self) -> Vec<u8> {
        Unsigned::of(&self.transaction).signed(&self.signatures)
    }

    /// The envelope in base64.
    pub fn to_base64(&self) -> String {
        wire::base64(&self.to_bytes())
    }
}

impl MuxedAccount {
    fn write(&self, w: &mut Writer) {
        match self.id {
            None => w.u32(0),
            Some(id) => {
                w.u32(0x100);
                // In XDR the id comes before the key, in a strkey after it (S23-24).
                w.u64(id);
            }
        }
        w.bytes(self.key.as_bytes());
    }

    fn read(r: &mut Reader<'_>) -> Self {
        let id = match r.u32() {
            0 => None,
            0x100 => Some(r.u64()),
            _ => {
                r.fail(XdrError::Malformed);
                None
            }
        };
        Self { key: PublicKey::from_bytes(r.array()), id }
    }
}

/// The error when an envelope is refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum XdrError {
    /// Not standard base64 with padding.
    #[error("not base64 (standard alphabet, with padding)")]
    NotBase64,
    /// Longer than [`MAX_ENVELOPE`].
    #[error("longer than {MAX_ENVELOPE} bytes")]
    TooLong,
    /// The bytes end before the transaction does.
    #[error("the transaction is cut short")]
    Truncated,
    /// Bytes follow the last signature.
    #[error("{0} bytes follow the transaction")]
    TrailingBytes(usize),
    /// The bytes have a value that XDR does not allow.
    #[error("not a Stellar transaction envelope")]
    Malformed,
    /// The envelope is valid in Stellar, but not supported here.
    #[error("{0} is not accepted here")]
    Unsupported(&'static str),
    /// The operation is not accepted here. Contains its number in Stellar's XDR.
    #[error(
        "an operation of type {0} ({name}) is not accepted here",
        name = operation_name(*.0)
    )]
    Operation(u32),
}

const fn operation_name(number: u32) -> &'static str {
    match number {
        0 => "CreateAccount",
        1 => "Payment",
        2 | 13 => "PathPayment",
        5 => "SetOptions",
        6 => "ChangeTrust",
        8 => "AccountMerge",
        _ => "see Stellar's operation types",
    }
}
