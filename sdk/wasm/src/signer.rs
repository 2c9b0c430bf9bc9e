//! Signers of JavaScript: keys, SEP-43 wallets, and a client domain's own function.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, convert::TryFromJsValue as _, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use windlass_client::{Error as ClientError, SignRequest, Signer, SignerError};
use windlass_core::{
    account::{AccountError, PublicKey},
    network::Network,
    sep10::ClientDomain,
};

use crate::{Error, Keypair, input::Input};

#[wasm_bindgen]
extern "C" {
    /// A signer as the caller gives it.
    #[wasm_bindgen(typescript_type = "Keypair | Wallet43")]
    pub type JsSigner;

    #[wasm_bindgen(method, catch, js_name = __clone)]
    fn duplicate(this: &JsSigner) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getAddress)]
    fn address(this: &JsSigner) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getNetwork)]
    fn network(this: &JsSigner) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = signTransaction)]
    fn sign_transaction(this: &JsSigner, xdr: &str, options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Whoever signs: for the account, or for the client domain.
pub(crate) enum AnySigner {
    Key(Keypair),
    Wallet { wallet: JsSigner, key: PublicKey },
    Domain(DomainSigner),
}

impl AnySigner {
    /// A key as it is; of a wallet, its address and that it is on the right network (S43-05, S43-18).
    pub(crate) async fn new(signer: JsSigner, network: &Network) -> Result<Self, Error> {
        if let Ok(copy) = signer.duplicate()
            && let Ok(keypair) = Keypair::try_from_js_value(copy)
        {
            return Ok(Self::Key(keypair));
        }
        let answer = answer(signer.address()).await?;
        let address =
            member(&answer, "address").ok_or_else(|| failed("the wallet gave no address"))?;
        let key: PublicKey = address.parse().map_err(AccountError::Address)?;
        // Old wallets do not tell their network; the passphrase that they are given to sign for stays.
        if Reflect::get(&signer, &"getNetwork".into()).is_ok_and(|method| method.is_function()) {
            let passphrase = member(&self::answer(signer.network()).await?, "networkPassphrase");
            if let Some(theirs) = passphrase.filter(|theirs| theirs != network.passphrase()) {
                return Err(ClientError::WrongNetwork {
                    anchor: network.passphrase().to_owned(),
                    wallet: Network::new(theirs),
                }
                .into());
            }
        }
        Ok(Self::Wallet { wallet: signer, key })
    }
}

impl Signer for AnySigner {
    fn public_key(&self) -> PublicKey {
        match self {
            Self::Key(keypair) => keypair.0.public(),
            Self::Wallet { key, .. } => *key,
            Self::Domain(domain) => domain.key,
        }
    }

    async fn sign(&self, request: SignRequest) -> Result<String, SignerError> {
        let called = match self {
            Self::Key(keypair) => return Signer::sign(&keypair.0, request).await,
            Self::Wallet { wallet, .. } => {
                wallet.sign_transaction(&request.xdr, &options(&request))
            }
            Self::Domain(domain) => domain.sign.call2(
                &JsValue::UNDEFINED,
                &request.xdr.as_str().into(),
                &options(&request),
            ),
        };
        let answer = answer(called).await?;
        // Wallets of before mid-2024 return the bare text, as a client domain's function does.
        let signed = answer.as_string().or_else(|| member(&answer, "signedTxXdr"));
        signed.ok_or_else(|| failed("it returned no transaction"))
    }
}

/// A client domain whose key is elsewhere, most often on the wallet's server.
pub(crate) struct DomainSigner {
    domain: String,
    key: PublicKey,
    sign: Function,
}

impl DomainSigner {
    pub(crate) fn new(input: &Input) -> Result<Self, Error> {
        let key = input.required("signingKey")?.parse().map_err(AccountError::Address)?;
        let sign = input.member("sign").and_then(|sign| sign.dyn_into().ok());
        let sign = sign.ok_or_else(|| Error::request("clientDomain.sign must be a function"))?;
        Ok(Self { domain: input.required("domain")?, key, sign })
    }

    /// What the anchor is asked to put into the challenge.
    pub(crate) fn claim(&self) -> ClientDomain<'_> {
        ClientDomain { domain: &self.domain, key: self.key }
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
    js_sys::Object::from_entries(&entries).map_or(JsValue::UNDEFINED, Into::into)
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
    let code = Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_f64());
    if code == Some(-4.0) {
        return SignerError::Refused;
    }
    SignerError::Failed(
        error
            .as_string()
            .or_else(|| member(error, "message"))
            .unwrap_or_else(|| "it does not say why".to_owned()),
    )
}

fn member(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string().filter(|text| !text.is_empty())
}

fn failed(message: &str) -> SignerError {
    SignerError::Failed(message.to_owned())
}
