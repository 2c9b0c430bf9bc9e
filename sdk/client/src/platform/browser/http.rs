//! `fetch()`, with the requests and responses of gloo-net.

use gloo_net::http::{Headers, Method as HttpMethod, RequestBuilder, Response as FetchResponse};
use gloo_timers::callback::Timeout;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, Request as FetchRequest,
    RequestCache, RequestCredentials, RequestInit, RequestRedirect,
};
use windlass_core::endpoint::Method;

use crate::{Failure, Request, Response, Transport, TransportError};

#[wasm_bindgen]
extern "C" {
    // The global function: `window.fetch` is missing in workers and in Node.
    #[wasm_bindgen(catch)]
    fn fetch(request: &FetchRequest, init: &RequestInit) -> Result<Promise, JsValue>;

    /// One result of reading a stream.
    type Chunk;

    // `undefined` at the end of the stream.
    #[wasm_bindgen(method, getter)]
    fn value(this: &Chunk) -> Option<Uint8Array>;
}

/// The default transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Http(());

impl Http {
    /// A transport with a timeout and without cookies and cache. It follows redirects only where a request says so, and
    /// only to https.
    ///
    /// # Errors
    ///
    /// None in a browser; the native transport may fail to set up TLS.
    pub const fn new() -> Result<Self, TransportError> {
        Ok(Self(()))
    }
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let seconds = request.time_limit();
        let mut abort = AbortOnDrop::new(seconds).map_err(failed)?;
        match exchange(request, &abort.controller.signal()).await {
            Ok(response) => {
                abort.finished = true;
                Ok(response)
            }
            // A caller that drops this future never gets here: it was the timeout.
            Err(TransportError::Failed(_)) if abort.controller.signal().aborted() => {
                Err(TransportError::TimedOut(seconds))
            }
            Err(error) => Err(error),
        }
    }
}

async fn exchange(request: Request, signal: &AbortSignal) -> Result<Response, TransportError> {
    let Request { max_response, follow_redirects, .. } = request;
    let from_https = request.url.starts_with("https:");
    // In Node a signal refers weakly to what it aborts. Request and signal are held until the body
    // has ended, and the signal is also given to `fetch` itself.
    let request = fetch_request(request, signal)?;
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    let called = fetch(&request, &init).map_err(failed)?;
    let answer = JsFuture::from(called).await.map_err(failed)?;
    let answer = FetchResponse::from(answer.unchecked_into::<web_sys::Response>());
    if follow_redirects && from_https && answer.url().starts_with("http:") {
        let reason = "the server redirects to a URL without https";
        return Err(TransportError::Failed(Failure::new(reason)));
    }
    let headers = answer.headers();
    let mut body = Vec::new();
    if let Some(stream) = answer.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        // Chunk by chunk, so that an endless body is abandoned in time (S01-13).
        while let Some(chunk) = read(&reader).await.map_err(failed)? {
            if body.len() + chunk.length() as usize > max_response {
                return Err(TransportError::TooLong(max_response));
            }
            body.extend(chunk.to_vec());
        }
    }
    Ok(Response {
        status: answer.status(),
        content_type: headers.get("content-type"),
        retry_after: headers.get("retry-after").and_then(|text| retry_after(&text)),
        body,
    })
}

fn fetch_request(request: Request, signal: &AbortSignal) -> Result<FetchRequest, TransportError> {
    // gloo-net's own `header` panics for a value that is not allowed in a header.
    let headers = web_sys::Headers::new().map_err(failed)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(failed)?;
    }
    let builder = RequestBuilder::new(&request.url)
        .method(http_method(request.method))
        .headers(Headers::from_raw(headers))
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(if request.follow_redirects {
            RequestRedirect::Follow
        } else {
            // `error` would make a redirect look like a lost connection.
            RequestRedirect::Manual
        })
        .abort_signal(Some(signal));
    let built = match request.body {
        Some(body) => builder.body(Uint8Array::from(body.as_slice())),
        None => builder.build(),
    };
    built.map(Into::into).map_err(|error| TransportError::Failed(Failure::new(error.to_string())))
}

const fn http_method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    }
}

async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    Ok(JsFuture::from(reader.read()).await?.unchecked_into::<Chunk>().value())
}

/// Seconds from now. The header has a number of seconds or a date.
fn retry_after(header: &str) -> Option<u64> {
    header.trim().parse().ok().or_else(|| {
        let seconds = (js_sys::Date::parse(header) - js_sys::Date::now()) / 1000.0;
        // NaN, for text that is no date, is not at least 0.
        (seconds >= 0.0).then_some(seconds as u64)
    })
}

/// Aborts the request after its time limit, or when the future that waits for it is dropped.
struct AbortOnDrop {
    controller: AbortController,
    _timeout: Timeout,
    finished: bool,
}

impl AbortOnDrop {
    fn new(seconds: u32) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let expired = controller.clone();
        // `AbortSignal.timeout` would be a second signal, and takes ten times as long in Node.
        let timeout = Timeout::new(seconds.saturating_mul(1000), move || expired.abort());
        Ok(Self { controller, _timeout: timeout, finished: false })
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Aborting a finished request has no effect, and is slow.
        if !self.finished {
            self.controller.abort();
        }
    }
}

fn failed(error: JsValue) -> TransportError {
    let text = |name: &str| Reflect::get(&error, &name.into()).ok()?.as_string();
    let text = match (text("name"), text("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        _ => "fetch failed".to_owned(),
    };
    TransportError::Failed(Failure::new(text).caused_by(error))
}
