//! The thrown error: an `Error` object with a stable code.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use windlass_client::{Error as ClientError, ErrorKind};
#[cfg(feature = "kyc")]
use windlass_core::sep9::Checks;

use crate::cause;

#[wasm_bindgen(raw_module = "../js/error.js")]
extern "C" {
    type WindlassError;

    #[wasm_bindgen(constructor)]
    fn new(
        code: &str,
        message: &str,
        field: Option<&str>,
        status: Option<u16>,
        retry_after: Option<f64>,
        cause: &JsValue,
        problems: &JsValue,
    ) -> WindlassError;
}

/// An error to throw in JavaScript: a `WindlassError`.
#[derive(Debug)]
pub enum Error {
    /// An error of the client.
    Client(ClientError),
    /// An error of the client, and the value of JavaScript that caused it.
    Caused(ClientError, JsValue),
    /// What a script of the package has thrown.
    Thrown(JsValue),
}

impl Error {
    /// An error in the options of a call.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        ErrorKind::InvalidRequest(message.into()).into()
    }
}

impl<E: Into<ClientError>> From<E> for Error {
    fn from(error: E) -> Self {
        Self::Client(error.into())
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        match error {
            Error::Client(error) => thrown(&error, &cause::of(&error)),
            Error::Caused(error, cause) => thrown(&error, &cause),
            Error::Thrown(error) => error,
        }
    }
}

fn thrown(error: &ClientError, cause: &JsValue) -> JsValue {
    WindlassError::new(
        error.code().as_str(),
        &error.to_string(),
        error.field(),
        error.status(),
        error.retry_after().map(|seconds| seconds as f64),
        cause,
        &problems(error),
    )
    .into()
}

/// What is wrong with the values that the client has refused.
#[cfg(feature = "kyc")]
fn problems(error: &ClientError) -> JsValue {
    match error.kind() {
        ErrorKind::Fields(errors) => {
            crate::sep9::problems(errors, Checks::Strict).map_or(JsValue::UNDEFINED, Into::into)
        }
        _ => JsValue::UNDEFINED,
    }
}

#[cfg(not(feature = "kyc"))]
const fn problems(_: &ClientError) -> JsValue {
    JsValue::UNDEFINED
}
