//! How requests travel: a trait with one method, so that the same client runs in a browser, natively and inside a test.

use std::fmt;

use thiserror::Error;
use windlass_core::{endpoint::Method, problem::Code, says, wire};

/// How long a request of [`Http`](crate::Http) may take, answer included, in seconds.
#[cfg(feature = "http")]
pub(crate) const TOTAL_SECONDS: u32 = 30;

/// Sends requests. [`Http`](crate::Http) is the default one.
///
/// The future need not be `Send`: a browser has one thread. That of [`Http`](crate::Http) is, natively.
pub trait Transport {
    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// A transport follows no redirects: a token or personal data must not travel on to where the caller did not send it.
    /// It stops reading at [`Request::max_response`].
    ///
    /// # Errors
    ///
    /// There is no answer, or it is too long.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;
}

/// A request, ready to be sent.
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where to, complete with its query.
    pub url: String,
    /// Names and values; each name once.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
    /// The longest body, in bytes, that the answer may have.
    pub max_response: usize,
}

/// Without headers, query and body: they hold the token and personal data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), without_query(&self.url))
    }
}

pub(crate) fn without_query(url: &str) -> &str {
    wire::cut(url, b'?').map_or(url, |(url, _)| url)
}

/// An answer, of whatever status.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status; 0 for a redirect that a browser hides.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Retry-After` header, in seconds from now.
    pub retry_after: Option<u64>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Without the body: it may hold a token.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection, no such name, no trust, or a browser that was refused by CORS. What the transport says of it.
    Failed(String),
    /// No complete answer in time.
    TimedOut(u32),
    /// The answer is longer than [`Request::max_response`].
    TooLong(usize),
}

says! {
    TransportError:
    Self::Failed(message) => message;
    Self::TimedOut(seconds) => "no complete answer within ", seconds, " seconds";
    Self::TooLong(limit) => "the answer is longer than ", limit, " bytes";
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
    fn debug_shows_neither_token_nor_data() {
        let request = Request {
            method: Method::Get,
            url: "https://a.example/customer?memo=7".to_owned(),
            headers: vec![("Authorization", "Bearer secret".to_owned())],
            body: Some(b"data".to_vec()),
            max_response: 1,
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
