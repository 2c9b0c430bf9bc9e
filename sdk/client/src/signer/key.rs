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

/// A key in memory, ready to sign with the platform's Ed25519.
#[derive(Clone, Debug)]
pub struct Key {
    secret: SecretKey,
    public: PublicKey,
    handle: Handle,
}

impl Key {
    /// Derives the public key, and prepares the secret key for signing.
    ///
    /// # Errors
    ///
    /// There is no Ed25519: a browser could not load the npm package's own module.
    pub async fn new(secret: SecretKey) -> Result<Self, SignerError> {
        let (public, handle) = Handle::new(&secret).await?;
        Ok(Self { secret, public, handle })
    }

    /// The public key.
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// The seed as `S…`, in memory that is wiped on drop. Show it to its owner; never log it.
    pub fn reveal(&self) -> Zeroizing<String> {
        self.secret.reveal()
    }

    /// Adds its signature to a transaction of ManageData operations, without checking what these
    /// say.
    ///
    /// # Errors
    ///
    /// The transaction is malformed or has other operations.
    pub async fn sign_transaction(
        &self,
        xdr: &str,
        network: &Network,
    ) -> Result<String, SignerError> {
        let (unsigned, Envelope { mut signatures, .. }) =
            Unsigned::read(xdr).map_err(|error| SignerError::Failed(error.to_string().into()))?;
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
