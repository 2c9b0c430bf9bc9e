//! The contents of the anchor's challenges and tokens, byte for byte.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use windlass_core::{
    account::Account,
    memo::Memo,
    network::Network,
    wire,
    xdr::{DecoratedSignature, Envelope, MuxedAccount, Operation, TimeBounds},
};
use windlass_sandbox::Fault;

use crate::{
    bad_input::{get, post_json},
    world::{NOW, World, key},
};

async fn ask(world: &World, query: &str) -> (Envelope, Value, HeaderMap) {
    let (status, headers, body) = world.send(get(&format!("/auth?{query}"))).await;
    assert_eq!(status.as_u16(), 200, "{query}: {body}");
    (Envelope::from_base64(body["transaction"].as_str().unwrap()).unwrap(), body, headers)
}

/// The query for an account's challenge.
fn query(account: &Account) -> String {
    match account {
        Account::Shared { key, memo } => format!("account={key}&memo={memo}"),
        other => format!("account={other}"),
    }
}

fn users() -> [Account; 4] {
    let key = key("ada").public();
    [
        Account::Key(key),
        Account::Shared { key, memo: 0 },
        Account::Shared { key, memo: u64::MAX },
        Account::Muxed { key, id: 7 },
    ]
}

// S10-37 to S10-46, S10-48 to S10-51, S10-53, S10-54
#[tokio::test]
async fn challenge_has_exactly_the_required_contents() {
    let world = World::new().await;
    let server = world.wallet().await.signing_key().unwrap();
    for account in users() {
        let (envelope, body, headers) = ask(&world, &query(&account)).await;
        let mut members: Vec<_> = body.as_object().unwrap().keys().collect();
        members.sort();
        assert_eq!(members, ["network_passphrase", "transaction"]);
        assert_eq!(body["network_passphrase"], Network::STANDALONE);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["access-control-allow-origin"], "*");

        let Envelope { transaction, signatures } = envelope;
        assert_eq!((transaction.source, transaction.sequence), (server.into(), 0));
        assert_eq!(transaction.time_bounds, Some(TimeBounds { min: NOW, max: NOW + 900 }));
        assert_eq!(transaction.memo, account.memo().map_or(Memo::None, Memo::Id));
        let [Operation::ManageData(auth), Operation::ManageData(web_auth_domain)] =
            &transaction.operations[..]
        else {
            panic!("{:?}", transaction.operations)
        };
        let id = match account {
            Account::Muxed { id, .. } => Some(id),
            _ => None,
        };
        assert_eq!(auth.source, Some(MuxedAccount { key: account.key(), id }));
        assert_eq!(auth.name, format!("{} auth", world.home_domain()).into_bytes());
        let nonce = auth.value.as_deref().unwrap();
        let text = std::str::from_utf8(nonce).unwrap();
        assert_eq!((nonce.len(), wire::from_base64(text).unwrap().len()), (64, 48));
        assert_eq!(web_auth_domain.source, Some(server.into()));
        assert_eq!(web_auth_domain.name, b"web_auth_domain");
        // The endpoint's host, without the port that its URL names.
        let url = url::Url::parse(&world.config.endpoint("/auth")).unwrap();
        assert!(url.port().is_some());
        assert_eq!(web_auth_domain.value.as_deref(), url.host_str().map(str::as_bytes));

        let hash = transaction.hash(&Network::new(Network::STANDALONE));
        assert_eq!(signatures.len(), 1);
        assert!(signatures[0].is_by(&server, &hash));
    }
}

// S10-45
#[tokio::test]
async fn every_challenge_has_a_different_nonce() {
    let world = World::new().await;
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let (envelope, _, _) = ask(&world, &query(&users()[0])).await;
        assert!(seen.insert(envelope.transaction.operations[0].data().unwrap().value.clone()));
    }
}

// S10-15, S10-16, S10-84
#[tokio::test]
async fn one_key_serves_several_home_domains_and_the_first_by_default() {
    let domains = ["anchor.example.com", "second.example.org"];
    let world =
        World::with(|config| config.sep10.home_domains = domains.map(str::to_owned).into()).await;
    let account = query(&users()[0]);
    for (asked, named) in [
        (account.clone(), domains[0]),
        (format!("{account}&home_domain={}", domains[0]), domains[0]),
        (format!("{account}&home_domain={}", domains[1]), domains[1]),
    ] {
        let (envelope, _, _) = ask(&world, &asked).await;
        assert_eq!(
            envelope.transaction.operations[0].data().unwrap().name,
            format!("{named} auth").into_bytes()
        );
        let claims = claims(&world, envelope).await;
        assert_eq!(claims["home_domain"], named);
    }
    let (status, _, body) =
        world.send(get(&format!("/auth?{account}&home_domain=example.com"))).await;
    assert_eq!((status.as_u16(), &body["code"]), (400, &json!("unknown_home_domain")));
}

// S10-23, S10-97
#[tokio::test]
async fn ledger_is_queried_for_tokens_but_not_for_challenges() {
    let world = World::new().await;
    world.ledger.fail_next("/accounts", Fault::Status(500), 1);
    let (envelope, _, _) = ask(&world, &query(&users()[0])).await;
    let (status, headers, body) = world.send(signed(envelope)).await;
    assert_eq!((status.as_u16(), &body["code"]), (503, &json!("ledger_unavailable")));
    assert!(body["error"].as_str().is_some_and(|text| !text.is_empty()) && body["token"].is_null());
    assert_eq!(headers["access-control-allow-origin"], "*");
    assert_eq!(headers["content-type"], "application/json");
}

// S10-21
#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let world = World::new().await;
    ask(&world, &format!("{}&utm_source=x&lang=en", query(&users()[0]))).await;
}

// S10-02, S10-04, S10-05
#[tokio::test]
async fn cors_allows_sign_in_from_any_origin() {
    let world = World::new().await;
    for method in ["GET", "POST"] {
        let request = Request::options("/auth")
            .header("Origin", "https://wallet.example")
            .header("Access-Control-Request-Method", method)
            .header(
                "Access-Control-Request-Headers",
                "authorization,content-type,x-client-name,x-client-version,traceparent,sentry-trace",
            );
        let (status, headers, _) = world.send(request.body(Body::empty()).unwrap()).await;
        assert!(status.is_success());
        let of = |name: &str| headers[name].to_str().unwrap().to_ascii_lowercase();
        assert_eq!(of("access-control-allow-origin"), "*");
        for allowed in ["get", "post", "options"] {
            assert!(of("access-control-allow-methods").contains(allowed));
        }
        for allowed in ["authorization", "x-client-name", "traceparent", "sentry-trace"] {
            assert!(of("access-control-allow-headers").contains(allowed));
        }
        assert!(of("access-control-max-age").parse::<u64>().unwrap() > 0);
        assert!(!headers.contains_key("access-control-allow-credentials"));
    }
}

// S10-110, S10-113 to S10-117, S10-119, S10-120
#[tokio::test]
async fn token_names_account_issuer_and_lifetime() {
    let world = World::new().await;
    for account in users() {
        let (envelope, _, _) = ask(&world, &query(&account)).await;
        let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
        let now = world.now.fetch_add(60, Ordering::SeqCst) + 60;
        let claims = claims(&world, envelope).await;
        let sub = match account {
            Account::Shared { key, memo } => format!("{key}:{memo}"),
            other => other.to_string(),
        };
        let issuer = url::Url::parse(claims["iss"].as_str().unwrap()).unwrap();
        assert_eq!(issuer.host_str(), world.config.public_url().host_str());
        let expected = json!({
            "iss": claims["iss"],
            "sub": sub,
            // The time of the token, not of the challenge.
            "iat": now,
            "exp": now + 86_400,
            "jti": wire::hex(&hash),
            "home_domain": world.home_domain(),
        });
        assert_eq!(claims, expected);
    }
}

/// The POST of a challenge with ada's signature.
fn signed(mut envelope: Envelope) -> Request<Body> {
    let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
    envelope.signatures.push(DecoratedSignature::by(&key("ada"), &hash));
    post_json("/auth", json!({ "transaction": envelope.to_base64() }))
}

/// The claims of the token for a challenge that ada has signed.
async fn claims(world: &World, envelope: Envelope) -> Value {
    let (status, headers, body) = world.send(signed(envelope)).await;
    assert_eq!(status.as_u16(), 200, "{body}");
    assert_eq!(headers["cache-control"], "no-store");
    let payload = body["token"].as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap()).unwrap()
}
