//! Callbacks, as a wallet's server receives them.

use std::rc::Rc;

use js_sys::{Array, Object, Promise, try_iter};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use windlass_client::{Callbacks as Client, Clock};
use windlass_core::{
    account::{AccountError, PublicKey},
    callback::Receiver,
};

use crate::{
    Error,
    input::{self, Input},
    output::output,
    promise::promise,
    types::{CallbackRequest, CallbacksOptions, ReceivedCallback},
};

/// Receives the callbacks that an anchor sends to the URL of `session.setCallback`. Keep one for all requests of a server.
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
    /// Receives what the holder of this key sends to this host. Throws `invalid_account` if the key is none.
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
    pub fn new(options: CallbacksOptions) -> Result<Self, Error> {
        let input = Input::new(options)?;
        let mut receiver = Receiver::new(signing_key(&input)?, &input.required("host")?);
        if let Some(seconds) = input.seconds("maxAge")? {
            receiver = receiver.max_age(seconds);
        }
        if let Some(callbacks) = input.seconds("capacity")? {
            receiver = receiver.capacity(callbacks as usize);
        }
        Ok(Self(Rc::new(Client::new(receiver, Clock::default()))))
    }

    /// Takes a callback: answer 2xx. Throws if it is not the anchor's, too old, changed, or came before: answer 401.
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
    pub fn receive(&self, request: CallbackRequest) -> Promise {
        let callbacks = Rc::clone(&self.0);
        promise(request, |input| async move {
            let (headers, body) = (headers(&input)?, body(&input)?);
            let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let customer = match input.seconds("now")? {
                Some(now) => callbacks.receive_at(headers, &body, now).await?,
                None => callbacks.receive(headers, &body).await?,
            };
            Ok(output(&customer)?.into())
        })
    }
}

/// Checks the `Signature` header of an anchor's callback. Throws if it is not the anchor's: answer 401.
///
/// Call it before the body is parsed, with the very bytes that came. It does not know a replay: `Callbacks` does.
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
pub fn verify_callback(received: ReceivedCallback) -> Promise {
    promise(received, |input| async move {
        let (key, host, header) =
            (signing_key(&input)?, input.required("host")?, input.required("header")?);
        let now = input.seconds("now")?.unwrap_or_else(|| Clock::default().now());
        windlass_client::verify_callback(&key, &host, &body(&input)?, &header, now).await?;
        Ok(JsValue::UNDEFINED)
    })
}

fn signing_key(input: &Input) -> Result<PublicKey, Error> {
    Ok(input.required("signingKey")?.parse().map_err(AccountError::Address)?)
}

fn body(input: &Input) -> Result<Vec<u8>, Error> {
    let body = input.member("body");
    body.and_then(|body| body.as_string().map(String::into_bytes).or_else(|| input::bytes(&body)))
        .ok_or_else(|| Error::request("body must be a Uint8Array or a string"))
}

/// Names and values, from pairs or from the members of an object. A value may be a list, as Node gives it.
fn headers(input: &Input) -> Result<Vec<(String, String)>, Error> {
    let wrong = || Error::request("headers must be those of the request");
    let headers = input.member("headers").filter(JsValue::is_object).ok_or_else(wrong)?;
    let pairs = match try_iter(&headers).map_err(|_| wrong())? {
        Some(pairs) => pairs.collect::<Result<Array, _>>().map_err(|_| wrong())?,
        None => Object::entries(headers.unchecked_ref()),
    };
    let mut headers = Vec::new();
    for pair in pairs {
        let pair = Array::from(&pair);
        let Some(name) = pair.get(0).as_string() else { return Err(wrong()) };
        let value = pair.get(1);
        let values = if value.is_array() { Array::from(&value) } else { Array::of1(&value) };
        for value in values.iter().filter_map(|value| value.as_string()) {
            headers.push((name.clone(), value));
        }
    }
    Ok(headers)
}
