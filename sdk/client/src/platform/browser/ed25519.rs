//! Ed25519 by `ed25519.js` of the npm package, which knows the platforms.

use std::fmt;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{
    JsCast as _,
    prelude::{JsValue, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;
use windlass_core::{
    account::{PublicKey, SecretKey},
    ed25519::Claim,
};

use crate::{Failure, SignerError};

// These functions copy their arguments before they wait.
#[wasm_bindgen(raw_module = "../js/ed25519.js")]
extern "C" {
    #[wasm_bindgen(js_name = verify)]
    fn js_verify(key: &[u8], message: &[u8], signature: &[u8]) -> Promise;

    #[wasm_bindgen(js_name = open)]
    fn js_open(seed: &[u8]) -> Promise;

    #[derive(Clone)]
    type Opened;

    #[wasm_bindgen(method, getter, js_name = publicKey)]
    fn public_key(this: &Opened) -> Vec<u8>;

    #[wasm_bindgen(method, js_name = sign)]
    fn js_sign(this: &Opened, message: &[u8]) -> Promise;
}

pub(crate) async fn holds(claim: &Claim) -> Result<bool, SignerError> {
    let holds =
        JsFuture::from(js_verify(claim.key.as_bytes(), &claim.message, &claim.signature)).await;
    Ok(holds.map_err(failed)?.is_truthy())
}

/// A key that is ready to sign.
#[derive(Clone)]
pub(crate) struct Handle(Opened);

impl Handle {
    pub(crate) async fn new(secret: &SecretKey) -> Result<(PublicKey, Self), SignerError> {
        opened(JsFuture::from(js_open(secret.seed())).await)
    }

    pub(crate) async fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        signature(JsFuture::from(self.0.js_sign(message)).await)
    }
}

fn opened(opened: Result<JsValue, JsValue>) -> Result<(PublicKey, Handle), SignerError> {
    let opened: Opened = opened.map_err(failed)?.unchecked_into();
    let key = opened.public_key()[..].try_into().map_err(|_| wrong_length())?;
    Ok((PublicKey::from_bytes(key), Handle(opened)))
}

fn signature(signed: Result<JsValue, JsValue>) -> Result<[u8; 64], SignerError> {
    let signature = signed.map_err(failed)?.unchecked_into::<Uint8Array>().to_vec();
    signature[..].try_into().map_err(|_| wrong_length())
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle")
    }
}

fn failed(error: JsValue) -> SignerError {
    let text = String::from(error.unchecked_ref::<js_sys::Error>().message());
    SignerError::Failed(Failure::new(text).caused_by(error))
}

fn wrong_length() -> SignerError {
    SignerError::Failed(Failure::new("Ed25519 of this platform returned the wrong number of bytes"))
}
