//! Rate limits apply to the caller that exceeds them, and to no other.

use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo, http::Request};
use windlass_anchor::config::Rates;

use crate::world::{World, key};

fn challenge(address: &str) -> Request<Body> {
    let peer: SocketAddr = format!("{address}:1").parse().unwrap();
    Request::get(format!("/auth?account={}", key("ada").public()))
        .header("Origin", "https://wallet.example")
        .extension(ConnectInfo(peer))
        .body(Body::empty())
        .unwrap()
}

fn customer(token: &str) -> Request<Body> {
    Request::get("/kyc/customer")
        .header("Authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap()
}

// S10-22, S10-03
#[tokio::test]
async fn rate_limited_sign_in_is_refused_with_cors_headers() {
    let world = World::with(|config| config.rates = Rates { sign_in: 2, ..Rates::default() }).await;
    for _ in 0..2 {
        assert_eq!(world.send(challenge("192.0.2.1")).await.0.as_u16(), 200);
    }
    let (status, headers, body) = world.send(challenge("192.0.2.1")).await;
    assert_eq!((status.as_u16(), &body["code"]), (429, &"too_many_requests".into()));
    assert_eq!(body["error"], "too many requests: try again in 30 s");
    assert_eq!(headers["retry-after"], "30");
    assert_eq!(headers["access-control-allow-origin"], "*");

    assert_eq!(world.send(challenge("192.0.2.2")).await.0.as_u16(), 200);
    world.pass(30);
    assert_eq!(world.send(challenge("192.0.2.1")).await.0.as_u16(), 200);
}

#[tokio::test]
async fn rate_limit_applies_to_one_session_only() {
    let world = World::with(|config| config.rates = Rates { kyc: 1, ..Rates::default() }).await;
    let wallet = world.wallet().await;
    let ada = wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let bob = wallet.sign_in(&key("bob").public().into(), &key("bob")).await.unwrap();
    assert_eq!(world.send(customer(&ada.token())).await.0.as_u16(), 200);
    assert_eq!(world.send(customer(&ada.token())).await.0.as_u16(), 429);
    assert_eq!(world.send(customer(&bob.token())).await.0.as_u16(), 200);
}
