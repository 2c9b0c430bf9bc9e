//! Signing in, step by step: the anchor's responses, and which accounts get a session.

use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use serde_json::{Value, json};
use windlass_core::{
    account::SecretKey,
    network::Network,
    sep10::{ChallengeResponse, Claims},
    xdr::{DecoratedSignature, Envelope},
};

use crate::{bad_input::post_json, world::World};

mod accounts;
mod applications;
mod authorization;
mod domains;
mod replicas;
pub(crate) mod signers;
mod wallet;

/// `GET /auth` with this query; with a token of SEP-10 if there is one.
async fn ask(world: &World, query: &str, token: Option<&str>) -> (u16, HeaderMap, Value) {
    let mut request = Request::get(format!("/auth?{query}")).header("Origin", "https://w.example");
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let (status, headers, body) = world.send(request.body(Body::empty()).unwrap()).await;
    (status.as_u16(), headers, body)
}

/// Status and code of a refusal, which every origin may read (S10-03, S10-06, S10-08).
fn refusal((status, headers, body): (u16, HeaderMap, Value)) -> (u16, String) {
    assert_eq!(headers["access-control-allow-origin"], "*", "{body}");
    assert_eq!(headers["content-type"], "application/json", "{body}");
    assert!(body["error"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

/// The challenge that is answered to this query.
async fn challenge(world: &World, query: &str) -> Envelope {
    envelope(ask(world, query, None).await)
}

fn envelope((status, _, body): (u16, HeaderMap, Value)) -> Envelope {
    assert_eq!(status, 200, "{body}");
    let answer: ChallengeResponse = serde_json::from_value(body).unwrap();
    Envelope::from_base64(&answer.transaction).unwrap()
}

/// The challenge with the signatures of these keys added, in base64.
fn signed(mut envelope: Envelope, keys: &[&SecretKey]) -> String {
    let hash = envelope.transaction.hash(&network());
    envelope.signatures.extend(keys.iter().map(|key| DecoratedSignature::by(key, &hash)));
    envelope.to_base64()
}

fn network() -> Network {
    Network::new(Network::STANDALONE)
}

/// The answer of `POST /auth`: the claims, or status and code of the refusal.
async fn post(world: &World, xdr: String) -> Result<Claims, (u16, String)> {
    let (status, headers, body) =
        world.send(post_json("/auth", json!({ "transaction": xdr }))).await;
    match body["token"].as_str() {
        Some(token) => Ok(Claims::peek(token).unwrap()),
        None => Err(refusal((status.as_u16(), headers, body))),
    }
}

/// Signs in with these keys, from the challenge on.
async fn sign_in(world: &World, query: &str, keys: &[&SecretKey]) -> Result<Claims, (u16, String)> {
    let challenge = challenge(world, query).await;
    post(world, signed(challenge, keys)).await
}

fn refused(code: &str) -> Result<Claims, (u16, String)> {
    Err((400, code.to_owned()))
}
