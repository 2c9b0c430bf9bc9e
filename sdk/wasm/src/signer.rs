//! Signers of JavaScript: keys, SEP-43 wallets, and whoever signs for a client domain.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, convert::TryFromJsValue as _, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use windlass_client::{
    ErrorKind, Http, Queue, RemoteSigner, SignRequest, Signed, Signer, SignerError,
};
use windlass_core::{
    account::{AccountError, PublicKey},
    network::Network,
};

use crate::{
    Error, Keypair,
    input::{self, Input},
};

#[wasm_bindgen]
extern "C" {
    /// A signer as the caller gives it.
    #[wasm_bindgen(typescript_type = "Keypair | Wallet43")]
    pub type JsSigner;

    #[wasm_bindgen(method, catch, js_name = __clone)]
    fn duplicate(this: &JsSigner) -> Result<JsValue, JsValue>;
}

/// Whoever signs: for the account, or for the client domain.
pub(crate) enum AnySigner {
    Key(Keypair),
    Wallet { wallet: JsValue, key: PublicKey },
    Function { sign: Function, vouch: Option<Function>, key: PublicKey },
    Service(RemoteSigner<Http>),
}

impl AnySigner {
    /// A key as it is; of a wallet, its address and that it is on the right network (S43-05, S43-18).
    pub(crate) async fn new(signer: JsSigner, network: &Network) -> Result<Self, Error> {
        if let Ok(copy) = signer.duplicate()
            && let Ok(keypair) = Keypair::try_from_js_value(copy)
        {
            return Ok(Self::Key(keypair));
        }
        let wallet = JsValue::from(signer);
        method(&wallet, "signTransaction")?;
        let answer = ask(&wallet, "getAddress", &Array::new()).await?;
        let address = text(&answer, "address").ok_or_else(|| failed("it gave no address"))?;
        let key: PublicKey = address.parse().map_err(AccountError::Address)?;
        // Old wallets do not tell their network; the passphrase that they are given to sign for stays.
        if method(&wallet, "getNetwork").is_ok() {
            let answer = ask(&wallet, "getNetwork", &Array::new()).await?;
            let theirs = member(&answer, "networkPassphrase");
            if let Some(theirs) = theirs.filter(|theirs| theirs != network.passphrase()) {
                return Err(ErrorKind::WrongNetwork {
                    anchor: network.passphrase().to_owned(),
                    wallet: Network::new(theirs),
                }
                .into());
            }
        }
        Ok(Self::Wallet { wallet, key })
    }

    /// Whoever signs for a client domain: a function, or a service at a URL.
    pub(crate) fn of_domain(input: &Input, http: Http, allow_http: bool) -> Result<Self, Error> {
        let key = input.required("signingKey")?.parse().map_err(AccountError::Address)?;
        if let Some(url) = input.text("url")? {
            let service = RemoteSigner::new(http, &url, key, allow_http)?;
            return Ok(Self::Service(match input.text("authorization")? {
                Some(header) => service.authorized_by(header),
                None => service,
            }));
        }
        match input.member("sign").and_then(|sign| sign.dyn_into().ok()) {
            Some(sign) => {
                let vouch = input.member("vouch").and_then(|vouch| vouch.dyn_into().ok());
                Ok(Self::Function { sign, vouch, key })
            }
            None => Err(Error::request("clientDomain needs a function sign, or a url")),
        }
    }
}

impl Signer for AnySigner {
    fn public_key(&self) -> PublicKey {
        match self {
            Self::Key(keypair) => keypair.0.public(),
            Self::Wallet { key, .. } | Self::Function { key, .. } => *key,
            Self::Service(service) => service.public_key(),
        }
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        let arguments = || Array::of2(&request.xdr.as_str().into(), &options(request));
        let answer = match self {
            Self::Key(keypair) => return keypair.0.sign(request).await,
            Self::Service(service) => return service.sign(request).await,
            Self::Wallet { wallet, .. } => ask(wallet, "signTransaction", &arguments()).await?,
            Self::Function { sign, .. } => {
                answer(sign.apply(&JsValue::UNDEFINED, &arguments())).await?
            }
        };
        // Wallets of before mid-2024 return the bare text, as a client domain's function does.
        text(&answer, "signedTxXdr")
            .map(Signed::Transaction)
            .ok_or_else(|| failed("it returned no transaction"))
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        match self {
            Self::Key(keypair) => keypair.0.vouch(message).await,
            Self::Function { vouch: Some(vouch), .. } => {
                let answer = answer(vouch.call1(&JsValue::UNDEFINED, &message.into())).await?;
                let signature = input::bytes(&answer).and_then(|bytes| bytes.try_into().ok());
                signature.map(Some).ok_or_else(|| failed("it returned no signature of 64 bytes"))
            }
            _ => Ok(None),
        }
    }
}

/// The second argument of `signTransaction`. Never with `submit`: a challenge is not for the network (S43-11).
fn options(request: &SignRequest) -> JsValue {
    let entries = [
        ("networkPassphrase", request.network_passphrase.clone()),
        ("address", request.address.to_string()),
    ];
    let entries: Array =
        entries.into_iter().map(|(name, value)| Array::of2(&name.into(), &value.into())).collect();
    Object::from_entries(&entries).map_or(JsValue::UNDEFINED, Into::into)
}

/// Calls a method of a wallet, when it is done with what it was asked before.
async fn ask(wallet: &JsValue, name: &str, arguments: &Array) -> Result<JsValue, SignerError> {
    let _turn = queue_of(wallet).turn().await;
    answer(method(wallet, name)?.apply(wallet, arguments)).await
}

fn method(wallet: &JsValue, name: &str) -> Result<Function, SignerError> {
    let method = Reflect::get(wallet, &name.into()).ok().and_then(|method| method.dyn_into().ok());
    method.ok_or_else(|| failed(&format!("it has no {name}: is the wallet's extension installed?")))
}

/// The line before a wallet, which is asked one thing at a time, whoever asks (S43-20).
fn queue_of(wallet: &JsValue) -> Queue {
    thread_local! {
        static QUEUES: RefCell<Vec<(JsValue, Queue)>> = const { RefCell::new(Vec::new()) };
    }
    QUEUES.with_borrow_mut(|queues| {
        queues.retain(|(_, queue)| !queue.is_empty());
        if let Some((_, queue)) = queues.iter().find(|(other, _)| other == wallet) {
            return queue.clone();
        }
        let queue = Queue::default();
        queues.push((wallet.clone(), queue.clone()));
        queue
    })
}

/// What a wallet answers, now or later; its `error` comes first, whatever else is there (S43-02).
async fn answer(called: Result<JsValue, JsValue>) -> Result<JsValue, SignerError> {
    let thrown = |error: JsValue| refusal(&error);
    let answer =
        JsFuture::from(Promise::resolve(&called.map_err(thrown)?)).await.map_err(thrown)?;
    match Reflect::get(&answer, &"error".into()) {
        Ok(error) if error.is_truthy() => Err(refusal(&error)),
        _ => Ok(answer),
    }
}

/// The error of a wallet: `-4` is the user's no; what else it says is for the user to read.
fn refusal(error: &JsValue) -> SignerError {
    let code = Reflect::get(error, &"code".into()).ok();
    // Some wallets give it as text.
    if code.is_some_and(|code| code.as_f64() == Some(-4.0) || code == JsValue::from_str("-4")) {
        return SignerError::Refused;
    }
    failed(&text(error, "message").unwrap_or_else(|| "it does not say why".to_owned()))
}

/// The bare text, or a member that is one. Empty is none.
fn text(value: &JsValue, name: &str) -> Option<String> {
    value.as_string().filter(|text| !text.is_empty()).or_else(|| member(value, name))
}

fn member(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string().filter(|text| !text.is_empty())
}

fn failed(message: &str) -> SignerError {
    SignerError::Failed(message.to_owned())
}
