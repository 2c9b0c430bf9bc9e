use std::{
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body::Frame;

use crate::http::Problem;

/// How a request is made to fail, for tests of what a client does then (HZ-206).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Answers with this HTTP status and Horizon's error body; the request is not handled.
    Status(u16),
    /// Breaks the connection off before the answer is complete; the request is not handled.
    Drop,
    /// Answers 502 with a page of HTML, like a proxy before a dead server; the request is not handled.
    Html,
    /// Handles the request and sends the first half of the answer, as if that were all.
    TruncatedJson,
}

/// The faults that are still to happen.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Rule>>);

#[derive(Debug)]
struct Rule {
    path_prefix: String,
    fault: Fault,
    left: u32,
}

impl Faults {
    pub(crate) fn add(&self, path_prefix: &str, fault: Fault, count: u32) {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rules.push(Rule { path_prefix: path_prefix.to_owned(), fault, left: count });
    }

    /// Uses up one fault for this path, if there is one.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rules.retain(|rule| rule.left > 0);
        let rule = rules.iter_mut().find(|rule| path.starts_with(&rule.path_prefix))?;
        rule.left -= 1;
        Some(rule.fault)
    }
}

impl Fault {
    /// The answer of a fault that keeps the request from being handled.
    pub(crate) fn answer(self) -> Option<Response> {
        match self {
            Self::Status(status) => {
                let status = StatusCode::from_u16(status).ok().filter(|s| s.as_u16() >= 200);
                let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Some(Problem::from_status(status).into_response())
            }
            Self::Drop => Some(Body::new(Broken).into_response()),
            Self::Html => {
                let content_type = (header::CONTENT_TYPE, "text/html");
                let page = "<html><body><h1>502 Bad Gateway</h1></body></html>\n";
                Some((StatusCode::BAD_GATEWAY, [content_type], page).into_response())
            }
            Self::TruncatedJson => None,
        }
    }

    /// What a fault makes of the real answer.
    pub(crate) async fn spoil(self, response: Response) -> Response {
        if self != Self::TruncatedJson {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let half = body.slice(..body.len() / 2);
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(half.len()));
        Response::from_parts(parts, Body::from(half))
    }
}

/// A body that fails at once, on which the server closes the connection.
struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}
