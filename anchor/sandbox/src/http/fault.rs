//! What a fault does to one request: a response in place of the real one, or a changed one.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body::Frame;

use super::Problem;
use crate::fault::Fault;

/// The response of a fault that keeps the request from being handled.
pub(super) fn response_instead(fault: Fault) -> Option<Response> {
    match fault {
        Fault::Status(status) => {
            let status = StatusCode::from_u16(status).ok().filter(|s| s.as_u16() >= 200);
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Some(Problem::from_status(status).into_response())
        }
        Fault::Drop => Some(Body::new(Broken).into_response()),
        Fault::Html => {
            let content_type = (header::CONTENT_TYPE, "text/html");
            let page = "<html><body><h1>502 Bad Gateway</h1></body></html>\n";
            Some((StatusCode::BAD_GATEWAY, [content_type], page).into_response())
        }
        Fault::TruncatedJson => None,
    }
}

/// The response after a fault that changes it; other faults leave it as it is.
pub(super) async fn change(fault: Fault, response: Response) -> Response {
    if fault != Fault::TruncatedJson {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = body.slice(..body.len() / 2);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(half.len()));
    Response::from_parts(parts, Body::from(half))
}

/// A body that fails at once, so that the server closes the connection.
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
