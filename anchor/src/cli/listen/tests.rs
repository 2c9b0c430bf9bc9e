use std::num::{NonZeroU32, NonZeroUsize};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, FromRequest as _, Request},
    routing::{get, post},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{Instant, sleep},
};

use super::*;

/// A server under test, with signals for the arrival of a request, the stop and the result.
struct Served {
    address: SocketAddr,
    seen: mpsc::Receiver<SocketAddr>,
    stop: oneshot::Sender<()>,
    cut: JoinHandle<usize>,
    server: Arc<Server>,
}

async fn start(limits: Connections, patience: Duration) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let ((see, seen), (stop, stopped)) = (mpsc::channel(99), oneshot::channel());
    let answer = async move |ConnectInfo(from): ConnectInfo<SocketAddr>, request: Request| {
        see.send(from).await.unwrap();
        Bytes::from_request(request, &()).await
    };
    let big = get(async || vec![0; 64 << 20]);
    let router = Router::new().route("/", post(answer)).route("/big", big);
    let stopped = async {
        // An error means that the test has ended.
        let _ = stopped.await;
    };
    let server = Server::new(router, limits);
    let cut = tokio::spawn(Arc::clone(&server).run(listener, stopped, patience));
    Served { address, seen, stop, cut, server }
}

async fn with_limits(limits: Connections) -> Served {
    start(limits, Duration::ZERO).await
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Opens a connection and sends half a request.
    async fn half(&mut self) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(CLOSING.trim_end_matches("lf").as_bytes()).await.unwrap();
        assert_eq!(self.seen.recv().await, stream.local_addr().ok());
        stream
    }
}

async fn read(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // An error means that the server has closed the connection while bytes were on the way.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn unfinished_requests_are_closed_after_the_timeout() {
    let mut server = start(Connections::default(), Duration::ZERO).await;
    let _open = [server.half().await, server.half().await];
    server.stop.send(()).unwrap();
    assert_eq!(server.cut.await.unwrap(), 2);
}

#[tokio::test]
async fn request_completed_after_the_stop_is_answered() {
    let mut server = start(Connections::default(), Duration::from_secs(600)).await;
    let mut stream = server.half().await;
    server.stop.send(()).unwrap();
    stream.write_all(b"lf").await.unwrap();
    let answer = read(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("half"), "{answer}");
    assert_eq!(server.cut.await.unwrap(), 0);
}

#[tokio::test]
async fn connections_that_have_ended_do_not_count() {
    let mut server = start(Connections::default(), Duration::ZERO).await;
    let mut done = server.half().await;
    done.write_all(b"lf").await.unwrap();
    done.read_to_end(&mut Vec::new()).await.unwrap();
    let _open = server.half().await;
    server.stop.send(()).unwrap();
    assert_eq!(server.cut.await.unwrap(), 1);
}

#[test]
fn summary_names_the_number_of_closed_connections() {
    assert_eq!(summary(0), "Stopped.");
    assert!(summary(1).contains("Closed one connection"));
    assert!(summary(3).contains("Closed 3 connections"));
}

/// A request that closes its connection.
const CLOSING: &str =
    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nhalf";
const WHOLE: &str = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nhalf";
const HALF: &str = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\nha";

/// Longer than every limit, in the tests whose clock jumps to the next event.
const FOREVER: Duration = Duration::from_secs(1000);

#[tokio::test(start_paused = true)]
async fn clients_that_are_too_slow_are_answered_where_possible_and_closed() {
    let head = "POST / HTTP/1.1\r\nHost: x\r\nX-Long: ";
    let second = format!("{WHOLE}POST / HT");
    // Seconds until the end, and how many heads and bodies count as too slow.
    for (client, first, drip, status, seconds, slow) in [
        ("silent", "", None, "", 10, (1, 0)),
        ("half a head", head, None, "408", 10, (1, 0)),
        ("a dripping head", head, Some(3), "408", 10, (1, 0)),
        ("half a body", HALF, None, "408", 30, (0, 1)),
        ("a dripping body", HALF, Some(20), "408", 120, (0, 1)),
        ("idle between requests", WHOLE, None, "200", 75, (0, 0)),
        ("half a second head", &second, None, "200", 75, (0, 0)),
        ("a dripping second request", WHOLE, Some(9), "200 408", 19, (1, 0)),
    ] {
        let limits =
            Connections { body_seconds: NonZeroU32::new(120).unwrap(), ..Connections::default() };
        let server = with_limits(limits).await;
        let start = Instant::now();
        let stream = server.connect().await;
        let (mut reader, mut writer) = stream.into_split();
        writer.write_all(first.as_bytes()).await.unwrap();
        let dripping = tokio::spawn(async move {
            while let Some(pause) = drip {
                sleep(Duration::from_secs(pause)).await;
                if writer.write_all(b"x").await.is_err() {
                    break;
                }
            }
            // Keeps the connection open.
            std::future::pending::<()>().await;
            drop(writer);
        });
        let mut answer = Vec::new();
        // An error is the end as well.
        let read = reader.read_to_end(&mut answer);
        let _ = timeout(FOREVER, read).await.expect("the server closes the connection");
        dripping.abort();
        let answer = String::from_utf8(answer).unwrap();
        let statuses: Vec<_> =
            answer.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
        assert_eq!(statuses.join(" "), status, "{client}: {answer}");
        let elapsed = start.elapsed().as_secs();
        assert!((seconds..seconds + 2).contains(&elapsed), "{client}: after {elapsed} s");
        let Tally { slow_heads, slow_bodies, .. } = &server.server.tally;
        let counted = (slow_heads.load(Ordering::Relaxed), slow_bodies.load(Ordering::Relaxed));
        assert_eq!(counted, slow, "{client}");
        if answer.contains("408") {
            assert!(answer.contains(r#""code":"invalid_request""#), "{client}: {answer}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn client_that_does_not_take_its_answer_is_closed() {
    let server = with_limits(Connections::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_secs(60)).await;
    let answer = timeout(FOREVER, read(&mut stream)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.len() < 64 << 20, "{}", answer.len());
}

#[tokio::test]
async fn connections_over_a_limit_are_refused_until_others_end() {
    let limits = |total, per_address| Connections {
        total: NonZeroUsize::new(total).unwrap(),
        per_address,
        ..Connections::default()
    };
    for (limits, status, code) in [
        (limits(2, 0), "503", "unavailable"),
        (limits(9, 2), "429", "too_many_requests"),
        (limits(2, 2).behind(1), "503", "unavailable"),
    ] {
        let mut server = with_limits(limits).await;
        let mut open = [server.half().await, server.half().await];
        let mut refused = server.connect().await;
        refused.write_all(WHOLE.as_bytes()).await.unwrap();
        let answer = read(&mut refused).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("\r\nRetry-After: 5\r\n"), "{answer}");
        assert!(answer.contains(&format!(r#""code":"{code}""#)), "{answer}");

        open[0].write_all(b"lf").await.unwrap();
        assert!(read(&mut open[0]).await.ends_with("half"));
        // The number falls when the server has noticed the end.
        loop {
            let mut next = server.connect().await;
            next.write_all(CLOSING.as_bytes()).await.unwrap();
            if read(&mut next).await.ends_with("half") {
                break;
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_address_cannot_take_the_connections_of_others() {
    let limits = Connections { per_address: 2, ..Connections::default() };
    let mut server = with_limits(limits).await;
    let _open = [server.half().await, server.half().await];
    let other = TcpSocket::new_v4().unwrap();
    other.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut stream = other.connect(server.address).await.unwrap();
    stream.write_all(CLOSING.as_bytes()).await.unwrap();
    assert!(read(&mut stream).await.ends_with("half"));
}

#[tokio::test]
async fn http_2_is_not_served() {
    let server = with_limits(Connections::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400 "), "{answer:?}");
}
