//! reqwest, with TLS by rustls.

use std::{error::Error as _, time::Duration};

use windlass_core::endpoint::Method;

use super::TOTAL_SECONDS;
use crate::{Request, Response, Transport, TransportError};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// The default transport. Cloning it is cheap and shares its connections.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// A transport with timeouts, and without redirects and cookies.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(Duration::from_secs(TOTAL_SECONDS.into()))
            .user_agent(concat!("windlass/", env!("CARGO_PKG_VERSION")));
        Ok(Self(builder.build().map_err(failed)?))
    }
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Request { method, url, headers, body, max_response } = request;
        let mut builder = self.0.request(reqwest_method(method), url);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = body {
            builder = builder.body(body);
        }
        let mut response = builder.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            // Counted while it comes: a length that is announced may be a lie (S01-13).
            if body.len() + chunk.len() > max_response {
                return Err(TransportError::TooLong(max_response));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, content_type, body })
    }
}

const fn reqwest_method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    }
}

/// The innermost cause says the most; the URL is left out, as its query may tell of the user.
fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::TimedOut(TOTAL_SECONDS);
    }
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = cause.to_string();
        source = cause.source();
    }
    TransportError::Failed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn future_can_be_sent_to_another_thread() {
        fn assert_send<T: Send>(_: T) {}
        let http = Http::new().unwrap();
        let request = Request {
            method: Method::Get,
            url: String::new(),
            headers: Vec::new(),
            body: None,
            max_response: 1,
        };
        assert_send(http.send(request));
    }
}
