//! Builds challenges, for anchors.

use thiserror::Error;

use super::{CHALLENGE_LIFETIME, ClientDomain, MAX_HOME_DOMAIN};
use crate::{
    account::{Account, SecretKey},
    memo::Memo,
    network::Network,
    wire,
    xdr::{
        DecoratedSignature, Envelope, ManageData, MuxedAccount, Operation, TimeBounds, Transaction,
    },
};

/// The parts of a new challenge, which [`build`](Self::build) encodes and signs.
#[derive(Clone, Copy, Debug)]
pub struct NewChallenge<'a> {
    /// The account that wants to sign in.
    pub account: &'a Account,
    /// The domain that the account signs in to, at most 59 bytes.
    pub home_domain: &'a str,
    /// The host of the endpoint, with its port unless that is the default (S10-53), at most 64
    /// bytes.
    pub web_auth_domain: &'a str,
    /// The wallet's domain and key, if it proves one (S10-47).
    pub client_domain: Option<ClientDomain<'a>>,
    /// Random bytes from a cryptographic source, new for every challenge (S10-45).
    pub nonce: &'a [u8; 48],
    /// The current time, in Unix seconds. The challenge is valid from now for
    /// [`CHALLENGE_LIFETIME`].
    pub now: u64,
}

impl NewChallenge<'_> {
    /// The challenge, signed by the server's key for the network.
    ///
    /// # Errors
    ///
    /// A domain is empty or too long to be encoded, or the client domain's key is the server's or
    /// the account's (S10-99).
    pub fn build(&self, server: &SecretKey, network: &Network) -> Result<Envelope, BuildError> {
        let own = MuxedAccount::from(server.public());
        within("home domain", self.home_domain, MAX_HOME_DOMAIN)?;
        within("web auth domain", self.web_auth_domain, 64)?;

        let mut operations = vec![
            data(
                self.account.source(),
                format!("{} auth", self.home_domain).as_bytes(),
                wire::base64(self.nonce).as_bytes(),
            ),
            data(own, b"web_auth_domain", self.web_auth_domain.as_bytes()),
        ];
        if let Some(ClientDomain { domain, key }) = self.client_domain {
            within("client domain", domain, 64)?;
            if key == server.public() || key == self.account.key() {
                return Err(BuildError::ClientDomainKey);
            }
            operations.push(data(key.into(), b"client_domain", domain.as_bytes()));
        }

        let transaction = Transaction {
            source: own,
            fee: 100 * operations.len() as u32,
            sequence: 0,
            time_bounds: Some(TimeBounds { min: self.now, max: self.now + CHALLENGE_LIFETIME }),
            memo: self.account.memo().map_or(Memo::None, Memo::Id),
            operations,
        };
        let signature = DecoratedSignature::by(server, &transaction.hash(network));
        Ok(Envelope { transaction, signatures: vec![signature] })
    }
}

fn data(source: MuxedAccount, name: &[u8], value: &[u8]) -> Operation {
    ManageData { source: Some(source), name: name.into(), value: Some(value.into()) }.into()
}

fn within(what: &'static str, text: &str, max: usize) -> Result<(), BuildError> {
    if text.is_empty() || text.len() > max {
        Err(BuildError::Length { what, max, length: text.len() })
    } else {
        Ok(())
    }
}

impl DecoratedSignature {
    /// The signature of `key` over a transaction's hash.
    pub fn by(key: &SecretKey, hash: &[u8; 32]) -> Self {
        Self { hint: key.public().hint(), signature: key.sign(hash).into() }
    }
}

/// The error when a challenge cannot be built.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum BuildError {
    /// A domain is too long for its operation.
    #[error("the {what} must have 1 to {max} bytes, this one has {length}")]
    Length {
        /// The name of the domain, such as `home domain`.
        what: &'static str,
        /// The largest number of bytes.
        max: usize,
        /// The actual number of bytes.
        length: usize,
    },
    /// The client domain has the same key as the anchor or the account, so its signature would
    /// prove nothing.
    #[error("the client domain's key must differ from the anchor's key and from the account's")]
    ClientDomainKey,
}
