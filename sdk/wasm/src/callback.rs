//! Callbacks, for a wallet's server.

use std::rc::Rc;

use js_sys::{Array, Object, Promise, try_iter};
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use windlass_client::{Callbacks as Client, Clock};
use windlass_core::{
    account::{AccountError, PublicKey},
    callback::Receiver,
};

use crate::{
    Error, files,
    options::{Seconds, read},
    output::output,
    signal::{Signal, promise},
};

/// The anchor whose callbacks are received, and the host that receives them.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CallbacksOptions {
    /// The anchor's `SIGNING_KEY`: `anchor.info.signingKey`.
    pub signing_key: String,
    /// The host of the registered URL, with its port if the URL contains one. Take it from your
    /// configuration, not from a request.
    pub host: String,
    /// The largest accepted age in seconds: 120 by default, which is also the maximum.
    #[serde(default)]
    #[tsify(type = "number")]
    pub max_age: Option<Seconds>,
    /// The number of callbacks to remember, to detect replays: 10,000 by default. Further callbacks
    /// are refused until older ones expire.
    #[serde(default)]
    pub capacity: Option<u32>,
}

/// A received request.
#[derive(Debug, Deserialize, Tsify)]
pub struct CallbackRequest {
    /// All its headers: those of `fetch`, of Node's `http`, or pairs.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(
        type = "Iterable<readonly [string, string]> | { readonly [name: string]: string | readonly string[] | undefined }"
    )]
    pub headers: JsValue,
    /// The exact body, before it is parsed.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "Uint8Array | string")]
    pub body: JsValue,
    /// The time in Unix seconds. By default the system clock's.
    #[serde(default)]
    #[tsify(type = "number")]
    pub now: Option<Seconds>,
}

/// A received callback.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedCallback {
    /// The anchor's `SIGNING_KEY`.
    pub signing_key: String,
    /// The receiver's own host, with its port if the callback's URL contains one. Take it from the
    /// configuration, not from the request.
    pub host: String,
    /// The value of the `Signature` header.
    pub header: String,
    /// The exact body.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "Uint8Array | string")]
    pub body: JsValue,
    /// The time in Unix seconds. By default the system clock's.
    #[serde(default)]
    #[tsify(type = "number")]
    pub now: Option<Seconds>,
}

/// Receives the callbacks that an anchor sends to the URL of `session.setCallback`. Use one object
/// for all requests of a server.
///
/// @example
/// ```ts
/// import { Anchor } from "windlass";
/// import { Callbacks } from "windlass/server";
///
/// const { info } = await Anchor.discover("anchor.example.com");
/// const callbacks = new Callbacks({ signingKey: info.signingKey ?? "", host: "wallet.example.com" });
/// console.log(callbacks instanceof Callbacks); // true
/// ```
#[wasm_bindgen]
#[derive(Debug)]
pub struct Callbacks(Rc<Client>);

#[wasm_bindgen]
impl Callbacks {
    /// Throws `invalid_account` if `signingKey` is malformed.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    /// import { Callbacks } from "windlass/server";
    ///
    /// const signingKey = (await Keypair.random()).address; // of an anchor: `anchor.info.signingKey`
    /// const callbacks = new Callbacks({ signingKey, host: "wallet.example.com", maxAge: 60 });
    /// console.log(callbacks instanceof Callbacks); // true
    /// ```
    #[wasm_bindgen(constructor)]
    pub fn new(options: Ts<CallbacksOptions>) -> Result<Self, Error> {
        let CallbacksOptions { signing_key, host, max_age, capacity } = read(options)?;
        let mut receiver = Receiver::new(public_key(&signing_key)?, &host);
        if let Some(seconds) = max_age {
            receiver = receiver.max_age(seconds.whole());
        }
        if let Some(callbacks) = capacity {
            receiver = receiver.capacity(callbacks as usize);
        }
        Ok(Self(Rc::new(Client::new(receiver, Clock::default()))))
    }

    /// Checks a callback and returns the customer: answer 2xx. Throws if the callback is not from
    /// the anchor, too old, modified, or a replay: answer 401.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, isWindlassError } from "windlass";
    /// import { Callbacks } from "windlass/server";
    ///
    /// const { info } = await Anchor.discover("anchor.example.com");
    /// const callbacks = new Callbacks({ signingKey: info.signingKey ?? "", host: "wallet.example.com" });
    ///
    /// async function onCallback(request: Request): Promise<Response> {
    ///     try {
    ///         const customer = await callbacks.receive({ headers: request.headers, body: await request.text() });
    ///         console.log(customer.id, customer.status);
    ///         return new Response();
    ///     } catch (error) {
    ///         if (!isWindlassError(error)) throw error;
    ///         return new Response(error.code, { status: 401 });
    ///     }
    /// }
    ///
    /// const forged = new Request("https://wallet.example.com/kyc", { method: "POST", body: '{"status":"ACCEPTED"}' });
    /// console.log((await onCallback(forged)).status); // 401
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Customer>")]
    pub fn receive(&self, request: Ts<CallbackRequest>) -> Promise {
        let callbacks = Rc::clone(&self.0);
        promise(|| {
            let CallbackRequest { headers, body, now } = read(request)?;
            let (headers, body) = (pairs(headers)?, bytes(&body)?);
            let work = async move {
                let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                output(&match now {
                    Some(now) => callbacks.receive_at(headers, &body, now.whole()).await?,
                    None => callbacks.receive(headers, &body).await?,
                })
            };
            Ok((Signal::default(), work))
        })
    }

    /// Forgets a callback that was accepted but could not be processed, given its headers, so that
    /// it is accepted when the anchor sends it again: answer 5xx.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    /// import { Callbacks } from "windlass/server";
    ///
    /// const signingKey = (await Keypair.random()).address; // of an anchor: `anchor.info.signingKey`
    /// const callbacks = new Callbacks({ signingKey, host: "wallet.example.com" });
    /// const headers = new Headers({ Signature: "t=1767312000, s=AAAA" });
    /// console.log(callbacks.forget(headers)); // undefined
    /// ```
    pub fn forget(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CallbackRequest[\"headers\"]")] headers: JsValue,
    ) -> Result<(), Error> {
        let headers = pairs(headers)?;
        self.0.forget(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        Ok(())
    }
}

/// Checks the `Signature` header of an anchor's callback. Throws if the anchor did not sign it:
/// answer 401.
///
/// Call it before the body is parsed, with the exact bytes. It does not detect replays; `Callbacks`
/// does.
///
/// @example
/// ```ts
/// import { Keypair, isWindlassError } from "windlass";
/// import { verifyCallback } from "windlass/server";
///
/// try {
///     await verifyCallback({
///         signingKey: (await Keypair.random()).address, // of an anchor: `anchor.info.signingKey`
///         host: "wallet.example.com",
///         header: "t=1767312000, s=AAAA",
///         body: new TextEncoder().encode('{"status":"ACCEPTED"}'),
///     });
/// } catch (error) {
///     console.log(isWindlassError(error)); // true
/// }
/// ```
#[wasm_bindgen(js_name = verifyCallback, unchecked_return_type = "Promise<void>")]
pub fn verify_callback(received: Ts<ReceivedCallback>) -> Promise {
    promise(|| {
        let ReceivedCallback { signing_key, host, header, body, now } = read(received)?;
        let (key, body) = (public_key(&signing_key)?, bytes(&body)?);
        let now = now.map_or_else(|| Clock::default().now(), Seconds::whole);
        let work = async move {
            windlass_client::verify_callback(&key, &host, &body, &header, now).await?;
            Ok(JsValue::UNDEFINED)
        };
        Ok((Signal::default(), work))
    })
}

fn public_key(text: &str) -> Result<PublicKey, Error> {
    Ok(text.parse().map_err(AccountError::Address)?)
}

fn bytes(body: &JsValue) -> Result<Vec<u8>, Error> {
    body.as_string()
        .map(String::into_bytes)
        .or_else(|| files::bytes(body))
        .ok_or_else(|| Error::request("body must be a Uint8Array or a string"))
}

/// Names and values, from pairs or from the members of an object. A value may be a list, as in
/// Node.
fn pairs(headers: JsValue) -> Result<Vec<(String, String)>, Error> {
    let wrong = || Error::request("headers must be those of the request");
    if !headers.is_object() {
        return Err(wrong());
    }
    let entries = match try_iter(&headers).map_err(|_| wrong())? {
        Some(pairs) => pairs.collect::<Result<Array, _>>().map_err(|_| wrong())?,
        None => Object::entries(headers.unchecked_ref()),
    };
    let mut pairs = Vec::new();
    for entry in entries {
        let entry = Array::from(&entry);
        let Some(name) = entry.get(0).as_string() else { return Err(wrong()) };
        let value = entry.get(1);
        let values = if value.is_array() { Array::from(&value) } else { Array::of1(&value) };
        for value in values.iter().filter_map(|value| value.as_string()) {
            pairs.push((name.clone(), value));
        }
    }
    Ok(pairs)
}
