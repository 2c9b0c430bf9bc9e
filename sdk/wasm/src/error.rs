//! The thrown error: an `Error` object with a stable code.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use windlass_client::{Error as ClientError, ErrorKind};

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
    ) -> WindlassError;
}

/// An error to throw in JavaScript: a `WindlassError`.
#[derive(Debug)]
pub struct Error(JsValue);

impl Error {
    /// An error that a script of the package has thrown.
    pub(crate) const fn from_js(error: JsValue) -> Self {
        Self(error)
    }

    /// An error in the options of a call.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        ErrorKind::InvalidRequest(message.into()).into()
    }
}

impl<E: Into<ClientError>> From<E> for Error {
    fn from(error: E) -> Self {
        thrown(&error.into())
    }
}

fn thrown(error: &ClientError) -> Error {
    Error(
        WindlassError::new(
            error.code().as_str(),
            &error.to_string(),
            error.field(),
            error.status(),
            error.retry_after().map(|seconds| seconds as f64),
        )
        .into(),
    )
}

impl From<Error> for JsValue {
    fn from(Error(error): Error) -> Self {
        error
    }
}
