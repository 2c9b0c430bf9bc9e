//! Signers from JavaScript: keys, SEP-43 wallets, and signers of a client domain.

use js_sys::{Array, Promise, Uint8Array};
use serde::Deserialize;
use tsify::Tsify;
use wasm_bindgen::{JsCast as _, JsValue, convert::TryFromJsValue as _, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use windlass_client::{ErrorKind, Http, RemoteSigner, SignRequest, Signed, Signer, SignerError};
use windlass_core::{
    account::{AccountError, PublicKey},
    network::Network,
};

use crate::{
    Error, Keypair, cause,
    options::{member, value},
};

/// A client domain and its key.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ClientDomainName {
    /// The domain, a bare host name such as `wallet.example.com`.
    pub domain: String,
    /// The `SIGNING_KEY` of the domain's stellar.toml.
    pub signing_key: String,
}

/// A service that signs for a client domain, such as `signingService`. It receives `{transaction,
/// network_passphrase}` by POST and returns them with the signed transaction. For anchors that
/// require the application's identity, it receives `{message}` and returns `{signature}`.
#[derive(Debug, Deserialize, Tsify)]
pub struct SigningService {
    /// The URL of the service.
    pub url: String,
    /// The `Authorization` header for the service, such as `Bearer …`.
    #[serde(default)]
    pub authorization: Option<String>,
}

#[wasm_bindgen]
extern "C" {
    /// A signer from the caller.
    #[wasm_bindgen(typescript_type = "Keypair | Wallet43")]
    pub type JsSigner;

    #[wasm_bindgen(method, catch, js_name = __clone)]
    fn duplicate(this: &JsSigner) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(raw_module = "../js/signer.js")]
extern "C" {
    type Place;

    #[wasm_bindgen(js_name = enterLine)]
    fn enter_line(wallet: &JsValue) -> Place;

    #[wasm_bindgen(method, getter)]
    fn turn(this: &Place) -> Promise;

    #[wasm_bindgen(method)]
    fn leave(this: &Place);

    #[wasm_bindgen(js_name = addressOf)]
    fn address_of(wallet: &JsValue, signs: &str) -> Promise;

    #[wasm_bindgen(js_name = signedBy)]
    fn signed_by(
        signer: &JsValue,
        method: &str,
        xdr: &str,
        network_passphrase: &str,
        address: &str,
    ) -> Promise;

    fn mistake(signer: &JsValue) -> Option<String>;

    #[wasm_bindgen(js_name = vouchedBy)]
    fn vouched_by(signer: &JsValue, message: &str) -> Promise;
}

/// The method of SEP-43 by which a wallet signs.
const WALLET_SIGNS: &str = "signTransaction";

/// A signer of the account, or of the client domain.
pub(crate) enum AnySigner {
    Key(Keypair),
    Wallet { wallet: JsValue, key: PublicKey },
    Domain { signer: JsValue, key: PublicKey },
    Service(RemoteSigner<Http>),
}

impl AnySigner {
    /// Wraps a key, or asks a wallet for its address and network, which must be the anchor's
    /// (S43-05, S43-18).
    pub(crate) async fn new(signer: JsValue, network: &Network) -> Result<Self, Error> {
        let signer: JsSigner = signer.unchecked_into();
        if let Ok(copy) = signer.duplicate()
            && let Ok(keypair) = Keypair::try_from_js_value(copy)
        {
            return Ok(Self::Key(keypair));
        }
        let wallet = JsValue::from(signer);
        if let Some(mistake) = mistake(&wallet) {
            return Err(Error::request(mistake));
        }
        let opened = {
            let _turn = Turn::of(&wallet).await;
            answer(address_of(&wallet, WALLET_SIGNS)).await?
        };
        let key = key_on(network, &opened.as_string().unwrap_or_default())?;
        Ok(Self::Wallet { wallet, key })
    }

    /// The signer of a client domain: a function, or a service at a URL. The object may have other
    /// members.
    pub(crate) fn of_domain(client: &JsValue, http: Http, allow_http: bool) -> Result<Self, Error> {
        let ClientDomainName { signing_key, .. } = value(client.clone())?;
        let key = signing_key.parse().map_err(AccountError::Address)?;
        if member(client, "url").is_some() {
            let SigningService { url, authorization } = value(client.clone())?;
            let service = RemoteSigner::new(http, &url, key, allow_http)?;
            return Ok(Self::Service(match authorization {
                Some(header) => service.authorized_by(header),
                None => service,
            }));
        }
        match member(client, "sign") {
            Some(sign) if sign.is_function() => Ok(Self::Domain { signer: client.clone(), key }),
            _ => Err(Error::request("clientDomain needs a function sign, or a url")),
        }
    }
}

/// The key of a wallet, given its address and network as signer.js returns them.
fn key_on(network: &Network, opened: &str) -> Result<PublicKey, Error> {
    let (address, theirs) = opened.split_once(' ').unwrap_or_default();
    let key = address.parse().map_err(AccountError::Address)?;
    if theirs.is_empty() || theirs == network.passphrase() {
        return Ok(key);
    }
    let (anchor, wallet) = (network.passphrase().to_owned(), Network::new(theirs));
    Err(ErrorKind::WrongNetwork { anchor, wallet }.into())
}

impl Signer for AnySigner {
    fn public_key(&self) -> PublicKey {
        match self {
            Self::Key(keypair) => keypair.0.public(),
            Self::Wallet { key, .. } | Self::Domain { key, .. } => *key,
            Self::Service(service) => service.public_key(),
        }
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        let (signer, method) = match self {
            Self::Key(keypair) => return keypair.0.sign(request).await,
            Self::Service(service) => return service.sign(request).await,
            Self::Wallet { wallet, .. } => (wallet, WALLET_SIGNS),
            Self::Domain { signer, .. } => (signer, "sign"),
        };
        let _turn = match self {
            Self::Wallet { .. } => Some(Turn::of(signer).await),
            _ => None,
        };
        let SignRequest { xdr, network_passphrase, address, .. } = request;
        let asked = signed_by(signer, method, xdr, network_passphrase, &address.to_string());
        Ok(Signed::Transaction(answer(asked).await?.as_string().unwrap_or_default()))
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        match self {
            Self::Key(keypair) => keypair.0.vouch(message).await,
            Self::Domain { signer, .. } => {
                let signature = answer(vouched_by(signer, message)).await?;
                Ok(signature
                    .dyn_into()
                    .ok()
                    .and_then(|bytes: Uint8Array| bytes.to_vec().try_into().ok()))
            }
            Self::Service(service) => service.vouch(message).await,
            Self::Wallet { .. } => Ok(None),
        }
    }
}

/// A turn with a wallet, which gets one request at a time (S43-20). Dropping it ends the turn.
struct Turn(Place);

impl Turn {
    async fn of(wallet: &JsValue) -> Self {
        let turn = Self(enter_line(wallet));
        // This promise is never rejected.
        drop(JsFuture::from(turn.0.turn()).await);
        turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// The answer of a signer. signer.js throws a list of the reason, a text, and what the signer threw;
/// `undefined` if the user refused; or `null` if the wallet is not connected.
async fn answer(asked: Promise) -> Result<JsValue, SignerError> {
    JsFuture::from(asked).await.map_err(|why| match why.dyn_ref::<Array>() {
        Some(why) => {
            let reason = why.get(0).as_string().unwrap_or_default();
            SignerError::Failed(cause::failure(reason, why.get(1)))
        }
        None if why.is_null() => SignerError::NotConnected,
        None => SignerError::Refused,
    })
}
