//! How much of a body is taken into memory before it is refused.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    body::{Bytes, HttpBody},
    http::header::CONTENT_TYPE,
};
use http_body::Frame;
use windlass_core::sep12::PutCustomer;

use super::*;
use crate::memory::MemoryFiles;

/// The size of a chunk, as hyper reads them from a connection.
const CHUNK: usize = 64 << 10;
const LIMITS: Limits = Limits { file_bytes: 10 << 20, body_bytes: 25 << 20 };

/// A body of 25 MiB that repeats one byte after its start, and counts what is taken from it.
struct Endless {
    start: Vec<u8>,
    repeated: u8,
    taken: Arc<AtomicUsize>,
}

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.taken.fetch_add(CHUNK, Ordering::Relaxed) >= LIMITS.body_bytes {
            return Poll::Ready(None);
        }
        let length = self.start.len().min(CHUNK);
        let mut chunk: Vec<u8> = self.start.drain(..length).collect();
        chunk.resize(CHUNK, self.repeated);
        Poll::Ready(Some(Ok(Frame::data(chunk.into()))))
    }
}

/// Reads a body, and returns the bytes that were taken from it.
async fn taken(start: &str, repeated: u8) -> (Result<(), ReadError>, usize) {
    let taken = Arc::new(AtomicUsize::new(0));
    let body = Endless { start: start.into(), repeated, taken: Arc::clone(&taken) };
    let request = Request::builder()
        .header(CONTENT_TYPE, "multipart/form-data; boundary=X")
        .body(Body::new(body))
        .unwrap();
    let (mut members, mut uploads) = (Parameters::default(), Uploads::new());
    let storage = Some(&MemoryFiles as &dyn Files);
    let result = read::<PutCustomer>(request, LIMITS, storage, &mut members, &mut uploads).await;
    (result, taken.load(Ordering::Relaxed))
}

const PART: &str = "--X\r\nContent-Disposition: form-data; name=\"first_name\"\r\n\r\nAda\r\n--X";

#[tokio::test]
async fn only_kilobytes_are_buffered_before_a_part_begins() {
    let name = "--X\r\nContent-Disposition: form-data; name=\"";
    let second = format!("{PART}\r\nX-Long: ");
    for (what, start, repeated) in [
        ("a long name", name, b'a'),
        ("a long header", "--X\r\nX-Long: ", b'a'),
        ("a long header of the second part", &second, b'a'),
        ("many headers", "--X\r\n", b'\n'),
        ("text before the first part", "", b'a'),
        ("lines before the first part", "", b'\n'),
        ("padding after the boundary", "--X", b' '),
        ("padding after the second boundary", PART, b' '),
        ("an unfinished boundary", "--X\r\n\r\n--", b'-'),
    ] {
        let (read, taken) = taken(start, repeated).await;
        assert!(matches!(read, Err(ReadError::Body(BodyError::Malformed(_)))), "{what}: {read:?}");
        assert!(taken <= 2 * CHUNK, "{what}: {taken} bytes");
    }
}

#[tokio::test]
async fn text_after_the_last_part_is_not_read() {
    let (read, taken) = taken(&format!("{PART}--\r\n"), b'a').await;
    assert!(read.is_ok(), "{read:?}");
    assert!(taken <= 2 * CHUNK, "{taken} bytes");
}

#[tokio::test]
async fn text_parts_together_are_limited() {
    let part = |number| {
        let text = "a".repeat(MAX_TEXT);
        format!("--X\r\nContent-Disposition: form-data; name=\"x{number}\"\r\n\r\n{text}\r\n")
    };
    let parts: String = (0..100).map(part).collect();
    let (read, taken) = taken(&parts, b'a').await;
    assert!(matches!(read, Err(ReadError::Body(BodyError::TooLarge))), "{read:?}");
    assert!(taken <= MAX_PLAIN + (1 << 20), "{taken} bytes");
}
