//! `fetch()`, and its answers by gloo-net.

use std::cell::Cell;

use gloo_net::http::Response as Answer;
use js_sys::{Function, JSON, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use web_sys::{
    AbortController, ReadableStream, ReadableStreamDefaultReader, Request as Fetch, RequestInit,
};
use windlass_core::{
    json::{self, Members, ToJson},
    text, wire,
};

use super::TOTAL_SECONDS;
use crate::{Request, Response, Transport, TransportError, timer::Timeout, wait::settled};

#[wasm_bindgen]
extern "C" {
    // Not of `window`: workers and Node have it as well.
    #[wasm_bindgen(catch)]
    fn fetch(request: &Fetch) -> Result<Promise, JsValue>;

    /// What was read.
    type Read;

    // At the end it is `undefined`.
    #[wasm_bindgen(method, getter)]
    fn value(this: &Read) -> Option<Uint8Array>;
}

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
        let max_response = request.max_response;
        let abort = AbortOnDrop::new().map_err(failed)?;
        let called = abort.fetch(request);
        let answer = abort.done(called).await?;
        let (mut response, stream) = begun(answer.unchecked_into());
        if let Some(reader) = stream {
            // Chunk by chunk, so that an endless answer is left in time (S01-13).
            while let Some(chunk) = chunk(&abort.done(Ok(reader.read())).await?) {
                if response.body.len() + chunk.len() > max_response {
                    return Err(TransportError::TooLong(max_response));
                }
                response.body.extend(chunk);
            }
        }
        abort.over.set(true);
        Ok(response)
    }
}

/// What is known of an answer before its body, and who reads that.
fn begun(answer: web_sys::Response) -> (Response, Option<ReadableStreamDefaultReader>) {
    let answer = Answer::from(answer);
    let headers = answer.headers();
    let response = Response {
        status: answer.status(),
        content_type: headers.get("content-type"),
        retry_after: headers.get("retry-after").and_then(|text| retry_after(&text)),
        body: Vec::new(),
    };
    let reader = |stream: ReadableStream| stream.get_reader().unchecked_into();
    (response, answer.body().map(reader))
}

/// The bytes that were read; nothing at the end.
fn chunk(read: &JsValue) -> Option<Vec<u8>> {
    read.unchecked_ref::<Read>().value().map(|bytes| bytes.to_vec())
}

/// What `fetch` is to do. As JSON, which the page reads: a function to set each of these would be downloaded otherwise.
impl ToJson for Request {
    fn to_json(&self, out: &mut String) {
        Members::object(self, out);
    }

    fn to_members(&self, out: &mut Members<'_>) {
        out.member("method", &self.method.as_str());
        out.member("headers", &Headers(&self.headers));
        out.member("cache", &"no-store");
        out.member("credentials", &"omit");
        // What a redirect answers can then be told; `error` would look like any other failure.
        out.member("redirect", &"manual");
    }
}

struct Headers<'a>(&'a [(&'static str, String)]);

impl ToJson for Headers<'_> {
    fn to_json(&self, out: &mut String) {
        Members::object(self, out);
    }

    fn to_members(&self, out: &mut Members<'_>) {
        for (name, value) in self.0 {
            out.member(name, value);
        }
    }
}

/// Seconds, told as such or as a date.
fn retry_after(header: &str) -> Option<u64> {
    wire::number(header.as_bytes(), 10).or_else(|| {
        let seconds = (js_sys::Date::parse(header) - js_sys::Date::now()) / 1000.0;
        // What is no date is no number, and so not at least 0.
        (seconds >= 0.0).then_some(seconds as u64)
    })
}

/// Ends the request when it takes too long, or when nobody waits for it any more.
struct AbortOnDrop {
    controller: AbortController,
    _timeout: Timeout,
    over: Cell<bool>,
}

impl AbortOnDrop {
    fn new() -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let abort = Reflect::get(&controller, &"abort".into())?.unchecked_into::<Function>();
        // `AbortSignal.timeout` would be a signal more, and takes ten times as long in Node.
        let timeout = Timeout::new(&abort.bind0(&controller), f64::from(TOTAL_SECONDS) * 1000.0);
        Ok(Self { controller, _timeout: timeout, over: Cell::default() })
    }

    fn fetch(&self, request: Request) -> Result<Promise, JsValue> {
        let init = JSON::parse(&json::to_string(&request))?.unchecked_into::<RequestInit>();
        init.set_signal(Some(&self.controller.signal()));
        if let Some(body) = request.body {
            init.set_body(&Uint8Array::from(body.as_slice()));
        }
        fetch(&Fetch::new_with_str_and_init(&request.url, &init)?)
    }

    /// Waits for what was called, and tells whether it was too slow or failed by itself.
    async fn done(&self, called: Result<Promise, JsValue>) -> Result<JsValue, TransportError> {
        let done = match called {
            Ok(promise) => settled(promise).await,
            Err(error) => Err(error),
        };
        // Whoever waits for it has not dropped it: it was the timer.
        done.map_err(|error| match self.controller.signal().aborted() {
            true => TransportError::TimedOut(TOTAL_SECONDS),
            false => failed(error),
        })
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // To abort what is over would be of no effect, and slow.
        if !self.over.get() {
            self.controller.abort();
        }
    }
}

/// What was thrown says.
fn failed(error: JsValue) -> TransportError {
    let text = |name: &str| Reflect::get(&error, &name.into()).ok()?.as_string();
    TransportError::Failed(match (text("name"), text("message")) {
        (Some(name), Some(message)) => text!(&name, ": ", &message),
        _ => "fetch failed".to_owned(),
    })
}
