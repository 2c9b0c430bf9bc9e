//! Serves until the server is stopped, and then finishes open requests.
//!
//! This is `axum::serve` with limits on connections, and with HTTP/1.1 alone: the proxy in front of
//! the server, which every anchor needs for https, speaks HTTP/1.1 to it, and the streams of
//! HTTP/2 would need limits of their own.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, HttpBody as _},
    extract::ConnectInfo,
    http::{Request, Response, StatusCode},
    response::IntoResponse as _,
    serve::Listener,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    select,
    sync::{Semaphore, watch},
    time::{MissedTickBehavior, interval, timeout},
};
use tower::ServiceExt as _;
use windlass_anchor::{Error, body::BodyError, config::Connections};

mod body;
mod gate;
mod refusal;
mod tally;
mod wire;

use body::{Held, limited};
use gate::{Full, Gate, Pass};
use refusal::Refusal;
use tally::{PERIOD, Tally, count};
use wire::{Late, Progress, Wire};

/// How long open requests may take after the stop.
pub(super) const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes. More get 431.
const MAX_HEAD: usize = 64 << 10;
/// The most connections that are open only because they get a refusal. More are closed without an
/// answer.
const MAX_REFUSALS: usize = 64;

/// Serves until `stop`, and then waits at most `patience` for open requests. Returns the number of
/// connections that were still open, for example of a client that has sent half a request.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Connections,
    stop: impl Future<Output = ()> + Send + 'static,
    patience: Duration,
) -> usize {
    Server::new(router, limits).run(listener, stop, patience).await
}

struct Server {
    router: Router,
    limits: Connections,
    gate: Arc<Gate>,
    tally: Tally,
    refusals: Arc<Semaphore>,
}

impl Server {
    fn new(router: Router, limits: Connections) -> Arc<Self> {
        Arc::new(Self {
            router,
            limits,
            gate: Gate::new(&limits),
            tally: Tally::default(),
            refusals: Arc::new(Semaphore::new(MAX_REFUSALS)),
        })
    }

    async fn run(
        self: Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send,
        patience: Duration,
    ) -> usize {
        let (stopping, stopped) = watch::channel(false);
        select! {
            biased;
            () = stop => {}
            () = self.accept(listener, &stopped) => {}
        }
        drop(stopped);
        stopping.send_replace(true);
        // Each connection holds a receiver until it ends.
        let _ = timeout(patience, stopping.closed()).await;
        self.tally.report(self.gate.count());
        self.gate.count()
    }

    /// Accepts connections, and never ends.
    async fn accept(self: &Arc<Self>, mut listener: TcpListener, stopped: &watch::Receiver<bool>) {
        let mut reports = interval(PERIOD);
        reports.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            select! {
                // Retries by itself, and waits if the process may not open another file.
                (stream, peer) = Listener::accept(&mut listener) => match self.gate.enter(peer.ip()) {
                    Ok(pass) => {
                        let connection = Arc::clone(self).connection(stream, peer, stopped.clone());
                        tokio::spawn(async move {
                            let _pass: Pass = pass;
                            connection.await;
                        });
                    }
                    Err(full) => self.refuse(stream, full),
                },
                _ = reports.tick() => self.tally.report(self.gate.count()),
            }
        }
    }

    fn refuse(&self, stream: TcpStream, full: Full) {
        let refusal = match full {
            Full::Total => {
                count(&self.tally.over_total);
                Refusal::total()
            }
            Full::Address => {
                count(&self.tally.over_address);
                Refusal::address()
            }
        };
        if let Ok(permit) = Arc::clone(&self.refusals).try_acquire_owned() {
            tokio::spawn(async move {
                refusal.send(stream).await;
                drop(permit);
            });
        }
    }

    async fn connection(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        mut stopped: watch::Receiver<bool>,
    ) {
        let progress = Arc::new(Progress::default());
        let wire = Wire::new(stream, Arc::clone(&progress), self.limits);
        let service = service_fn(|request| {
            Box::pin(Arc::clone(&self).answer(request, peer, Arc::clone(&progress)))
        });
        let mut connection = http1::Builder::new()
            .max_buf_size(MAX_HEAD)
            // The wire has the time limits.
            .header_read_timeout(None)
            .serve_connection(TokioIo::new(wire), service);
        let stop = async {
            // An error means that the server has ended.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        // The wire knows more than the result: hyper takes an error between two requests for an
        // ordinary end.
        let _ = select! {
            ended = &mut connection => ended,
            () = stop => {
                std::pin::Pin::new(&mut connection).graceful_shutdown();
                (&mut connection).await
            }
        };
        let wire = connection.into_parts().io.into_inner();
        match wire.late() {
            // Between two requests it is no fault of the client's.
            None | Some(Late::Silent { first: false }) => {}
            Some(Late::Silent { first: true }) => count(&self.tally.slow_heads),
            Some(Late::Head) => {
                count(&self.tally.slow_heads);
                Refusal::slow_head().send(wire.stream).await;
            }
            Some(Late::Reader) => count(&self.tally.slow_readers),
        }
    }

    async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: SocketAddr,
        progress: Arc<Progress>,
    ) -> Result<Response<Held>, Infallible> {
        progress.request();
        let answering = progress.busy();
        let (parts, body) = request.into_parts();
        let (body, late) = match body.is_end_stream() {
            true => (Body::empty(), None),
            false => {
                let (body, late) = limited(body, &self.limits, progress.busy());
                (body, Some(late))
            }
        };
        let mut request = Request::from_parts(parts, body);
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(mut response) = self.router.clone().oneshot(request).await;
        if late.is_some_and(|late| late.load(Ordering::Relaxed)) {
            count(&self.tally.slow_bodies);
            if response.status() != StatusCode::REQUEST_TIMEOUT {
                // The endpoint does not know why the body has failed.
                response = Error::from(BodyError::TooSlow).into_response();
            }
        }
        Ok(response.map(|body| Held::new(body, answering)))
    }
}

/// The last line that the server prints.
pub(super) fn summary(cut: usize) -> String {
    let seconds = SHUTDOWN_TIMEOUT.as_secs();
    match cut {
        0 => "Stopped.".to_owned(),
        1 => format!(
            "Stopped. Closed one connection, whose request was not finished after {seconds} seconds."
        ),
        cut => format!(
            "Stopped. Closed {cut} connections, whose requests were not finished after {seconds} seconds."
        ),
    }
}

#[cfg(test)]
mod tests;
