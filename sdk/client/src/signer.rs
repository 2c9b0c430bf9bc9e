//! Who signs: a key in memory, a wallet, a device, a server of one's own.

use std::future::ready;

use thiserror::Error;
use windlass_core::{
    account::{PublicKey, SecretKey},
    network::Network,
    problem::Code,
    xdr::{DecoratedSignature, Envelope},
};

mod remote;

pub use remote::RemoteSigner;

/// Something that signs transactions with one key.
///
/// It is trusted with nothing else: what it returns must be the same transaction with a valid signature of
/// [`public_key`](Self::public_key) (S10-68, S43-19).
pub trait Signer {
    /// The key that it signs with: the account's own, another signer of it, or a client domain's.
    fn public_key(&self) -> PublicKey;

    /// Signs a transaction, and returns it in base64 with the signature added.
    ///
    /// # Errors
    ///
    /// The user refused, or it failed.
    fn sign(&self, request: SignRequest) -> impl Future<Output = Result<String, SignerError>>;

    /// Signs the bytes of a token that vouches for the application (S10-28); nothing, if it signs transactions alone.
    ///
    /// # Errors
    ///
    /// The user refused, or it failed.
    fn vouch(&self, _: &str) -> impl Future<Output = Result<Option<[u8; 64]>, SignerError>> {
        ready(Ok(None))
    }
}

/// What is to be signed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SignRequest {
    /// The transaction envelope, in base64. It must not be submitted.
    pub xdr: String,
    /// The network that the signature is for.
    pub network_passphrase: String,
    /// The key that must sign.
    pub address: PublicKey,
}

impl SignRequest {
    /// A request for `address` to sign `xdr` for `network`.
    pub fn new(xdr: String, network: &Network, address: PublicKey) -> Self {
        Self { xdr, network_passphrase: network.passphrase().to_owned(), address }
    }
}

impl Signer for SecretKey {
    fn public_key(&self) -> PublicKey {
        self.public()
    }

    async fn sign(&self, request: SignRequest) -> Result<String, SignerError> {
        sign_with(self, &request.xdr, &Network::new(request.network_passphrase))
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        Ok(Some(Self::sign(self, message.as_bytes())))
    }
}

/// Adds the signature of a key in memory to a transaction of ManageData operations, whatever it says.
///
/// # Errors
///
/// It is no such transaction.
pub fn sign_with(key: &SecretKey, xdr: &str, network: &Network) -> Result<String, SignerError> {
    let mut envelope =
        Envelope::from_base64(xdr).map_err(|error| SignerError::Failed(error.to_string()))?;
    let hash = envelope.transaction.hash(network);
    envelope.signatures.push(DecoratedSignature::by(key, &hash));
    Ok(envelope.to_base64())
}

impl<S: Signer> Signer for &S {
    fn public_key(&self) -> PublicKey {
        (**self).public_key()
    }

    fn sign(&self, request: SignRequest) -> impl Future<Output = Result<String, SignerError>> {
        (**self).sign(request)
    }

    fn vouch(&self, message: &str) -> impl Future<Output = Result<Option<[u8; 64]>, SignerError>> {
        (**self).vouch(message)
    }
}

/// Why a signer did not sign.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum SignerError {
    /// The user said no. Do not ask again unasked.
    #[error("the user refused to sign")]
    Refused,
    /// It failed; what it says of it.
    #[error("the signer failed: {0}")]
    Failed(String),
}

impl SignerError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused => Code::SignerRefused,
            Self::Failed(_) => Code::SignerFailed,
        }
    }
}
