//! The bytes that signatures cover.

use sha2::{Digest as _, Sha256};

use super::{
    DecoratedSignature, Envelope, MAX_ENVELOPE, Transaction, XdrError,
    codec::{Reader, Writer},
};
use crate::{network::Network, wire};

const ENVELOPE_TX_V0: u32 = 0;
const ENVELOPE_TX: u32 = 2;
const KEY_TYPE_ED25519: u32 = 0;
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
        // Some libraries wrap base64 in lines. A blank within it may have been a plus sign in a form.
        let text: String = text.trim_ascii().lines().collect();
        Self::from_bytes(wire::from_base64(&text).ok_or(XdrError::NotBase64)?)
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<(Self, Envelope), XdrError> {
        let mut bytes = as_version_1(bytes);
        let mut r = Reader::new(&bytes);
        match r.u32() {
            ENVELOPE_TX => {}
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

/// An envelope of version 0 as one of version 1. Both have the same hash: in version 0 the type of the
/// source's key is left out, and all that follows is the same, except that only time bounds may be
/// preconditions.
fn as_version_1(bytes: Vec<u8>) -> Vec<u8> {
    /// Where the preconditions of version 0 begin: after the envelope's type, source, fee and sequence.
    const PRECONDITIONS: usize = 4 + 32 + 4 + 8;
    match bytes.strip_prefix(&ENVELOPE_TX_V0.to_be_bytes()) {
        Some(rest) if bytes.get(PRECONDITIONS..).is_some_and(is_option) => {
            [&ENVELOPE_TX.to_be_bytes()[..], &KEY_TYPE_ED25519.to_be_bytes(), rest].concat()
        }
        _ => bytes,
    }
}

/// Whether XDR begins with an optional value. A higher number would name preconditions of version 1.
const fn is_option(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 0, 0 | 1, ..])
}
