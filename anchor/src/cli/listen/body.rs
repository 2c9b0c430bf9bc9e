//! The bodies of requests, with time limits, and of answers.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
};
use hyper::body::{Frame, Incoming, SizeHint};
use tower_http::timeout::{DeadlineBody, TimeoutBody, TimeoutError};
use windlass_anchor::config::Connections;

use super::wire::Busy;

/// A request's body, and whether its client was too slow.
pub(super) fn limited(body: Incoming, limits: &Connections, busy: Busy) -> (Body, Arc<AtomicBool>) {
    let body = TimeoutBody::new(limits.stall(), Held::new(body, busy));
    let body = Box::pin(DeadlineBody::new(limits.body(), body));
    let late = Arc::new(AtomicBool::new(false));
    (Body::new(Limited { body, late: Arc::clone(&late) }), late)
}

/// A body that notes when its client was too slow.
struct Limited {
    body: Pin<Box<DeadlineBody<TimeoutBody<Held<Incoming>>>>>,
    late: Arc<AtomicBool>,
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = self.body.as_mut().poll_frame(context);
        if let Poll::Ready(Some(Err(error))) = &polled
            && error.is::<TimeoutError>()
        {
            self.late.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that keeps its connection marked as busy until it is dropped.
pub(super) struct Held<B = Body> {
    body: B,
    _busy: Busy,
}

impl<B> Held<B> {
    pub(super) const fn new(body: B, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
}

impl<B: HttpBody + Unpin> HttpBody for Held<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
