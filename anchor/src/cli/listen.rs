//! Serves until the server is stopped, and then finishes open requests.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, extract::Request};
use tokio::{net::TcpListener, select, sync::oneshot, time::sleep};
use tower::util::{MapRequest, MapResponse};

/// How long open requests may take after the stop.
pub(super) const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves until `stop`, and then waits at most `timeout` for open requests. Returns the number of
/// connections that were still open, for example of a client that has sent half a request.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    timeout: Duration,
) -> io::Result<usize> {
    let open = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&open);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let service = MapResponse::new(service, move |service| {
        let connection = Arc::new(Connection::of(&counter));
        // Each service holds the counter of its connection and drops it when the connection ends.
        MapRequest::new(service, move |request: Request| {
            let _held = &connection;
            request
        })
    });
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, service).with_graceful_shutdown(async {
        stop.await;
        // If the receiver was dropped, the server has failed.
        let _ = stopping.send(());
    });
    let late = async {
        // An error means that the server ended without a stop signal.
        let _ = stopped.await;
        sleep(timeout).await;
    };
    select! {
        biased;
        ended = server.into_future() => ended.map(|()| 0),
        () = late => Ok(open.load(Ordering::Relaxed)),
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

/// Counts an open connection while it exists.
struct Connection(Arc<AtomicUsize>);

impl Connection {
    fn of(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(open))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Bytes,
        extract::{ConnectInfo, FromRequest as _},
        routing::post,
    };
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::mpsc,
        task::JoinHandle,
    };

    use super::*;

    /// A server under test, with signals for the arrival of a request, the stop and the result.
    struct Served {
        address: SocketAddr,
        seen: mpsc::Receiver<SocketAddr>,
        stop: oneshot::Sender<()>,
        cut: JoinHandle<io::Result<usize>>,
    }

    async fn start(patience: Duration) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let ((see, seen), (stop, stopped)) = (mpsc::channel(9), oneshot::channel());
        let answer = async move |ConnectInfo(from): ConnectInfo<SocketAddr>, request: Request| {
            see.send(from).await.unwrap();
            Bytes::from_request(request, &()).await
        };
        let router = Router::new().route("/", post(answer));
        let stopped = async { stopped.await.unwrap() };
        let cut = tokio::spawn(serve(listener, router, stopped, patience));
        Served { address, seen, stop, cut }
    }

    impl Served {
        /// Opens a connection and sends half a request.
        async fn half(&mut self) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream
                .write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nha")
                .await
                .unwrap();
            assert_eq!(self.seen.recv().await, stream.local_addr().ok());
            stream
        }
    }

    #[tokio::test]
    async fn unfinished_requests_are_closed_after_the_timeout() {
        let mut server = start(Duration::ZERO).await;
        let _open = [server.half().await, server.half().await];
        server.stop.send(()).unwrap();
        assert_eq!(server.cut.await.unwrap().unwrap(), 2);
    }

    #[tokio::test]
    async fn request_completed_after_the_stop_is_answered() {
        let mut server = start(Duration::from_secs(600)).await;
        let mut stream = server.half().await;
        server.stop.send(()).unwrap();
        stream.write_all(b"lf").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("half"), "{answer}");
        assert_eq!(server.cut.await.unwrap().unwrap(), 0);
    }

    #[tokio::test]
    async fn connections_that_have_ended_do_not_count() {
        let mut server = start(Duration::ZERO).await;
        let mut done = server.half().await;
        done.write_all(b"lf").await.unwrap();
        done.shutdown().await.unwrap();
        done.read_to_end(&mut Vec::new()).await.unwrap();
        let _open = server.half().await;
        server.stop.send(()).unwrap();
        assert_eq!(server.cut.await.unwrap().unwrap(), 1);
    }

    #[test]
    fn summary_names_the_number_of_closed_connections() {
        assert_eq!(summary(0), "Stopped.");
        assert!(summary(1).contains("Closed one connection"));
        assert!(summary(3).contains("Closed 3 connections"));
    }
}
