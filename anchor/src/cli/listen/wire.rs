//! A connection that does not wait for its client without end.
//!
//! hyper has one time limit, for the head of a request, and counts the pause before the request as
//! part of it. Between two requests a client may be silent for longer than inside of one.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};
use windlass_anchor::config::Connections;

/// What the connection is busy with, as the server's side knows it.
#[derive(Default)]
pub(super) struct Progress {
    /// The requests whose head has arrived.
    requests: AtomicUsize,
    /// Unread bodies of requests, and unsent answers.
    pending: AtomicUsize,
}

impl Progress {
    /// Notes that the head of a request has arrived.
    pub(super) fn request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// The connection is busy until this is dropped.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        self.pending.fetch_add(1, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }
}

/// Held by a request and its answer while they are in progress.
pub(super) struct Busy(Arc<Progress>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.pending.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a client did not do in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Late {
    /// It sent nothing at all, or no further request.
    Silent { first: bool },
    /// It sent a part of the head of a request.
    Head,
    /// It did not take the answer.
    Reader,
}

/// A socket with time limits.
pub(super) struct Wire {
    pub(super) stream: TcpStream,
    progress: Arc<Progress>,
    limits: Connections,
    /// The number of requests at the time when `waiting` was set.
    requests: usize,
    waiting: Waiting,
    reading: Timer,
    writing: Option<(Instant, Timer)>,
    late: Option<Late>,
}

/// What the next bytes of the client should be, and until when.
#[derive(Clone, Copy)]
enum Waiting {
    /// A body, which has limits of its own, or nothing, because the answer is not yet sent.
    Busy,
    /// The first byte of a request.
    Start(Instant),
    /// The rest of a request's head.
    Head(Instant),
}

impl Wire {
    pub(super) fn new(stream: TcpStream, progress: Arc<Progress>, limits: Connections) -> Self {
        Self {
            stream,
            progress,
            limits,
            requests: 0,
            waiting: Waiting::Start(Instant::now() + limits.head()),
            reading: Timer::default(),
            writing: None,
            late: None,
        }
    }

    /// Why the connection has failed, if the client was too slow.
    pub(super) const fn late(&self) -> Option<Late> {
        self.late
    }

    fn update(&mut self) {
        let requests = self.progress.requests.load(Ordering::Relaxed);
        if self.progress.pending.load(Ordering::Relaxed) > 0 {
            self.waiting = Waiting::Busy;
        } else if self.requests != requests || matches!(self.waiting, Waiting::Busy) {
            self.waiting = Waiting::Start(Instant::now() + self.limits.idle());
        }
        self.requests = requests;
    }

    /// Bytes of the client have arrived.
    fn heard(&mut self) {
        self.update();
        if let Waiting::Start(_) = self.waiting {
            self.waiting = Waiting::Head(Instant::now() + self.limits.head());
        }
    }

    /// Nothing has arrived: fails if the time is over.
    fn poll_wait(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        self.update();
        let (until, late) = match self.waiting {
            Waiting::Busy => return Poll::Pending,
            Waiting::Start(until) => (until, Late::Silent { first: self.requests == 0 }),
            Waiting::Head(until) => (until, Late::Head),
        };
        ready!(self.reading.poll_until(until, context));
        self.late = Some(late);
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    /// Passes a result of writing on. Fails if the client has taken nothing for too long.
    fn poll_written<T>(
        &mut self,
        polled: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.writing = None;
            return polled;
        }
        let stall = self.limits.stall();
        let (until, timer) =
            self.writing.get_or_insert_with(|| (Instant::now() + stall, Timer::default()));
        ready!(timer.poll_until(*until, context));
        self.late = Some(Late::Reader);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if polled.is_pending() {
            return self.poll_wait(context).map(Err);
        }
        if buffer.filled().len() > before {
            self.heard();
        }
        polled
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.poll_written(polled, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.poll_written(polled, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// A timer whose deadline often moves to a later time, which costs nothing until it fires.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Is ready at this time, and wakes the task then.
    fn poll_until(&mut self, until: Instant, context: &mut Context<'_>) -> Poll<()> {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(until)));
        if sleep.deadline() > until {
            sleep.as_mut().reset(until);
        }
        ready!(sleep.as_mut().poll(context));
        if sleep.deadline() < until {
            sleep.as_mut().reset(until);
            return sleep.as_mut().poll(context);
        }
        Poll::Ready(())
    }
}
