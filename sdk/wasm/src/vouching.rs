//! A wallet's server that vouches for the wallet.

use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::Signer as _;
use windlass_core::{
    sep10::{TrustedAnchor, Vouching},
    wire,
};

use crate::{Error, Keypair, input::Input, promise::promise};

/// The signature over a token, in base64, if it asks one of `anchors` for a challenge that names `domain`: what `signingService` is made
/// of. Throws `proof_invalid` if not.
#[wasm_bindgen(skip_typescript)]
pub fn vouch(keypair: &Keypair, message: String, options: JsValue) -> Promise {
    let key = Rc::clone(&keypair.0);
    promise(options, |input| async move {
        let anchors = anchors(&input)?;
        let anchors: Vec<_> = anchors
            .iter()
            .map(|(home_domain, endpoint)| TrustedAnchor { home_domain, endpoint })
            .collect();
        let client_domain = &input.required("domain")?;
        let now = input.seconds("now")?.ok_or_else(|| Error::request("now is missing"))?;
        Vouching { client_domain, anchors: &anchors, now }.check(&message)?;
        let signature = key.vouch(&message).await?;
        Ok(signature.map(|signature| wire::base64(&signature).into()).unwrap_or_default())
    })
}

/// Home domain and endpoint of each.
fn anchors(input: &Input) -> Result<Vec<(String, String)>, Error> {
    let anchors = Array::from(&input.member("anchors").unwrap_or_default());
    let anchor = |anchor: JsValue| {
        let anchor = Input::new(anchor)?;
        Ok((anchor.required("homeDomain")?, anchor.required("webAuthEndpoint")?))
    };
    anchors.iter().map(anchor).collect()
}
