//! Signers: a key in memory, a wallet, a hardware device, a signing service.

use std::future::ready;

use thiserror::Error;
use windlass_core::{account::PublicKey, problem::Code};

use crate::Failure;

mod key;
mod remote;

pub use key::Key;
pub use remote::RemoteSigner;

/// Something that signs transactions with one key.
///
/// It is trusted with nothing else: a transaction that it returns must be unchanged and have a
/// valid signature of [`public_key`](Self::public_key) (S10-68, S43-19).
pub trait Signer {
    /// The key that it signs with: the account's own key, another signer of the account, or a
    /// client domain's key.
    fn public_key(&self) -> PublicKey;

    /// Signs a transaction.
    ///
    /// # Errors
    ///
    /// The user refused, or signing failed.
    fn sign(&self, request: &SignRequest) -> impl Future<Output = Result<Signed, SignerError>>;

    /// Signs the text of a token that identifies the application (S10-28). `None` if the signer
    /// signs only transactions.
    ///
    /// # Errors
    ///
    /// The user refused, or signing failed.
    fn vouch(&self, _: &str) -> impl Future<Output = Result<Option<[u8; 64]>, SignerError>> {
        ready(Ok(None))
    }
}

/// A transaction to sign.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SignRequest {
    /// The transaction envelope in base64. It must not be submitted to the network.
    pub xdr: String,
    /// The network that the signature is for.
    pub network_passphrase: String,
    /// The key that must sign.
    pub address: PublicKey,
    /// The transaction's hash on that network, which a key in memory signs.
    pub hash: [u8; 32],
}

/// The result of signing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Signed {
    /// The signature over the hash, as keys in memory return it.
    Hash([u8; 64]),
    /// The transaction in base64 with the signature added, as wallets return it. The client
    /// verifies it.
    Transaction(String),
}

impl<S: Signer> Signer for &S {
    fn public_key(&self) -> PublicKey {
        (**self).public_key()
    }

    fn sign(&self, request: &SignRequest) -> impl Future<Output = Result<Signed, SignerError>> {
        (**self).sign(request)
    }

    fn vouch(&self, message: &str) -> impl Future<Output = Result<Option<[u8; 64]>, SignerError>> {
        (**self).vouch(message)
    }
}

/// Why a signer did not sign.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum SignerError {
    /// The user refused. Ask again only if the user wants it.
    #[error("the user refused to sign")]
    Refused,
    /// The wallet gives no address.
    #[error(
        "the wallet gives no address: install and unlock it, and allow it to connect to this site"
    )]
    NotConnected,
    /// Signing failed, with the signer's own message.
    #[error("the signer failed: {0}")]
    Failed(#[source] Failure),
}

impl SignerError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused => Code::SignerRefused,
            Self::NotConnected => Code::SignerNotConnected,
            Self::Failed(_) => Code::SignerFailed,
        }
    }
}
