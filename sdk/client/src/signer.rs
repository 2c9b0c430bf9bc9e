//! Who signs: a key in memory, a wallet, a device, a server of one's own.

use std::future::ready;

use thiserror::Error;
use windlass_core::{account::PublicKey, problem::Code, says};

mod key;
mod remote;

pub use key::Key;
pub use remote::RemoteSigner;

/// Something that signs transactions with one key.
///
/// It is trusted with nothing else: a transaction that it returns must be the same with a valid signature of
/// [`public_key`](Self::public_key) (S10-68, S43-19).
pub trait Signer {
    /// The key that it signs with: the account's own, another signer of it, or a client domain's.
    fn public_key(&self) -> PublicKey;

    /// Signs a transaction.
    ///
    /// # Errors
    ///
    /// The user refused, or it failed.
    fn sign(&self, request: &SignRequest) -> impl Future<Output = Result<Signed, SignerError>>;

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
    /// What a signature over the transaction covers, for keys in memory.
    pub hash: [u8; 32],
}

/// What a signer gives.
#[derive(Clone, Debug, Eq, PartialEq)]
// Moved by words, as keys are.
#[repr(u32)]
pub enum Signed {
    /// The signature over the hash, by a key in memory.
    Hash([u8; 64]),
    /// The transaction in base64 with the signature added, by whoever shows it to somebody. It is checked.
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
    /// The user said no. Do not ask again unasked.
    Refused,
    /// It failed; what it says of it.
    Failed(String),
}

says! {
    SignerError:
    Self::Refused => "the user refused to sign";
    Self::Failed(message) => "the signer failed: ", message;
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
