//! Ed25519 for browsers that have none: those from before 2023 to 2025, and pages without https.
//! Firefox 140 derives public keys with it. Other browsers never load this module.
//!
//! It contains only the arithmetic. windlass-core decides what is signed and accepted.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

/// As in windlass-wasm: half the size of the default allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Whether the signature over the message is by the key, by the strict rules.
#[wasm_bindgen]
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::try_from(key) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

/// The public key of a seed of 32 bytes; empty, if it has another length.
#[wasm_bindgen(js_name = publicKey)]
pub fn public_key(seed: Vec<u8>) -> Vec<u8> {
    key(seed).map_or_else(Vec::new, |key| key.verifying_key().to_bytes().into())
}

/// The signature of a seed of 32 bytes over the message; empty, if it has another length.
#[wasm_bindgen]
pub fn sign(seed: Vec<u8>, message: &[u8]) -> Vec<u8> {
    key(seed).map_or_else(Vec::new, |key| key.sign(message).to_bytes().into())
}

fn key(seed: Vec<u8>) -> Option<SigningKey> {
    let seed = Zeroizing::new(seed);
    SigningKey::try_from(seed.as_slice()).ok()
}
