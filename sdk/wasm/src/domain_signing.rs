//! What a wallet's server signs with the key of the wallet's domain: what `signingService` is made of.

use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Url;
use windlass_client::{Key, Signer as _, open_for_domain};
use windlass_core::{
    account::AccountError,
    network::Network,
    sep1::Link,
    sep10::{ClientDomain, DomainSigning, DomainSigningError, TrustedAnchor},
    text,
    text::Say,
    wire,
};

use crate::{Error, Keypair, input::Input, promise::promise};

/// A wallet's server: its domain and key, and the anchors it signs for.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct DomainSigner(Rc<Known>);

#[derive(Debug)]
struct Known {
    key: Rc<Key>,
    domain: String,
    anchors: Vec<TrustedAnchor>,
}

#[wasm_bindgen]
impl DomainSigner {
    /// Signs with the keypair for `domain` and `anchors`. Throws if one of them cannot be.
    #[wasm_bindgen(constructor)]
    pub fn new(keypair: &Keypair, options: JsValue) -> Result<Self, Error> {
        let input = Input::new(options)?;
        let anchors = Array::from(&input.member("anchors").unwrap_or_default());
        Ok(Self(Rc::new(Known {
            key: Rc::clone(&keypair.0),
            domain: input.required("domain")?,
            anchors: anchors.iter().map(anchor).collect::<Result<_, _>>()?,
        })))
    }

    /// The challenge with the key's signature, and the network it is for; `now` decides whether it is valid. Throws why it is none to sign.
    pub fn sign(
        &self,
        transaction: String,
        passphrase: Option<String>,
        options: JsValue,
    ) -> Promise {
        let known = Rc::clone(&self.0);
        promise(options, |input| async move {
            let rules = known.rules(&input)?;
            let (_, anchor) = open_for_domain(&transaction, passphrase.as_deref(), &rules).await?;
            let signed = known.key.sign_transaction(&transaction, &anchor.network).await?;
            Ok(Array::of2(&signed.into(), &anchor.network.passphrase().into()).into())
        })
    }

    /// The signature over a token, in base64, if it asks one of the anchors for a challenge that names the domain, `now`. Throws
    /// `proof_invalid` if not.
    pub fn vouch(&self, message: String, options: JsValue) -> Promise {
        let known = Rc::clone(&self.0);
        promise(options, |input| async move {
            known.rules(&input)?.vouch(&message).map_err(DomainSigningError::from)?;
            let signature = known.key.vouch(&message).await?;
            Ok(signature.map(|signature| wire::base64(&signature).into()).unwrap_or_default())
        })
    }
}

impl Known {
    fn rules(&self, input: &Input) -> Result<DomainSigning<'_>, Error> {
        let now = input.seconds("now")?.ok_or_else(|| Error::request("now is missing"))?;
        let own = ClientDomain { domain: &self.domain, key: self.key.public() };
        Ok(DomainSigning { own, anchors: &self.anchors, now })
    }
}

fn anchor(anchor: JsValue) -> Result<TrustedAnchor, Error> {
    let input = Input::new(anchor)?;
    let endpoint = input.required("webAuthEndpoint")?;
    let refused = |why: &dyn Say| Error::request(text!("webAuthEndpoint: ", why));
    endpoint.parse::<Link>().map_err(|error| refused(&error))?;
    // As the URL standard has it: in small letters, without the port that goes without saying.
    let url = Url::new(&endpoint).map_err(|_| refused(&"must be a URL"))?;
    Ok(TrustedAnchor {
        home_domain: input.required("homeDomain")?,
        signing_key: input.required("signingKey")?.parse().map_err(AccountError::Address)?,
        network: Network::new(input.required("networkPassphrase")?),
        web_auth_domain: url.host(),
        endpoint: Some(endpoint),
    })
}
