//! Ed25519 by ed25519-dalek.

use std::future::{Ready, ready};

use windlass_core::{
    account::{PublicKey, SecretKey},
    ed25519::Claim,
};

use crate::{SignRequest, Signed, Signer, SignerError};

pub(crate) fn holds(claim: &Claim) -> Ready<Result<bool, SignerError>> {
    ready(Ok(claim.holds()))
}

/// A key that is ready to sign.
#[derive(Clone, Debug)]
pub(crate) struct Handle(SecretKey);

impl Handle {
    pub(crate) fn new(secret: &SecretKey) -> Ready<Result<(PublicKey, Self), SignerError>> {
        ready(Ok((secret.public(), Self(secret.clone()))))
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Ready<Result<[u8; 64], SignerError>> {
        ready(Ok(self.0.sign(message)))
    }
}

impl Signer for SecretKey {
    fn public_key(&self) -> PublicKey {
        self.public()
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        Ok(Signed::Hash(Self::sign(self, &request.hash)))
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        Ok(Some(Self::sign(self, message.as_bytes())))
    }
}
