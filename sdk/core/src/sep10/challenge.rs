//! A challenge that was opened: whoever holds one holds a checked one.

use alloc::string::String;

use thiserror::Error;

use super::{
    ChallengeError, ClientDomain, Expect,
    check::{client_domain_of, enforce, matching_home_domain},
};
use crate::{
    account::{Account, PublicKey, SecretKey},
    memo::Memo,
    xdr::{DecoratedSignature, Envelope, TimeBounds, XdrError},
};

/// A challenge that keeps every rule. There is no other way to get one than [`open`](Self::open).
#[derive(Clone, Debug)]
pub struct Challenge {
    pub(super) envelope: Envelope,
    pub(super) hash: [u8; 32],
    pub(super) server: PublicKey,
    account: Account,
    home_domain: String,
    client_domain: Option<(String, PublicKey)>,
}

impl Challenge {
    /// Reads a challenge and checks it against what is expected: before signing in a wallet, on return in an anchor.
    ///
    /// The anchor then asks the ledger and calls [`authorize`](Self::authorize).
    ///
    /// # Errors
    ///
    /// The first rule that it breaks, in the order of [`Check`](super::Check).
    pub fn open(xdr: &str, expect: &Expect<'_>) -> Result<Self, ChallengeError> {
        let envelope = Envelope::from_base64(xdr)?;
        let hash = envelope.transaction.hash(expect.network);
        enforce(&envelope, &hash, expect)?;

        let source = envelope
            .transaction
            .operations
            .first()
            .and_then(|operation| operation.source)
            .ok_or(ChallengeError::NoSource)?;
        let account = match (source.id, &envelope.transaction.memo) {
            (Some(id), _) => Account::Muxed { key: source.key, id },
            (None, Memo::Id(memo)) => Account::Shared { key: source.key, memo: *memo },
            (None, _) => Account::Key(source.key),
        };
        let home_domain =
            matching_home_domain(&envelope, expect.home_domains).cloned().unwrap_or_default();
        let client_domain =
            client_domain_of(&envelope)?.map(|ClientDomain { domain, key }| (domain.into(), key));
        Ok(Self { envelope, hash, server: expect.server, account, home_domain, client_domain })
    }

    /// Who signs in.
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The home domain that the account signs in to.
    pub fn home_domain(&self) -> &str {
        &self.home_domain
    }

    /// The wallet's domain and its key, if the challenge names one.
    pub fn client_domain(&self) -> Option<ClientDomain<'_>> {
        self.client_domain.as_ref().map(|(domain, key)| ClientDomain { domain, key: *key })
    }

    /// The hash that signatures cover, and that tells this challenge from every other.
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// When it expires, in Unix seconds.
    pub fn expires_at(&self) -> u64 {
        self.envelope.transaction.time_bounds.map_or(0, |TimeBounds { max, .. }| max)
    }

    /// The challenge with the signatures that it has by now, in base64.
    pub fn to_base64(&self) -> String {
        self.envelope.to_base64()
    }

    /// Adds the signature of a key in memory.
    pub fn sign(&mut self, key: &SecretKey) {
        self.envelope.signatures.push(DecoratedSignature::by(key, &self.hash));
    }

    /// Takes over what a signer outside returned: the same transaction with the signature of `key` added (S10-68, S43-19).
    ///
    /// A wallet may drop or reorder the other signatures; those that were here stay.
    ///
    /// # Errors
    ///
    /// It is another transaction, or `key` has not signed it.
    pub fn accept(&mut self, signed: &str, key: &PublicKey) -> Result<(), SignatureError> {
        let returned = Envelope::from_base64(signed)?;
        if returned.transaction != self.envelope.transaction {
            return Err(SignatureError::Changed);
        }
        let signature = returned
            .signatures
            .into_iter()
            .find(|signature| signature.is_by(key, &self.hash))
            .ok_or(SignatureError::Missing(*key))?;
        if !self.envelope.signatures.contains(&signature) {
            self.envelope.signatures.push(signature);
        }
        Ok(())
    }
}

/// Why the work of a signer outside was refused.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// What came back cannot be read.
    #[error("the signer returned something that is no transaction: {0}")]
    NotReadable(#[from] XdrError),
    /// Another transaction came back.
    #[error("the signer returned another transaction than it was given")]
    Changed,
    /// The expected key has not signed.
    #[error("the signer returned no valid signature by {0}")]
    Missing(PublicKey),
}
