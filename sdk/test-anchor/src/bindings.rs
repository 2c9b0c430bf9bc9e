//! The bindings that `testing/index.js` wraps.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;
use windlass_core::sep10::{GetChallenge, OnLedger, Thresholds};

use crate::{
    anchor::{Anchor, Refused, key},
    flaw::Flaw,
};

/// An anchor in memory.
#[wasm_bindgen]
pub struct Instance(Anchor);

/// A response; JavaScript builds a `Response` from it.
#[wasm_bindgen]
pub struct Answered {
    status: u16,
    headers: JsValue,
    body: Vec<u8>,
}

#[wasm_bindgen]
impl Answered {
    /// The HTTP status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers, as an array of `[name, value]` pairs.
    #[wasm_bindgen(getter)]
    pub fn headers(&self) -> JsValue {
        self.headers.clone()
    }

    /// The bytes of the body.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> Vec<u8> {
        self.body.clone()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerAccount {
    signers: Vec<Signer>,
    #[serde(default)]
    thresholds: Levels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signer {
    key: String,
    weight: u32,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Levels {
    low: u32,
    medium: u32,
    high: u32,
}

#[derive(Serialize)]
struct Told {
    url: String,
    signature: String,
    body: String,
}

#[wasm_bindgen]
impl Instance {
    /// An anchor with these settings, an object like `Settings`.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue) -> Result<Self, JsError> {
        Ok(Self(Anchor::new(read("options", settings)?)?))
    }

    /// The `G…` address of the stellar.toml's `SIGNING_KEY`.
    #[wasm_bindgen(js_name = signingKey)]
    pub fn signing_key(&self) -> String {
        self.0.signing_key().to_string()
    }

    /// Answers a request at the time `now`, in Unix seconds. `headers` are `[name, value]` pairs.
    pub fn answer(
        &self,
        now: f64,
        method: &str,
        path: &str,
        headers: JsValue,
        body: Vec<u8>,
    ) -> Result<Answered, JsError> {
        self.at(now);
        let headers: Vec<(String, String)> = read("headers", headers)?;
        let answer = self.0.answer(method, path, &headers, body)?;
        let headers = tell(&answer.headers)?;
        Ok(Answered { status: answer.status, headers, body: answer.body })
    }

    /// Sets the steps of a customer; without an account, those of all customers without steps of
    /// their own.
    pub fn script(&self, account: Option<String>, steps: JsValue) -> Result<(), JsError> {
        Ok(self.0.script(account.as_deref(), read("steps", steps)?)?)
    }

    /// The callback for the state of a customer at the time `now`, in Unix seconds.
    pub fn callback(
        &self,
        now: f64,
        account: &str,
        url: Option<String>,
    ) -> Result<JsValue, JsError> {
        self.at(now);
        let callback = self.0.callback(account, url)?;
        let told = Told { url: callback.url, signature: callback.signature, body: callback.body };
        tell(&told)
    }

    /// A session token that expires `seconds` after `now`.
    pub fn token(&self, now: f64, account: &str, seconds: i32) -> Result<String, JsError> {
        self.at(now);
        Ok(self.0.token(account, seconds)?)
    }

    /// A challenge for this query with one flaw, such as `expired`.
    pub fn flawed(&self, now: f64, query: JsValue, flaw: &str) -> Result<String, JsError> {
        self.at(now);
        let request: GetChallenge = read("query", query)?;
        let named = Flaw::named(flaw);
        let flaw = named
            .ok_or_else(|| JsError::new(&format!("no challenge is wrong in the way \"{flaw}\"")))?;
        Ok(self.0.flawed(&request, flaw)?)
    }

    /// Sets the signers and thresholds of an account on the ledger; `null` means that it does not
    /// exist.
    #[wasm_bindgen(js_name = setAccount)]
    pub fn set_account(&self, account: &str, known: JsValue) -> Result<(), JsError> {
        let known: Option<LedgerAccount> = read("account", known)?;
        let known = match known {
            None => OnLedger::Missing,
            Some(LedgerAccount { signers, thresholds: Levels { low, medium, high } }) => {
                let signers = signers.iter().map(|signer| Ok((key(&signer.key)?, signer.weight)));
                OnLedger::Exists {
                    signers: signers.collect::<Result<_, Refused>>()?,
                    thresholds: Thresholds { low, medium, high },
                }
            }
        };
        Ok(self.0.set_account(account, known)?)
    }

    /// Sets the signing key of a client domain.
    #[wasm_bindgen(js_name = setClientDomain)]
    pub fn set_client_domain(&self, domain: &str, address: &str) -> Result<(), JsError> {
        Ok(self.0.set_client_domain(domain, address)?)
    }

    fn at(&self, now: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time in whole seconds; invalid numbers saturate"
        )]
        self.0.set_now(now as u64);
    }
}

fn read<T: DeserializeOwned>(what: &str, value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|cause| JsError::new(&format!("{what}: {cause}")))
}

fn tell(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
