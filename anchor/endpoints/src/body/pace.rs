//! A body that gives the multipart reader one piece at a time, and no more than it needs.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

/// The longest piece, in bytes.
const PIECE: usize = 8 << 10;
/// The most bytes to find the content of the next part: its headers, and what is before the first
/// part. The piece in which the content begins counts too.
const MAX_HEAD: usize = 16 << 10;

/// A body that returns `Pending` once after each piece.
///
/// The multipart reader buffers all pieces that are ready before it parses any. With a fast client
/// that would be the whole body. It also buffers until a part's headers end, however long they are.
pub(super) struct Paced {
    body: Body,
    /// The rest of the last chunk.
    rest: Bytes,
    paused: bool,
    allowance: Allowance,
}

/// How many bytes the multipart reader may still take from the body. Clones share the number.
#[derive(Clone)]
pub(super) struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    /// The reader searches for the content of the next part.
    pub(super) fn head(&self) {
        self.0.store(MAX_HEAD, Ordering::Relaxed);
    }

    /// The reader passes the content of a part on.
    pub(super) fn content(&self) {
        self.0.store(usize::MAX, Ordering::Relaxed);
    }

    /// Takes at most this many bytes.
    fn take(&self, wanted: usize) -> usize {
        let left = self.0.load(Ordering::Relaxed);
        let taken = wanted.min(PIECE).min(left);
        if left < usize::MAX {
            self.0.store(left - taken, Ordering::Relaxed);
        }
        taken
    }
}

/// The error when the content of the next part does not begin soon enough.
#[derive(Debug, thiserror::Error)]
#[error("no content within {MAX_HEAD} bytes")]
pub(super) struct HeadTooLong;

impl Paced {
    pub(super) fn new(body: Body) -> (Self, Allowance) {
        let allowance = Allowance(Arc::new(AtomicUsize::new(MAX_HEAD)));
        let paced = Self { body, rest: Bytes::new(), paused: false, allowance: allowance.clone() };
        (paced, allowance)
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if std::mem::replace(&mut self.paused, false) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)).transpose()? {
                None => return Poll::Ready(None),
                Some(frame) => self.rest = frame.into_data().unwrap_or_default(),
            }
        }
        let length = self.allowance.take(self.rest.len());
        if length == 0 {
            return Poll::Ready(Some(Err(axum::Error::new(HeadTooLong))));
        }
        self.paused = true;
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
