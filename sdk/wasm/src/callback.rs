//! Callbacks, as a wallet's server receives them.

use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::{Clock, Error as ClientError};
use windlass_core::{account::AccountError, callback};

use crate::{
    Error,
    input::{self, Input},
    types::ReceivedCallback,
};

/// Checks the `Signature` header of an anchor's callback. Throws `invalid_callback` if it is not the anchor's: answer 401.
///
/// Call it before the body is parsed, with the very bytes that came.
#[wasm_bindgen(js_name = verifyCallback)]
pub fn verify_callback(received: ReceivedCallback) -> Result<(), Error> {
    let input = Input::new(received)?;
    let key = input.required("signingKey")?.parse().map_err(AccountError::Address)?;
    let body = match input.member("body") {
        Some(body) => body.as_string().map(String::into_bytes).or_else(|| input::bytes(&body)),
        None => None,
    };
    let body = body.ok_or_else(|| Error::request("body must be a Uint8Array or a string"))?;
    let now = input.seconds("now")?.unwrap_or_else(|| Clock::default().now());
    callback::verify(&key, &input.required("host")?, &body, &input.required("header")?, now)
        .map_err(|error| ClientError::Callback(error).into())
}
