//! The bytes that signatures cover.

use sha2::{Digest as _, Sha256};

use super::{
    DecoratedSignature, Envelope, MAX_ENVELOPE, Transaction, XdrError,
    codec::{Reader, Writer},
};
use crate::{network::Network, wire};

const ENVELOPE_TX_V0: u32 = 0;
const ENVELOPE_TX: u32 = 2;
const ENVELOPE_TX_FEE_BUMP: u32 = 5;

/// The bytes of an envelope without its signatures. A transaction has only one encoding: equal
/// bytes mean the same transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unsigned(Vec<u8>);

impl Unsigned {
    /// Reads the envelope of a challenge from base64. It must have ManageData operations only, so
    /// that a signer of challenges never signs a payment.
    ///
    /// # Errors
    ///
    /// As [`Envelope::from_base64`], or another operation.
    pub fn read(text: &str) -> Result<(Self, Envelope), XdrError> {
        let (unsigned, envelope) = Self::from_base64(text)?;
        match envelope.transaction.operations.iter().find(|operation| operation.data().is_none()) {
            Some(operation) => Err(XdrError::Operation(operation.number())),
            None => Ok((unsigned, envelope)),
        }
    }

    pub(super) fn from_base64(text: &str) -> Result<(Self, Envelope), XdrError> {
        if text.len() > MAX_ENVELOPE {
            return Err(XdrError::TooLong);
        }
        Self::from_bytes(wire::from_base64(text).ok_or(XdrError::NotBase64)?)
    }

    pub(super) fn from_bytes(mut bytes: Vec<u8>) -> Result<(Self, Envelope), XdrError> {
        let mut r = Reader::new(&bytes);
        match r.u32() {
            ENVELOPE_TX => {}
            ENVELOPE_TX_V0 => r.fail(XdrError::Unsupported("a version 0 envelope")),
            ENVELOPE_TX_FEE_BUMP => r.fail(XdrError::Unsupported("a fee bump envelope")),
            _ => r.fail(XdrError::Malformed),
        }
        let transaction = Transaction::read(&mut r);
        let length = bytes.len() - r.left();
        let signatures =
            r.list(20, |r| DecoratedSignature { hint: r.array(), signature: r.opaque(64) });
        r.end()?;
        bytes.truncate(length);
        Ok((Self(bytes), Envelope { transaction, signatures }))
    }

    pub(super) fn of(transaction: &Transaction) -> Self {
        let mut w = Writer::default();
        w.u32(ENVELOPE_TX);
        transaction.write(&mut w);
        Self(w.finish())
    }

    /// The hash that signatures cover: SHA-256 of network id, envelope type and transaction
    /// (HZ-04).
    pub fn hash(&self, network: &Network) -> [u8; 32] {
        Sha256::digest([&network.id(), &self.0[..]].concat()).into()
    }

    /// The envelope with these signatures.
    pub fn signed(&self, signatures: &[DecoratedSignature]) -> Vec<u8> {
        let mut w = Writer::default();
        w.bytes(&self.0);
        w.u32(signatures.len() as u32);
        for DecoratedSignature { hint, signature } in signatures {
            w.bytes(hint);
            w.opaque(signature);
        }
        w.finish()
    }
}
