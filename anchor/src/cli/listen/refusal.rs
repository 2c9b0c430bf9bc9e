//! Answers to connections that are closed without a handler.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use windlass_core::problem::{Code, Problem};

/// How long to read on after the answer. A client that still sends when its connection is closed
/// may lose the answer.
const LINGER: Duration = Duration::from_secs(1);

/// An answer in HTTP/1.1, complete with head and body.
pub(super) struct Refusal(String);

impl Refusal {
    /// 503: the server has as many connections as it takes.
    pub(super) fn total() -> Self {
        let text = "the server has too many connections: try again in 5 s";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, text, "Retry-After: 5\r\n")
    }

    /// 429: the address has as many connections as one address may have.
    pub(super) fn address() -> Self {
        let text = "too many connections from this address: close some, or try again in 5 s";
        Self::new(StatusCode::TOO_MANY_REQUESTS, Code::TooManyRequests, text, "Retry-After: 5\r\n")
    }

    /// 408: the head of the request did not arrive in time.
    pub(super) fn slow_head() -> Self {
        let text = "the headers of the request took too long to arrive";
        Self::new(StatusCode::REQUEST_TIMEOUT, Code::InvalidRequest, text, "")
    }

    fn new(status: StatusCode, code: Code, text: &str, header: &str) -> Self {
        let mut problem = Problem::new(text);
        problem.code = Some(code.to_string());
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let length = body.len();
        Self(format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncache-control: no-store\r\n\
             access-control-allow-origin: *\r\nx-content-type-options: nosniff\r\n{header}\
             connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Sends the answer and closes the connection.
    pub(super) async fn send(self, mut stream: TcpStream) {
        let exchange = async {
            stream.write_all(self.0.as_bytes()).await?;
            stream.shutdown().await?;
            let mut rest = [0; 1024];
            while stream.read(&mut rest).await? > 0 {}
            std::io::Result::Ok(())
        };
        // The client may be gone, or send more than anybody reads.
        let _ = timeout(LINGER, exchange).await;
    }
}
