//! The rules behind `signingService`, with which a wallet's server signs with the key of the
//! wallet's domain.

use std::rc::Rc;

use js_sys::{Array, Promise};
use serde::Deserialize;
use tsify::Tsify;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Url;
use windlass_client::{Key, Signer as _, open_for_domain};
use windlass_core::{
    account::AccountError,
    link::Link,
    network::Network,
    sep10::{ClientDomain, DomainSigning, DomainSigningError, TrustedAnchor as Trusted},
    wire,
};

use crate::{
    Error, Keypair,
    options::read,
    signal::{Signal, promise},
};

/// An anchor, with values from its stellar.toml. A discovered `Anchor` also has these members.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrustedAnchor {
    /// The domain that serves the stellar.toml.
    pub home_domain: String,
    /// The passphrase of the anchor's network.
    pub network_passphrase: String,
    /// The anchor's `SIGNING_KEY`.
    pub signing_key: String,
    /// The anchor's complete `WEB_AUTH_ENDPOINT` URL.
    pub web_auth_endpoint: String,
}

#[derive(Deserialize)]
struct Options {
    domain: String,
    anchors: Vec<TrustedAnchor>,
}

/// The rules behind `signingService`: the wallet's domain and key, and the anchors that it signs
/// for.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct DomainSigner(Rc<Known>);

#[derive(Debug)]
struct Known {
    key: Rc<Key>,
    domain: String,
    anchors: Vec<Trusted>,
}

#[wasm_bindgen]
impl DomainSigner {
    /// Signs with the keypair for `domain` and `anchors`. Throws if one of them is malformed.
    #[wasm_bindgen(constructor)]
    pub fn new(keypair: &Keypair, options: JsValue) -> Result<Self, Error> {
        let Options { domain, anchors } = read(options)?;
        let anchors = anchors.into_iter().map(trusted).collect::<Result<_, _>>()?;
        Ok(Self(Rc::new(Known { key: Rc::clone(&keypair.0), domain, anchors })))
    }

    /// Signs a challenge that is valid at `now` (Unix seconds). Returns it with the network that it
    /// is for. Throws the reason if it must not be signed.
    pub fn sign(&self, transaction: String, passphrase: Option<String>, now: f64) -> Promise {
        let known = Rc::clone(&self.0);
        let work = async move {
            let rules = known.rules(now);
            let (_, anchor) = open_for_domain(&transaction, passphrase.as_deref(), &rules).await?;
            let signed = known.key.sign_transaction(&transaction, &anchor.network).await?;
            Ok(Array::of2(&signed.into(), &anchor.network.passphrase().into()))
        };
        promise(|| Ok((Signal::default(), work)))
    }

    /// Signs a token, if it is for a request to one of the anchors that names the domain, at `now`.
    /// Returns the signature in base64. Throws `proof_invalid` otherwise.
    pub fn vouch(&self, message: String, now: f64) -> Promise {
        let known = Rc::clone(&self.0);
        let work = async move {
            known.rules(now).vouch(&message).map_err(DomainSigningError::from)?;
            let signature = known.key.vouch(&message).await?;
            Ok(signature.map(|signature| wire::base64(&signature)))
        };
        promise(|| Ok((Signal::default(), work)))
    }
}

impl Known {
    fn rules(&self, now: f64) -> DomainSigning<'_> {
        let own = ClientDomain { domain: &self.domain, key: self.key.public() };
        DomainSigning { own, anchors: &self.anchors, now: now as u64 }
    }
}

fn trusted(anchor: TrustedAnchor) -> Result<Trusted, Error> {
    let TrustedAnchor { home_domain, network_passphrase, signing_key, web_auth_endpoint } = anchor;
    let refused = |why: &str| Error::request(format!("webAuthEndpoint: {why}"));
    web_auth_endpoint.parse::<Link>().map_err(|error| refused(&error.to_string()))?;
    // The URL standard's form: in lower case, and without a default port.
    let url = Url::new(&web_auth_endpoint).map_err(|_| refused("must be a URL"))?;
    Ok(Trusted {
        home_domain,
        signing_key: signing_key.parse().map_err(AccountError::Address)?,
        network: Network::new(network_passphrase),
        web_auth_domain: url.host(),
        endpoint: Some(web_auth_endpoint),
    })
}
