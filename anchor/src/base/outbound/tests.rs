//! Tests against servers on this machine, which the development policy allows, and against host
//! names that resolve to whatever the test chooses.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    response::Redirect,
    routing::{get, post},
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;

const PRODUCTION: Policy = Policy { development: false };
const DEVELOPMENT: Policy = Policy { development: true };

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

/// A client for which every host name resolves to these addresses.
fn knowing(policy: Policy, addresses: &[&str]) -> Outbound {
    let addresses: Vec<SocketAddr> =
        addresses.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect();
    let lookup = Lookup::new(move |_| std::future::ready(Ok(addresses.clone())));
    Outbound::with(policy, lookup, REQUEST_TIMEOUT).unwrap()
}

/// Starts a server on this machine and returns its URL.
async fn serve(router: Router) -> Url {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    url(&format!("http://{address}/"))
}

async fn refusal(outbound: &Outbound, text: &str) -> String {
    let checked = outbound.check(&url(text)).await.unwrap_err().to_string();
    let called = outbound.get(&url(text), 10).await.unwrap_err().to_string();
    let posted = outbound.post(&url(text), &[], Vec::new()).await.unwrap_err().to_string();
    assert_eq!((&checked, &checked), (&called, &posted), "{text}");
    checked
}

// S01-17, P-29, R-01, R-12
#[tokio::test]
async fn forbidden_urls_are_refused_before_a_request_is_sent() {
    let outbound = knowing(PRODUCTION, &["8.8.8.8"]);
    for (text, why) in [
        ("http://wallet.example/", "must be https"),
        ("ftp://wallet.example/", "must be https"),
        ("https://ada@wallet.example/", "must not contain a user name or a password"),
        ("https://ada:secret@wallet.example/", "must not contain a user name or a password"),
        ("https://127.0.0.1/", "must name a host that is found on the public internet"),
        ("https://2130706433/", "must name a host that is found on the public internet"),
        ("https://0x7f.1/", "must name a host that is found on the public internet"),
        (
            "https://169.254.169.254/latest/meta-data",
            "must name a host that is found on the public internet",
        ),
        ("https://[::1]/", "must name a host that is found on the public internet"),
        ("https://[::ffff:10.0.0.1]/", "must name a host that is found on the public internet"),
        ("https://[fd00::1]/", "must name a host that is found on the public internet"),
        ("https://localhost/", "must name a host that is found on the public internet"),
        ("https://anything.localhost/", "must name a host that is found on the public internet"),
        ("https://localhost./", "must name a host that is found on the public internet"),
        ("data:text/plain,hello", "must name a host"),
    ] {
        assert_eq!(refusal(&outbound, text).await, why, "{text}");
    }
    let long = format!("https://wallet.example/{}", "a".repeat(MAX_URL));
    assert_eq!(refusal(&outbound, &long).await, "must not be longer than 2048 bytes");
}

// S01-17, R-12
#[tokio::test]
async fn host_with_a_public_and_a_private_address_is_refused() {
    for addresses in [&["10.0.0.1"][..], &["8.8.8.8", "192.168.0.1"], &["2606:4700::1111", "::1"]] {
        let outbound = knowing(PRODUCTION, addresses);
        assert_eq!(
            refusal(&outbound, "https://wallet.example/").await,
            "must name a host that is found on the public internet"
        );
    }
    assert_eq!(
        refusal(&knowing(DEVELOPMENT, &["10.0.0.1"]), "https://wallet.example/").await,
        "must name a host that is found on the public internet"
    );
    assert_eq!(
        refusal(&knowing(PRODUCTION, &[]), "https://wallet.example/").await,
        "must name a host that is found on the public internet"
    );
}

#[tokio::test]
async fn host_with_public_addresses_is_allowed() {
    knowing(PRODUCTION, &["8.8.8.8", "2606:4700::1111"])
        .check(&url("https://wallet.example:8443/kyc?a=b"))
        .await
        .unwrap();
}

#[tokio::test]
async fn host_is_resolved_once_per_connection() {
    // The host resolves to a private address the second time, but there is no second lookup.
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let server = serve(Router::new().route("/", get(async || "hello"))).await;
    let port = server.port().unwrap();
    let lookup = Lookup::new(move |_| {
        ASKED.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Ok(vec![SocketAddr::from(([127, 0, 0, 1], 0))]))
    });
    let outbound = Outbound::with(DEVELOPMENT, lookup, REQUEST_TIMEOUT).unwrap();
    assert_eq!(
        outbound.get(&url(&format!("http://localhost:{port}/")), 10).await.unwrap(),
        b"hello"
    );
    assert_eq!(ASKED.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn servers_on_this_machine_are_called_only_in_development() {
    let router = Router::new().route(
        "/",
        get(async || "hello").post(async |headers: HeaderMap, body: Bytes| {
            assert_eq!((&headers["x-test"], &body[..]), (&"yes".parse().unwrap(), &b"there"[..]));
            StatusCode::ACCEPTED
        }),
    );
    let server = serve(router).await;
    let outbound = Outbound::new(DEVELOPMENT).unwrap();
    outbound.check(&server).await.unwrap();
    assert_eq!(outbound.get(&server, 5).await.unwrap(), b"hello");
    assert_eq!(outbound.post(&server, &[("X-Test", "yes")], b"there".to_vec()).await.unwrap(), 202);

    let refused = Outbound::new(PRODUCTION).unwrap().get(&server, 5).await.unwrap_err();
    assert_eq!(refused.to_string(), "must name a host that is found on the public internet");
}

#[tokio::test]
async fn development_allows_http_only_for_this_machine() {
    let outbound = knowing(DEVELOPMENT, &["8.8.8.8"]);
    assert_eq!(refusal(&outbound, "http://wallet.example/").await, "must be https");
}

// S01-17, R-06
#[tokio::test]
async fn redirects_are_not_followed() {
    let router = Router::new()
        .route(
            "/",
            get(async || Redirect::temporary("/other"))
                .post(async || Redirect::temporary("/other")),
        )
        .route("/other", post(async || "followed").get(async || "followed"));
    let server = serve(router).await;
    let outbound = Outbound::new(DEVELOPMENT).unwrap();
    assert_eq!(
        outbound.get(&server, 100).await.unwrap_err().to_string(),
        "answered with status 307"
    );
    assert_eq!(outbound.post(&server, &[], Vec::new()).await.unwrap(), 307);
}

// S01-13, R-06
#[tokio::test]
async fn responses_over_the_limit_are_refused() {
    let server = serve(Router::new().route("/", get(async || "x".repeat(101)))).await;
    let outbound = Outbound::new(DEVELOPMENT).unwrap();
    assert_eq!(outbound.get(&server, 101).await.unwrap().len(), 101);
    assert_eq!(
        outbound.get(&server, 100).await.unwrap_err().to_string(),
        "answered with more than 100 bytes"
    );
}

// S10-19, S01-17: a server that is silent or sends byte by byte does not delay this server.
#[tokio::test]
async fn missing_or_endless_response_times_out() {
    let patience = Duration::from_millis(200);
    let outbound = Outbound::with(DEVELOPMENT, Lookup::system(), patience).unwrap();
    for answer in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = url(&format!("http://{}/", listener.local_addr().unwrap()));
        tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((mut connection, _)) = listener.accept().await {
                let _ = connection.read(&mut [0; 1024]).await;
                let _ = connection.write_all(answer).await;
                open.push(connection);
            }
        });
        let error = outbound.get(&url, 100).await.unwrap_err();
        assert!(matches!(error, OutboundError::TooSlow), "{error}");
        if answer.is_empty() {
            let error = outbound.post(&url, &[], Vec::new()).await.unwrap_err();
            assert!(matches!(error, OutboundError::TooSlow), "{error}");
        }
    }
}

//
#[tokio::test]
async fn errors_reveal_nothing_about_the_servers_network() {
    let outbound = Outbound::new(DEVELOPMENT).unwrap();
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = outbound.get(&url(&format!("http://{closed}/secret")), 10).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot be reached");
    assert!(std::error::Error::source(&error).is_none());
}
