//! A challenge that was opened, that is, checked.

use thiserror::Error;

use super::{
    ChallengeError, ClientDomain, Expect,
    check::{client_domain_of, home_domain_of},
};
#[cfg(feature = "ed25519")]
use crate::account::SecretKey;
use crate::{
    account::{Account, PublicKey},
    ed25519::{Claim, Verified},
    memo::Memo,
    wire,
    xdr::{DecoratedSignature, Envelope, Operation, TimeBounds, Unsigned, XdrError},
};

/// A challenge that follows every rule. Only [`Unopened::open`](super::Unopened::open) makes one,
/// and
/// [`open`](Self::open), which calls it.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub(super) received: Box<Received>,
    #[cfg(feature = "ed25519")]
    pub(super) server: PublicKey,
    account: Account,
}

/// A challenge as it was received, with the signatures that were added since.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) unsigned: Unsigned,
    pub(super) envelope: Envelope,
    pub(super) hash: [u8; 32],
}

impl Challenge {
    pub(super) fn new(
        received: Box<Received>,
        expect: &Expect<'_>,
    ) -> Result<Self, ChallengeError> {
        #[cfg(not(feature = "ed25519"))]
        let _ = expect;
        let Envelope { transaction, .. } = &received.envelope;
        let source = transaction.operations.first().and_then(Operation::source);
        let source = source.ok_or(ChallengeError::NoSource)?;
        let account = match (source.id, &transaction.memo) {
            (Some(id), _) => Account::Muxed { key: source.key, id },
            (None, Memo::Id(memo)) => Account::Shared { key: source.key, memo: *memo },
            (None, _) => Account::Key(source.key),
        };
        Ok(Self {
            received,
            #[cfg(feature = "ed25519")]
            server: expect.server,
            account,
        })
    }

    /// The account that signs in.
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The home domain that the account signs in to.
    pub fn home_domain(&self) -> &str {
        home_domain_of(&self.received.envelope)
            .and_then(|domain| core::str::from_utf8(domain).ok())
            .unwrap_or_default()
    }

    /// The wallet's domain and its key, if the challenge names one.
    pub fn client_domain(&self) -> Option<ClientDomain<'_>> {
        client_domain_of(&self.received.envelope).ok().flatten()
    }

    /// The hash that signatures cover. It is unique for each challenge.
    pub const fn hash(&self) -> &[u8; 32] {
        &self.received.hash
    }

    /// The time at which it expires, in Unix seconds.
    pub fn expires_at(&self) -> u64 {
        let bounds = self.received.envelope.transaction.time_bounds;
        bounds.map_or(0, |TimeBounds { max, .. }| max)
    }

    /// The challenge with its signatures so far, in base64.
    pub fn to_base64(&self) -> String {
        wire::base64(&self.received.unsigned.signed(self.signatures()))
    }

    /// Adds the signature of a key in memory.
    #[cfg(feature = "ed25519")]
    pub fn sign(&mut self, key: &SecretKey) {
        self.add(DecoratedSignature::by(key, self.hash()));
    }

    /// Adds a signature of the [`hash`](Self::hash) by `key`, without verifying it: the caller has
    /// made it.
    pub fn signed(&mut self, key: &PublicKey, signature: [u8; 64]) {
        self.add(DecoratedSignature { hint: key.hint(), signature: signature.into() });
    }

    /// Reads the answer of an external signer: the same transaction, with more signatures (S10-68,
    /// S43-19).
    ///
    /// # Errors
    ///
    /// The signer returned another transaction.
    pub fn returned(&self, signed: &str) -> Result<Returned, SignatureError> {
        let (unsigned, Envelope { signatures, .. }) = Unsigned::read(signed)?;
        if unsigned != self.received.unsigned {
            return Err(SignatureError::Changed);
        }
        Ok(Returned { hash: self.received.hash, signatures })
    }

    /// Adds all signatures that the signer [`returned`](Self::returned), if a verified one of `key`
    /// is among them. The wallet of an account with several signers may add several at once
    /// (S10-69); the anchor checks those of other keys. Earlier signatures of the challenge stay,
    /// even if the signer dropped or reordered them.
    ///
    /// # Errors
    ///
    /// `key` has not signed it.
    pub fn take(
        &mut self,
        returned: Returned,
        key: &PublicKey,
        verified: &Verified,
    ) -> Result<(), SignatureError> {
        let mut signatures = returned.signatures.iter();
        if !signatures.any(|signature| verified.has(key, self.hash(), &signature.signature)) {
            return Err(SignatureError::Missing(*key));
        }
        for signature in returned.signatures {
            if !self.signatures().contains(&signature) {
                self.add(signature);
            }
        }
        Ok(())
    }

    pub(super) fn signatures(&self) -> &[DecoratedSignature] {
        &self.received.envelope.signatures
    }

    fn add(&mut self, signature: DecoratedSignature) {
        self.received.envelope.signatures.push(signature);
    }

    /// Verifies what an external signer returned and adds its signatures, `key`'s among them:
    /// [`returned`](Self::returned) and [`take`](Self::take) in one.
    ///
    /// # Errors
    ///
    /// The signer returned another transaction, or `key` has not signed it.
    #[cfg(feature = "ed25519")]
    pub fn accept(&mut self, signed: &str, key: &PublicKey) -> Result<(), SignatureError> {
        let returned = self.returned(signed)?;
        let verified = Verified::of(returned.claims(key));
        self.take(returned, key, &verified)
    }
}

/// What an external signer returned for a challenge: the same transaction. Its signatures are not verified.
#[derive(Clone, Debug)]
pub struct Returned {
    hash: [u8; 32],
    signatures: Vec<DecoratedSignature>,
}

impl Returned {
    /// The signatures that may be by `key`, to be verified.
    pub fn claims(&self, key: &PublicKey) -> Vec<Claim> {
        self.signatures.iter().filter_map(|signature| signature.claim(key, &self.hash)).collect()
    }
}

/// The error when the answer of an external signer is refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The signer's answer cannot be read.
    #[error("the signer returned something that is not a transaction: {0}")]
    NotReadable(#[from] XdrError),
    /// The signer returned another transaction.
    #[error("the signer returned another transaction than it was given")]
    Changed,
    /// The expected key has not signed.
    #[error("the signer returned no valid signature by {0}")]
    Missing(PublicKey),
}
