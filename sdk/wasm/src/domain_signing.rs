//! What a wallet's server signs with the key of the wallet's domain: what `signingService` is made of.

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

/// An anchor as its stellar.toml describes it. An `Anchor` that was discovered is one as well.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrustedAnchor {
    /// The domain of the stellar.toml.
    pub home_domain: String,
    /// The passphrase of its network.
    pub network_passphrase: String,
    /// Its `SIGNING_KEY`.
    pub signing_key: String,
    /// Its `WEB_AUTH_ENDPOINT`, the whole URL.
    pub web_auth_endpoint: String,
}

#[derive(Deserialize)]
struct Options {
    domain: String,
    anchors: Vec<TrustedAnchor>,
}

/// What `signingService` is made of: the wallet's domain and key, and the anchors that it signs for.
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

    /// The challenge with the key's signature, and the network it is for; `now` in Unix seconds decides whether it is valid. Throws why
    /// it is not signed.
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

    /// The signature over a token, in base64, if it asks one of the anchors for a challenge that names the domain, `now`. Throws
    /// `proof_invalid` if not.
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
