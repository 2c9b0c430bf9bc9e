//! Keys by name, and the signatures of the rarer kinds of signer.

use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest, Sha256};
use stellar_xdr::{
    AccountId, DecoratedSignature, MuxedAccount, Signature, SignatureHint, SignerKey,
    SignerKeyEd25519SignedPayload, Uint256,
};

use crate::network::account_of;

#[derive(Clone)]
pub(crate) struct Key(SigningKey);

impl Key {
    /// The key whose seed is the SHA-256 of the name.
    pub(crate) fn named(name: &str) -> Self {
        Self(SigningKey::from_bytes(&Sha256::digest(name).into()))
    }

    pub(crate) fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    pub(crate) fn id(&self) -> AccountId {
        account_of(&self.0)
    }

    pub(crate) fn address(&self) -> String {
        self.id().to_string()
    }

    pub(crate) fn bytes(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub(crate) fn muxed(&self) -> MuxedAccount {
        self.id().into()
    }

    pub(crate) fn signer(&self) -> SignerKey {
        SignerKey::Ed25519(Uint256(self.bytes()))
    }

    pub(crate) fn payload_signer(&self, payload: &[u8]) -> SignerKey {
        SignerKey::Ed25519SignedPayload(SignerKeyEd25519SignedPayload {
            ed25519: Uint256(self.bytes()),
            payload: payload.to_vec().try_into().unwrap(),
        })
    }

    pub(crate) fn sign(&self, message: &[u8]) -> DecoratedSignature {
        decorated(hint(&self.bytes()), &self.0.sign(message).to_bytes())
    }
}

/// The signature of a signed-payload signer: over the payload, with the hint of CAP-40.
pub(crate) fn payload_signature(key: &Key, payload: &[u8]) -> DecoratedSignature {
    let mut hint = hint(&key.bytes());
    let tail = &payload[payload.len().saturating_sub(4)..];
    hint.iter_mut().zip(tail).for_each(|(byte, other)| *byte ^= other);
    DecoratedSignature { hint: SignatureHint(hint), ..key.sign(payload) }
}

/// A hash(x) signer for `preimage`, and its signature.
pub(crate) fn hash_x_signature(preimage: &[u8]) -> (SignerKey, DecoratedSignature) {
    let digest: [u8; 32] = Sha256::digest(preimage).into();
    (SignerKey::HashX(Uint256(digest)), decorated(hint(&digest), preimage))
}

fn decorated(hint: [u8; 4], signature: &[u8]) -> DecoratedSignature {
    DecoratedSignature {
        hint: SignatureHint(hint),
        signature: Signature(signature.to_vec().try_into().unwrap()),
    }
}

fn hint(bytes: &[u8; 32]) -> [u8; 4] {
    bytes[28..].try_into().unwrap()
}
