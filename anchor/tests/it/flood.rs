//! Sends a thousand malformed requests of every kind: none gets a 500, and afterwards the server
//! uses no more memory and file handles than before.
//!
//! Linux only: reads memory and handles from `/proc`.

#![cfg(target_os = "linux")]

use std::{collections::BTreeMap, fs, sync::Arc};

use serde_json::Value;
use windlass_core::account::SecretKey;

use crate::support::{
    PNG,
    connection::{Connection, request},
    server::{Server, kyc},
};

/// The number of requests of each kind.
const EACH: usize = 1000;

/// The number of requests of each kind before the measurement, so that one-time allocations are
/// done.
const WARM_UP: usize = 500;

/// The largest number of rounds. The test passes as soon as one round leaves no memory behind.
const ROUNDS: usize = 3;

/// Concurrent connections: more than the database's pool has, so that the warm-up opens the whole
/// pool.
const AT_ONCE: usize = 12;

/// The tolerated growth per round, in KiB: the caches of the database's connections fill late. A
/// leak of 160 bytes per request exceeds it in each round.
const TOLERANCE: u64 = 24 << 10;

/// A kind of malformed request.
struct Kind {
    name: String,
    bytes: Vec<u8>,
    /// Whether the client closes the connection before the request is complete and waits for no
    /// answer.
    cut_off: bool,
}

// S10-12, S12-05, S12-10
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn malformed_requests_leak_no_memory_or_handles() {
    let server = Server::start(&[
        ("WINDLASS_LIMITS__FILE_BYTES", "4000"),
        ("WINDLASS_LIMITS__BODY_BYTES", "9000"),
        // Connections are opened faster than the server notices the end of earlier ones.
        ("WINDLASS_CONNECTIONS__TOTAL", "100000"),
        ("WINDLASS_CONNECTIONS__PER_ADDRESS", "0"),
        // One heap, so that the allocator's number of heaps does not affect the measurement.
        ("MALLOC_ARENA_MAX", "1"),
        // Without a log line per request, which would be measured as well.
        ("WINDLASS_LOG", "info"),
    ])
    .await;
    let token = server.sign_in(&SecretKey::from_seed(&[1; 32])).await;
    let kinds = Arc::new(kinds(&token));

    open_every_database_connection(&server, &token).await;
    let warm_up = flood(&server, &kinds, WARM_UP).await;
    all_are_refused(&warm_up);
    let handles = settled_handles(&server, None).await;
    let mut held = vec![resident(server.pid())];
    // A leak grows in each round; memory that the allocator keeps grows only once or twice.
    for _ in 0..ROUNDS {
        all_are_refused(&flood(&server, &kinds, EACH).await);
        let after = settled_handles(&server, Some(handles)).await;
        // Fewer, if the database has closed a connection in the meantime.
        assert!(after <= handles, "{handles} file handles before, {after} after");
        held.push(resident(server.pid()));
        if grown(&held) <= TOLERANCE {
            break;
        }
    }
    assert!(grown(&held) <= TOLERANCE, "{held:?} KiB after each {} requests", kinds.len() * EACH);
    // The server still works.
    let reply = server.ask(&kyc("GET", "/customer", &token, &Value::Null)).await.unwrap();
    assert_eq!((reply.status, &reply.json()["id"]), (200, &Value::Null));
}

/// The head of a part is kept in memory until it ends, so it must be short.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn endless_part_headers_take_no_memory() {
    const CONNECTIONS: u8 = 20;
    const LENGTH: usize = 24 << 20;
    let server = Server::start(&[]).await;
    let before = resident(server.pid());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..CONNECTIONS {
        let token = server.sign_in(&SecretKey::from_seed(&[number; 32])).await;
        let mut connection = server.connect().await;
        tasks.spawn(async move {
            let (token, parts) = (format!("Bearer {token}"), "multipart/form-data; boundary=X");
            let headers = [("Authorization", token.as_str()), ("Content-Type", parts)];
            let body = [b"--X\r\nX-Long: ", &vec![b'a'; LENGTH][..]].concat();
            let whole = request("PUT", "/kyc/customer", &headers, &body);
            // Without the end, so that the server waits for it.
            connection.ask(&whole[..whole.len() - 1]).await.unwrap().status
        });
    }
    let (mut most, mut statuses) = (before, Vec::new());
    while statuses.len() < usize::from(CONNECTIONS) {
        most = most.max(resident(server.pid()));
        let pause = std::time::Duration::from_millis(20);
        if let Ok(Some(status)) = tokio::time::timeout(pause, tasks.join_next()).await {
            statuses.push(status.unwrap());
        }
    }
    assert!(statuses.iter().all(|status| *status == 400), "{statuses:?}");
    let grown = (most - before) >> 10;
    assert!(grown < 100, "{grown} MiB");
}

fn all_are_refused(told: &BTreeMap<String, BTreeMap<u16, usize>>) {
    for (kind, statuses) in told {
        let good = |status: &u16| matches!(status, 400 | 401 | 404 | 405 | 413 | 415 | 431 | 501);
        assert!(statuses.keys().all(good), "{kind}: {statuses:?}");
    }
}

/// The growth in the last round, in KiB.
fn grown(held: &[u64]) -> u64 {
    let [.., before, after] = held else { return u64::MAX };
    after.saturating_sub(*before)
}

async fn open_every_database_connection(server: &Server, token: &str) {
    let ask = kyc("GET", "/customer", token, &Value::Null);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 * AT_ONCE {
        let (mut connection, ask) = (server.connect().await, ask.clone());
        tasks.spawn(async move {
            for _ in 0..50 {
                assert_eq!(connection.ask(&ask).await.unwrap().status, 200);
            }
        });
    }
    tasks.join_all().await;
}

/// Sends `count` requests of each kind, and counts the statuses of the answers.
async fn flood(
    server: &Server,
    kinds: &Arc<Vec<Kind>>,
    each: usize,
) -> BTreeMap<String, BTreeMap<u16, usize>> {
    let mut tasks = tokio::task::JoinSet::new();
    for part in 0..AT_ONCE {
        let (kinds, address) = (Arc::clone(kinds), server.address());
        tasks.spawn(async move {
            let mut told = BTreeMap::new();
            let mut connection = Connection::open(address).await.unwrap();
            for (number, kind) in kinds.iter().enumerate() {
                for _ in (0..each).skip((part + number) % AT_ONCE).step_by(AT_ONCE) {
                    if kind.cut_off {
                        // The server may close the connection before the request is complete.
                        let _ = connection.send(&kind.bytes).await;
                        connection = Connection::open(address).await.unwrap();
                        continue;
                    }
                    let reply = match connection.ask(&kind.bytes).await {
                        Ok(reply) => reply,
                        Err(error) => panic!("{} is not answered: {error}", kind.name),
                    };
                    *told.entry((kind.name.clone(), reply.status)).or_insert(0) += 1;
                    if reply.last {
                        connection = Connection::open(address).await.unwrap();
                    }
                }
            }
            told
        });
    }
    let mut all = BTreeMap::<_, BTreeMap<_, _>>::new();
    for told in tasks.join_all().await {
        for ((kind, status), count) in told {
            *all.entry(kind).or_default().entry(status).or_insert(0) += count;
        }
    }
    for kind in kinds.iter().filter(|kind| !kind.cut_off) {
        assert_eq!(all[&kind.name].values().sum::<usize>(), each, "{}", kind.name);
    }
    all
}

/// All kinds of malformed requests, at every endpoint that they apply to.
fn kinds(token: &str) -> Vec<Kind> {
    let bearer = format!("Bearer {token}");
    let mut kinds = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>| kinds.push(Kind { name, bytes, cut_off: false });
    let endpoints = [
        ("GET", "/kyc/customer"),
        ("PUT", "/kyc/customer"),
        ("PUT", "/kyc/customer/verification"),
        ("PUT", "/kyc/customer/callback"),
        ("POST", "/kyc/customer/files"),
        ("GET", "/kyc/customer/files"),
        ("DELETE", "/kyc/customer/GA"),
    ];
    for (method, path) in endpoints {
        for (what, authorization) in [
            ("no token", ""),
            ("another scheme", "Basic x"),
            ("a token that is none", "Bearer garbage"),
            ("a token without signature", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."),
        ] {
            let headers = [("Authorization", authorization)];
            add(format!("{method} {path}: {what}"), request(method, path, &headers, b"{}"));
        }
        if method == "GET" {
            continue;
        }
        let parts = "multipart/form-data; boundary=X";
        let photo = |content: &[u8]| {
            let head = "--X\r\nContent-Disposition: form-data; name=\"photo_id_front\"; filename=\"p\"\r\n\r\n";
            [head.as_bytes(), content, b"\r\n--X--\r\n"].concat()
        };
        let bodies: [(&str, &str, Vec<u8>); 18] = [
            ("JSON cut off", "application/json", b"{\"id\":".to_vec()),
            ("a JSON list", "application/json", b"[]".to_vec()),
            ("a name twice", "application/json", br#"{"id":"a","id":"b"}"#.to_vec()),
            ("JSON 200 deep", "application/json", [vec![b'['; 200], vec![b']'; 200]].concat()),
            ("a number as id", "application/json", br#"{"id":1,"url":1,"memo":{}}"#.to_vec()),
            ("an unknown id", "application/json", br#"{"id":"nobody"}"#.to_vec()),
            ("text with a zero", "application/json", br#"{"id":"\u0000"}"#.to_vec()),
            (
                "JSON too large",
                "application/json",
                [b"{\"id\":\"", &vec![b'a'; 99_000][..], b"\"}"].concat(),
            ),
            ("no UTF-8", "application/json", b"{\"id\":\"\xff\"}".to_vec()),
            ("a bad escape", "application/x-www-form-urlencoded", b"id=%ZZ".to_vec()),
            ("a form twice", "application/x-www-form-urlencoded", b"id=a&id=b".to_vec()),
            ("another media type", "text/plain", b"id=a".to_vec()),
            ("no media type", "", b"id=a".to_vec()),
            ("no boundary", "multipart/form-data", b"--X--\r\n".to_vec()),
            ("parts cut off", parts, photo(PNG)[..90].to_vec()),
            ("a part without name", parts, b"--X\r\n\r\na\r\n--X--\r\n".to_vec()),
            ("a photo that is none", parts, photo(b"hello")),
            ("a photo too large", parts, photo(&[PNG, &[0; 8000]].concat())),
        ];
        for (what, media_type, body) in bodies {
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", media_type)];
            add(format!("{method} {path}: {what}"), request(method, path, &headers, &body));
        }
    }
    let own = [("Authorization", bearer.as_str())];
    for query in [
        "lang=english&type=x",
        "type=no-such-type",
        "transaction_id=1",
        "memo_type=return&memo=1",
        "memo=-1&memo_type=id",
        "id=nobody",
        "id=1&id=2",
        "id=%ff",
        "account=x",
    ] {
        let path = format!("/kyc/customer?{query}");
        add(format!("GET {path}"), request("GET", &path, &own, b""));
    }
    for query in ["", "file_id=a&customer_id=b", "file_id=%zz"] {
        let path = format!("/kyc/customer/files?{query}");
        add(format!("GET {path}"), request("GET", &path, &own, b""));
    }
    for (method, path) in [
        ("GET", "/kyc/nothing"),
        ("GET", "/nothing"),
        ("PATCH", "/kyc/customer"),
        ("PUT", "/auth"),
        ("POST", "/.well-known/stellar.toml"),
        ("POST", "/health"),
    ] {
        add(format!("{method} {path}"), request(method, path, &own, b""));
    }
    let g = SecretKey::from_seed(&[2; 32]).public();
    for query in [
        String::new(),
        "account=invalid".to_owned(),
        "account=CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA".to_owned(),
        format!("account={g}&account={g}"),
        format!("account={g}&memo=1.0"),
        format!("account={g}&home_domain=evil.example"),
    ] {
        add(format!("GET /auth?{query}"), request("GET", &format!("/auth?{query}"), &[], b""));
    }
    for (what, media_type, body) in [
        ("nothing", "application/json", "{}"),
        ("no text", "application/json", r#"{"transaction":{}}"#),
        ("no XDR", "application/json", r#"{"transaction":"AAAA"}"#),
        ("no base64", "application/x-www-form-urlencoded", "transaction=!"),
        ("text", "text/plain", "AAAA"),
    ] {
        let headers = [("Content-Type", media_type)];
        let bytes = request("POST", "/auth", &headers, body.as_bytes());
        add(format!("POST /auth: {what}"), bytes);
    }
    // Not HTTP.
    for (what, bytes) in [
        ("no request line", "hello\r\n\r\n".to_owned()),
        ("no version", "GET /health\r\n\r\n".to_owned()),
        ("a header without colon", "GET /health HTTP/1.1\r\nHost localhost\r\n\r\n".to_owned()),
        ("two lengths", "PUT /kyc/customer HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na".to_owned()),
        (
            "too many headers",
            format!("GET /health HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: a\r\n".repeat(200)),
        ),
    ] {
        add(format!("HTTP: {what}"), bytes.into_bytes());
    }
    let mut cut = |name: &str, bytes: Vec<u8>| {
        kinds.push(Kind { name: name.to_owned(), bytes, cut_off: true });
    };
    cut("a connection and nothing else", Vec::new());
    cut("a head cut off", b"GET /health HTTP/1.1\r\nHost: a\r\n".to_vec());
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let whole = request("PUT", "/kyc/customer", &headers, br#"{"first_name":"Ada"}"#);
    cut("a body cut off", whole[..whole.len() - 5].to_vec());
    let chunked = [("Authorization", bearer.as_str()), ("Transfer-Encoding", "chunked")];
    let head = request("GET", "/kyc/customer", &chunked, b"");
    cut("chunks cut off", [&head[..], b"ff\r\nabc"].concat());
    cut("chunks that are none", [&head[..], b"zz\r\nabc\r\n"].concat());
    kinds
}

/// The resident memory of the process, in KiB.
fn resident(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The number of open file handles, after the server has closed finished connections too. Waits a
/// limited time until it is `wanted` or less.
async fn settled_handles(server: &Server, wanted: Option<usize>) -> usize {
    let count = || fs::read_dir(format!("/proc/{}/fd", server.pid())).unwrap().count();
    let mut watch = server.connect().await;
    let (mut last, mut same) = (0, 0);
    for _ in 0..20_000 {
        assert_eq!(watch.ask(&request("GET", "/health", &[], b"")).await.unwrap().status, 200);
        let now = count();
        same = if now == last { same + 1 } else { 0 };
        last = now;
        if wanted.map_or(same == 500, |wanted| now <= wanted) {
            break;
        }
    }
    last
}
