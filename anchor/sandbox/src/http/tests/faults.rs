//! Requested faults.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    fault::Fault,
    testing::{World, pay},
};

async fn status(world: &World, uri: &str) -> u16 {
    world.send(Request::get(uri).body(Body::empty()).unwrap()).await.status().as_u16()
}

#[tokio::test]
async fn only_the_requested_number_of_requests_to_the_path_fails() {
    let world = World::new();
    let uri = format!("/accounts/{}", world.funded("a").address());
    world.sandbox.fail_next("/accounts", Fault::Status(503), 2);
    assert_eq!(status(&world, "/health").await, 200);
    assert_eq!([status(&world, &uri).await, status(&world, &uri).await], [503, 503]);
    assert_eq!(status(&world, &uri).await, 200);
}

#[tokio::test]
async fn faults_of_one_path_happen_in_the_order_of_the_calls() {
    let world = World::new();
    world.sandbox.fail_next("/", Fault::Status(500), 1);
    world.sandbox.fail_next("/health", Fault::Status(429), 1);
    world.sandbox.fail_next("/health", Fault::Status(504), 0);
    let answers = [
        status(&world, "/health").await,
        status(&world, "/health").await,
        status(&world, "/health").await,
    ];
    assert_eq!(answers, [500, 429, 200]);
}

#[tokio::test]
async fn a_status_comes_with_horizons_body_and_headers() {
    let world = World::new();
    for (ordered, answered, slug) in [
        (429, 429, "rate_limit_exceeded"),
        (500, 500, "server_error"),
        (503, 503, "service_unavailable"),
        (504, 504, "timeout"),
        (404, 404, "not_found"),
        (42, 500, "server_error"),
        (100, 500, "server_error"),
    ] {
        world.sandbox.fail_next("/health", Fault::Status(ordered), 1);
        let response = world.send(Request::get("/health").body(Body::empty()).unwrap()).await;
        assert_eq!(response.status().as_u16(), answered);
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(response.headers()["x-sandbox"], "1");
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["type"], format!("https://stellar.org/horizon-errors/{slug}"));
        assert_eq!(body["status"], answered);
    }
}

#[tokio::test]
async fn html_is_the_page_of_a_proxy() {
    let world = World::new();
    world.sandbox.fail_next("/", Fault::Html, 1);
    let response = world.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(body.starts_with(b"<html>"));
}

#[tokio::test]
async fn truncated_json_is_half_of_the_real_answer() {
    let world = World::new();
    world.sandbox.fail_next("/", Fault::TruncatedJson, 1);
    let response = world.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(body.starts_with(b"{") && body.len() > 100);
    assert!(serde_json::from_slice::<serde_json::Value>(&body).is_err());
}

#[tokio::test]
async fn submission_with_a_requested_fault_status_is_not_accepted() {
    let world = World::new();
    let alice = world.funded("a");
    let envelope = world.tx(&alice).op(pay(&alice, 1)).sign(&[&alice]);
    world.sandbox.fail_next("/transactions", Fault::Status(504), 1);
    assert_eq!(world.post(&envelope).await.0, StatusCode::GATEWAY_TIMEOUT);
    assert!(world.included(&envelope).is_none());
    assert_eq!(world.post(&envelope).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_dropped_connection_ends_before_the_answer_does() {
    let world = World::new();
    world.sandbox.fail_next("/health", Fault::Drop, 1);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, world.sandbox.ledger_router()).into_future());
    let mut answers = Vec::new();
    for _ in 0..2 {
        let mut client = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        client.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        // A connection reset is as good as an early end.
        let _ = client.read_to_end(&mut answer).await;
        answers.push(String::from_utf8(answer).unwrap());
    }
    server.abort();
    assert!(!answers[0].contains("database_connected"), "{}", answers[0]);
    // A chunked body is complete only with its last chunk.
    assert!(!answers[0].ends_with("0\r\n\r\n"), "{}", answers[0]);
    assert!(answers[1].contains("database_connected"), "{}", answers[1]);
}
