//! A key in memory.

use windlass_core::{
    account::{PublicKey, SecretKey},
    network::Network,
    wire,
    xdr::{DecoratedSignature, Envelope, Unsigned},
};
use zeroize::Zeroizing;

use super::{SignRequest, Signed, Signer, SignerError};
use crate::platform::ed25519::Handle;

/// A key in memory, ready to sign by whatever does Ed25519 here.
#[derive(Clone, Debug)]
pub struct Key {
    secret: SecretKey,
    public: PublicKey,
    handle: Handle,
}

impl Key {
    /// Makes a secret key ready.
    ///
    /// # Errors
    ///
    /// Nothing here does Ed25519: a browser could not load its part of the package.
    pub async fn new(secret: SecretKey) -> Result<Self, SignerError> {
        let (public, handle) = Handle::new(&secret).await?;
        Ok(Self { secret, public, handle })
    }

    /// The address that belongs to this key.
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// The seed as `S…`, in memory that is wiped when dropped. For showing it to its owner; never log it.
    pub fn reveal(&self) -> Zeroizing<String> {
        self.secret.reveal()
    }

    /// Adds its signature to a transaction of ManageData operations, whatever it says.
    ///
    /// # Errors
    ///
    /// It is no such transaction.
    pub async fn sign_transaction(
        &self,
        xdr: &str,
        network: &Network,
    ) -> Result<String, SignerError> {
        let (unsigned, Envelope { mut signatures, .. }) =
            Unsigned::read(xdr).map_err(|error| SignerError::Failed(error.to_string()))?;
        let signature = self.handle.sign(&unsigned.hash(network)).await?.into();
        signatures.push(DecoratedSignature { hint: self.public.hint(), signature });
        Ok(wire::base64(&unsigned.signed(&signatures)))
    }
}

impl Signer for Key {
    fn public_key(&self) -> PublicKey {
        self.public
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        self.handle.sign(&request.hash).await.map(Signed::Hash)
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        self.handle.sign(message.as_bytes()).await.map(Some)
    }
}
