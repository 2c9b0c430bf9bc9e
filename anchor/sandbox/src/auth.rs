//! Checks whether the signatures of an envelope reach a threshold.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use stellar_xdr::{
    AccountId, DecoratedSignature, PublicKey, SignatureHint, SignerKey,
    SignerKeyEd25519SignedPayload, Uint256,
};

use crate::state::Account;

/// The signatures of one envelope, and which of them a check has needed so far.
pub(crate) struct Signatures<'a> {
    hash: [u8; 32],
    signatures: &'a [DecoratedSignature],
    used: Vec<bool>,
}

impl<'a> Signatures<'a> {
    pub(crate) fn new(hash: [u8; 32], signatures: &'a [DecoratedSignature]) -> Self {
        Self { hash, signatures, used: vec![false; signatures.len()] }
    }

    /// Whether the weights of the signatures reach `needed` for an account.
    pub(crate) fn reach(&mut self, id: &AccountId, account: &Account, needed: u32) -> bool {
        let mut signers: Vec<(SignerKey, u32)> = Vec::new();
        if account.thresholds.master > 0 {
            signers.push((master(id), u32::from(account.thresholds.master)));
        }
        signers.extend(account.signers.iter().map(|(key, weight)| (key.clone(), *weight)));
        self.weigh(signers, needed)
    }

    /// Whether the master key of an account that does not exist (yet) signed.
    pub(crate) fn reach_without_account(&mut self, id: &AccountId) -> bool {
        self.weigh(vec![(master(id), 1)], 0)
    }

    /// Whether all these signers signed. A transaction's preconditions may name up to two.
    pub(crate) fn reach_all(&mut self, signers: &[SignerKey]) -> bool {
        let weighted = signers.iter().map(|key| (key.clone(), 1)).collect();
        signers.is_empty() || self.weigh(weighted, signers.len() as u32)
    }

    /// Whether every signature was needed by some check.
    pub(crate) fn are_all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }

    /// Adds up weights until `needed` is reached. Even 0 needs one signature.
    ///
    /// The order decides which signatures count as used: first pre-authorized hashes; then, for
    /// each kind of signer, the signatures in the order of the envelope, each for at most one
    /// signer. It stops once the weight is reached.
    fn weigh(&mut self, mut signers: Vec<(SignerKey, u32)>, needed: u32) -> bool {
        let mut total = 0;
        for (key, weight) in &signers {
            if matches!(key, SignerKey::PreAuthTx(hash) if hash.0 == self.hash) {
                total += weight.min(&255);
                if total >= needed {
                    return true;
                }
            }
        }
        for kind in [is_hash_x as fn(&SignerKey) -> bool, is_ed25519, is_payload] {
            for (signature, used) in self.signatures.iter().zip(&mut self.used) {
                let position = signers
                    .iter()
                    .position(|(key, _)| kind(key) && signs(key, signature, &self.hash));
                if let Some(position) = position {
                    *used = true;
                    total += signers.remove(position).1.min(255);
                    if total >= needed {
                        return true;
                    }
                }
            }
        }
        false
    }
}

fn master(id: &AccountId) -> SignerKey {
    let PublicKey::PublicKeyTypeEd25519(key) = &id.0;
    SignerKey::Ed25519(key.clone())
}

fn is_hash_x(key: &SignerKey) -> bool {
    matches!(key, SignerKey::HashX(_))
}

fn is_ed25519(key: &SignerKey) -> bool {
    matches!(key, SignerKey::Ed25519(_))
}

fn is_payload(key: &SignerKey) -> bool {
    matches!(key, SignerKey::Ed25519SignedPayload(_))
}

fn signs(key: &SignerKey, signature: &DecoratedSignature, hash: &[u8; 32]) -> bool {
    let bytes = signature.signature.0.as_slice();
    match key {
        SignerKey::Ed25519(key) => signature.hint == hint(&key.0) && verifies(key, hash, bytes),
        SignerKey::HashX(digest) => {
            let digest_of_preimage: [u8; 32] = Sha256::digest(bytes).into();
            signature.hint == hint(&digest.0) && digest_of_preimage == digest.0
        }
        SignerKey::Ed25519SignedPayload(key) => {
            signature.hint == payload_hint(key) && verifies(&key.ed25519, &key.payload, bytes)
        }
        SignerKey::PreAuthTx(_) => false,
    }
}

fn verifies(key: &Uint256, message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(&key.0) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

fn hint(bytes: &[u8; 32]) -> SignatureHint {
    let [.., a, b, c, d] = *bytes;
    SignatureHint([a, b, c, d])
}

/// The key's hint XOR the last four bytes of the payload (CAP-40).
fn payload_hint(key: &SignerKeyEd25519SignedPayload) -> SignatureHint {
    let mut hint = hint(&key.ed25519.0).0;
    let payload = key.payload.as_slice();
    let tail = &payload[payload.len().saturating_sub(4)..];
    for (byte, other) in hint.iter_mut().zip(tail) {
        *byte ^= other;
    }
    SignatureHint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Key;

    #[test]
    fn weight_of_a_signer_is_at_most_255() {
        let key = Key::named("heavy");
        let signatures = [key.sign(&[1; 32])];
        let reaches = |needed| {
            Signatures::new([1; 32], &signatures).weigh(vec![(key.signer(), 1_000)], needed)
        };
        assert!(reaches(255) && !reaches(256));
    }

    #[test]
    fn only_needed_signatures_count_as_used() {
        let (one, two) = (Key::named("one"), Key::named("two"));
        let signed = [one.sign(&[1; 32]), two.sign(&[1; 32])];
        let mut signatures = Signatures::new([1; 32], &signed);
        assert!(signatures.weigh(vec![(one.signer(), 1), (two.signer(), 1)], 1));
        assert!(!signatures.are_all_used());
        assert!(signatures.weigh(vec![(two.signer(), 1)], 1), "another check may need the other");
        assert!(signatures.are_all_used());
    }
}
