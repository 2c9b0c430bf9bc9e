//! The transport is a trait with one method, so that the same client runs in browsers, natively and
//! inside tests.

use std::fmt;

use thiserror::Error;
use windlass_core::{endpoint::Method, problem::Code};

use crate::Failure;

/// How long a request without files may take in seconds, response included.
const SECONDS: u32 = 30;
/// The longest time limit, in seconds.
const LONGEST: u32 = 3600;
/// The slowest upload in bytes per second: a photo over a bad mobile connection.
const SLOWEST_UPLOAD: usize = 10_000;

/// Sends requests. [`Http`](crate::Http) is the default one.
///
/// The future need not be `Send`, because a browser has one thread. The native
/// [`Http`](crate::Http) returns one that is.
pub trait Transport {
    /// Sends a request and reads the whole response, whatever its status.
    ///
    /// A transport follows redirects only if [`Request::follow_redirects`] says so: the token and personal data
    /// must reach only the server that the caller chose. It stops reading at [`Request::max_response`].
    ///
    /// # Errors
    ///
    /// There is no response, or it is too long.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;
}

/// A request, ready to be sent.
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The URL with its query.
    pub url: String,
    /// Names and values; each name occurs once.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
    /// The longest body, in bytes, that the response may have.
    pub max_response: usize,
    /// Whether to follow redirects, each of which must lead to https. Only for a request that carries no token and no
    /// personal data.
    pub follow_redirects: bool,
}

impl Request {
    /// How long it may take in seconds, response included: 30, and one more for every 10 KB that are
    /// sent, up to an hour.
    pub fn time_limit(&self) -> u32 {
        let sending = self.body.as_ref().map_or(0, Vec::len) / SLOWEST_UPLOAD;
        u32::try_from(sending)
            .map_or(LONGEST, |sending| SECONDS.saturating_add(sending).min(LONGEST))
    }
}

/// Omits headers, query and body, which hold the token and personal data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), without_query(&self.url))
    }
}

pub(crate) fn without_query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(url, _)| url)
}

/// A response of any status.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status; 0 for a redirect in a browser, which hides the status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Retry-After` header, in seconds from now.
    pub retry_after: Option<u64>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Omits the body, which may hold a token.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why there is no response.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection, an unknown host, an untrusted certificate, or a browser that CORS stopped.
    /// The platform's message.
    #[error(transparent)]
    Failed(Failure),
    /// No complete response within so many seconds.
    #[error("no complete answer within {0} seconds")]
    TimedOut(u32),
    /// The response is longer than [`Request::max_response`].
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

impl TransportError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Failed(_) | Self::TimedOut(_) => Code::Network,
            Self::TooLong(_) => Code::UnexpectedResponse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_a_long_body_may_take_longer() {
        for (bytes, seconds) in
            [(0, 30), (9_999, 30), (10_000, 31), (8_000_000, 830), (100_000_000, 3600)]
        {
            let request = Request {
                method: Method::Put,
                url: String::new(),
                headers: Vec::new(),
                body: Some(vec![0; bytes]),
                max_response: 1,
                follow_redirects: false,
            };
            assert_eq!(request.time_limit(), seconds, "{bytes}");
        }
    }

    #[test]
    fn debug_shows_neither_token_nor_data() {
        let request = Request {
            method: Method::Get,
            url: "https://a.example/customer?memo=7".to_owned(),
            headers: vec![("Authorization", "Bearer secret".to_owned())],
            body: Some(b"data".to_vec()),
            max_response: 1,
            follow_redirects: false,
        };
        assert_eq!(format!("{request:?}"), "GET https://a.example/customer");
        let response = Response {
            status: 200,
            content_type: None,
            retry_after: None,
            body: b"secret".to_vec(),
        };
        assert_eq!(format!("{response:?}"), "Response(200, 6 bytes)");
    }
}
