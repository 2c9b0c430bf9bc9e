//! Two servers over one database, and a ledger that is down.

use axum::{body::Body, http::Request};
use serde_json::json;
use tower::ServiceExt as _;
use windlass_anchor::{
    Anchor,
    config::{Secret, SessionAlgorithm, SessionKey},
};
use windlass_sandbox::Fault;

use super::{challenge, post, signed};
use crate::{
    bad_input::post_json,
    world::{World, key, secrets},
};

/// A world whose servers share their keys.
async fn world() -> World {
    World::with(|config| config.secrets = Some(secrets(&key("anchor")))).await
}

async fn status(anchor: &Anchor, request: Request<Body>) -> u16 {
    anchor.router().oneshot(request).await.unwrap().status().as_u16()
}

// S10-100, R-10: two servers get the same challenge at the same time, and the database decides.
#[tokio::test]
async fn only_one_of_two_servers_issues_the_token() {
    let world = world().await;
    let other = world.replica(|_| {}).await;
    let ada = key("ada");
    for _ in 0..8 {
        let challenge = challenge(&world, &format!("account={}", ada.public())).await;
        let body = json!({ "transaction": signed(challenge, &[&ada]) });
        let post = |anchor: &Anchor| {
            let (anchor, request) = (anchor.clone(), post_json("/auth", body.clone()));
            tokio::spawn(async move { status(&anchor, request).await })
        };
        let posts = [&world.anchor, &other, &world.anchor, &other].map(post);
        let mut statuses = Vec::new();
        for post in posts {
            statuses.push(post.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400, 400, 400]);
    }
}

// S10-121: one server has the new key in front, the other behind.
#[tokio::test]
async fn session_keys_are_rotated_one_server_at_a_time() {
    let session_key = |id: &str, algorithm, byte| SessionKey {
        id: id.to_owned(),
        algorithm,
        secret: Secret(vec![byte; 32]),
    };
    let old = session_key("old", SessionAlgorithm::Hs256, 1);
    let new = session_key("new", SessionAlgorithm::EdDsa, 2);
    let keys = |keys: &[&SessionKey]| {
        let keys: Vec<_> = keys.iter().map(|key| (*key).clone()).collect();
        move |config: &mut windlass_anchor::Config| {
            config.secrets.as_mut().unwrap().session_keys = keys;
        }
    };
    let world = world().await;
    let before = world.replica(keys(&[&old, &new])).await;
    let after = world.replica(keys(&[&new, &old])).await;
    let dropped = world.replica(keys(&[&new])).await;
    let ada = key("ada");
    let mut tokens = Vec::new();
    for anchor in [&before, &after] {
        // Each server accepts challenges and tokens of the others.
        let challenge = challenge(&world, &format!("account={}", ada.public())).await;
        let request = post_json("/auth", json!({ "transaction": signed(challenge, &[&ada]) }));
        let response = anchor.router().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        tokens.push(body["token"].as_str().unwrap().to_owned());
    }
    let customer = |token: &str| {
        Request::get("/kyc/customer")
            .header("Authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap()
    };
    for token in &tokens {
        for anchor in [&before, &after] {
            assert_eq!(status(anchor, customer(token)).await, 200);
        }
    }
    assert_eq!(status(&dropped, customer(&tokens[0])).await, 401);
    assert_eq!(status(&dropped, customer(&tokens[1])).await, 200);
}

// S10-97 (P24): a removed master key does not become valid again while the ledger is down.
#[tokio::test]
async fn no_ledger_failure_counts_as_a_missing_account() {
    let world = World::new().await;
    let ada = key("ada");
    for fault in [
        Fault::Status(500),
        Fault::Status(502),
        Fault::Status(504),
        Fault::Status(429),
        Fault::Drop,
        Fault::Html,
        Fault::TruncatedJson,
    ] {
        // The account does not exist, so its own key would be enough.
        let challenge = challenge(&world, &format!("account={}", ada.public())).await;
        let xdr = signed(challenge, &[&ada]);
        world.ledger.fail_next("/accounts", fault, 1);
        let refused = Err((503, "ledger_unavailable".to_owned()));
        assert_eq!(post(&world, xdr.clone()).await, refused, "{fault:?}");
        // The challenge is still valid.
        assert!(post(&world, xdr).await.is_ok(), "{fault:?}");
    }
}
