//! Drains the unread body of a refused request after answering it.
//!
//! If a server closes a connection while the client still sends, the client loses the answer: a
//! wallet that uploads a photo with an expired token would see a connection reset instead of the
//! 401.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::header::EXPECT,
    middleware::Next,
    response::Response,
};
use http_body::{Frame, SizeHint};
use tokio::{runtime::Handle, sync::oneshot, time::timeout};

/// The largest number of bytes to discard: more than the largest accepted request.
const MAX_BYTES: usize = 64 << 20;
/// The longest time to discard a body: about as long as clients wait for an answer.
const MAX_TIME: Duration = Duration::from_secs(30);

/// A middleware that returns the response at once, and then discards the rest of the body.
pub async fn drain_unread_body(request: Request, next: Next) -> Response {
    // A client that sent `Expect: 100-continue` does not send the body before the server answers
    // 100.
    if request.body().is_end_stream() || request.headers().contains_key(EXPECT) {
        return next.run(request).await;
    }
    // Without a Tokio runtime, as in a test, there is no connection to drain.
    let Ok(runtime) = Handle::try_current() else { return next.run(request).await };
    let (give_back, rest) = oneshot::channel();
    let response = next.run(request.map(|body| Body::new(Lent::new(body, give_back)))).await;
    runtime.spawn(async move {
        if let Ok(rest) = rest.await {
            // After the limit of bytes or time the connection is closed.
            let _ = timeout(MAX_TIME, discard(rest)).await;
        }
    });
    response
}

async fn discard(mut body: Body) {
    let mut read = 0;
    while read < MAX_BYTES {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let Some(Ok(frame)) = frame else { return };
        read += frame.data_ref().map_or(0, Bytes::len);
    }
}

/// A body that returns its unread rest when it is dropped.
struct Lent {
    body: Body,
    give_back: Option<oneshot::Sender<Body>>,
}

impl Lent {
    const fn new(body: Body, give_back: oneshot::Sender<Body>) -> Self {
        Self { body, give_back: Some(give_back) }
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.give_back = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(give_back) = self.give_back.take() {
            // If the request was cancelled, there is no receiver.
            let _ = give_back.send(std::mem::take(&mut self.body));
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, http::StatusCode, middleware::from_fn, routing::put};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, TcpStream},
    };

    use super::*;

    async fn connect() -> TcpStream {
        let refuse = async |_: Request| StatusCode::UNAUTHORIZED;
        let router = Router::new().route("/", put(refuse)).layer(from_fn(drain_unread_body));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async { axum::serve(listener, router).await });
        TcpStream::connect(address).await.unwrap()
    }

    async fn read_head(stream: &mut TcpStream) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    #[tokio::test]
    async fn refusal_arrives_when_client_sends_whole_body_first() {
        let mut stream = connect().await;
        let head = "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        for _ in 0..200 {
            stream.write_all(&[b'x'; 100_000]).await.unwrap();
        }
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 401 "));
        // The connection can be used for another request.
        stream.write_all(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx").await.unwrap();
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 401 "));
    }

    #[tokio::test]
    async fn refusal_arrives_while_client_still_sends_body() {
        let mut stream = connect().await;
        let head = "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 401 "));
        stream.write_all(b"12345").await.unwrap();
    }

    #[tokio::test]
    async fn expect_100_request_is_refused_before_body() {
        let mut stream = connect().await;
        let head = "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 401 "));
    }
}
