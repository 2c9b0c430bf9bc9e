//! `fetch()`, by gloo-net.

use gloo_net::http::{Request as Fetch, RequestBuilder};
use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStream, ReadableStreamDefaultReader, RequestCache,
    RequestCredentials, RequestRedirect,
};
use windlass_core::endpoint::Method;

use super::TOTAL_SECONDS;
use crate::{Request, Response, Transport, TransportError};

/// The default transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Http(());

impl Http {
    /// A transport with a timeout, and without redirects, cookies and cache.
    ///
    /// # Errors
    ///
    /// None here; natively there are some.
    pub const fn new() -> Result<Self, TransportError> {
        Ok(Self(()))
    }
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Request { method, url, headers, body, max_response } = request;
        let abort = AbortOnDrop::after(TOTAL_SECONDS)?;
        let mut builder = builder(method, &url)
            .cache(RequestCache::NoStore)
            .credentials(RequestCredentials::Omit)
            // What a redirect answers can then be told; `error` would look like any other failure.
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(&abort.0.signal()));
        for (name, value) in headers {
            builder = builder.header(name, &value);
        }
        let fetch = match body {
            Some(body) => builder.body(Uint8Array::from(body.as_slice())),
            None => builder.build(),
        };
        let response =
            fetch.map_err(|error| TransportError::Failed(error.to_string()))?.send().await;
        let response = response.map_err(|error| abort.failed(error.to_string()))?;
        let content_type = response.headers().get("content-type");
        let retry_after = response.headers().get("retry-after").and_then(|text| retry_after(&text));
        let body = match response.body() {
            Some(stream) => read(stream, max_response, &abort).await?,
            None => Vec::new(),
        };
        Ok(Response { status: response.status(), content_type, retry_after, body })
    }
}

fn builder(method: Method, url: &str) -> RequestBuilder {
    match method {
        Method::Get => Fetch::get(url),
        Method::Post => Fetch::post(url),
        Method::Put => Fetch::put(url),
        Method::Delete => Fetch::delete(url),
    }
}

/// Seconds, told as such or as a date.
fn retry_after(header: &str) -> Option<u64> {
    header.parse().ok().or_else(|| {
        let seconds = (js_sys::Date::parse(header) - js_sys::Date::now()) / 1000.0;
        // What is no date is no number, and so not at least 0.
        (seconds >= 0.0).then_some(seconds as u64)
    })
}

/// Reads chunk by chunk, so that an endless answer is left in time (S01-13).
async fn read(
    stream: ReadableStream,
    max: usize,
    abort: &AbortOnDrop,
) -> Result<Vec<u8>, TransportError> {
    let reader = stream.get_reader().unchecked_into::<ReadableStreamDefaultReader>();
    let mut body = Vec::new();
    loop {
        let chunk =
            JsFuture::from(reader.read()).await.map_err(|error| abort.failed(message(&error)))?;
        if Reflect::get(&chunk, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            return Ok(body);
        }
        let bytes =
            Reflect::get(&chunk, &"value".into()).map_err(|error| abort.failed(message(&error)))?;
        let bytes = bytes.unchecked_into::<Uint8Array>();
        if body.len() + bytes.length() as usize > max {
            return Err(TransportError::TooLong(max));
        }
        body.extend_from_slice(&bytes.to_vec());
    }
}

/// Ends the request when it takes too long, or when nobody waits for it any more.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn after(seconds: u32) -> Result<Self, TransportError> {
        let failed = |error: JsValue| TransportError::Failed(message(&error));
        let controller = AbortController::new().map_err(failed)?;
        let abort = Reflect::get(&controller, &"abort".into())
            .map_err(failed)?
            .unchecked_into::<Function>();
        AbortSignal::timeout_with_u32(seconds * 1000).set_onabort(Some(&abort.bind0(&controller)));
        Ok(Self(controller))
    }

    /// An error that came up while this request was under way.
    fn failed(&self, message: String) -> TransportError {
        if self.0.signal().aborted() {
            TransportError::TimedOut(TOTAL_SECONDS)
        } else {
            TransportError::Failed(message)
        }
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The message of whatever was thrown.
fn message(error: &JsValue) -> String {
    let message =
        Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| "fetch failed".to_owned())
}
