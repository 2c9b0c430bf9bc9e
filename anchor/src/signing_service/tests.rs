//! Tests of what the service signs and refuses.

use assign::assign;
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use windlass_core::{
    account::SecretKey,
    network::Network,
    sep10::{GetChallenge, NewChallenge, Proof},
    xdr::{DecoratedSignature, Envelope},
};

use super::*;

const NOW: u64 = 1_700_000_000;

fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

fn config() -> SignerConfig {
    let text = format!(
        r#"
        client_domain = "wallet.example"
        signing_seed = "{}"
        [[anchors]]
        home_domain = "other.example"
        signing_key = "{}"
        [[anchors]]
        home_domain = "anchor.example"
        signing_key = "{}"
        web_auth_endpoint = "https://auth.anchor.example/sep10"
        "#,
        *key(9).reveal(),
        key(2).public(),
        key(1).public()
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signer.toml");
    std::fs::write(&file, text).unwrap();
    SignerConfig::load(Some(&file), []).unwrap()
}

/// A challenge of the anchor for Ada, with the wallet's domain.
fn challenge(
    change: impl FnOnce(&mut NewChallenge<'_>),
    server: &SecretKey,
    network: &str,
) -> Envelope {
    let account = key(5).public().into();
    let client = ClientDomain { domain: "wallet.example", key: key(9).public() };
    let mut new = NewChallenge {
        account: &account,
        home_domain: "anchor.example",
        web_auth_domain: "auth.anchor.example",
        client_domain: Some(client),
        nonce: &[7; 48],
        now: NOW,
    };
    change(&mut new);
    new.build(server, &Network::new(network)).unwrap()
}

fn good() -> String {
    challenge(|_| (), &key(1), Network::TESTNET).to_base64()
}

fn app(config: SignerConfig) -> Router {
    router(SigningService::new(config, Clock::manual(NOW).0), Throttle::NONE)
}

async fn post(app: &Router, body: impl Into<Body>, headers: &[(&str, &str)]) -> (u16, Value) {
    let mut request = Request::post("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

async fn sign(transaction: &str, passphrase: Option<&str>) -> (u16, Value) {
    let mut body = json!({ "transaction": transaction });
    if let Some(passphrase) = passphrase {
        body["network_passphrase"] = passphrase.into();
    }
    post(&app(config()), body.to_string(), &[("content-type", "application/json")]).await
}

// S10-68, S10-70
#[tokio::test]
async fn challenge_of_a_configured_anchor_gets_one_signature_and_no_other_change() {
    for passphrase in [Some(Network::TESTNET), None] {
        let (status, body) = sign(&good(), passphrase).await;
        assert_eq!((status, &body["network_passphrase"]), (200, &Network::TESTNET.into()));
        let (before, after) =
            (Envelope::from_base64(&good()).unwrap(), body["transaction"].as_str().unwrap());
        let after = Envelope::from_base64(after).unwrap();
        assert_eq!(before.transaction, after.transaction);
        let [server, added]: [DecoratedSignature; 2] = after.signatures.try_into().unwrap();
        assert_eq!(vec![server], before.signatures);
        assert!(
            added
                .is_by(&key(9).public(), &before.transaction.hash(&Network::new(Network::TESTNET)))
        );
    }
}

#[tokio::test]
async fn member_names_of_typescript_wallet_sdk_are_accepted() {
    let asked = json!({ "transactionXDR": good(), "networkPassphrase": Network::TESTNET });
    let json = [("content-type", "application/json")];
    let (status, body) = post(&app(config()), asked.to_string(), &json).await;
    assert_eq!((status, body["transaction"].is_string()), (200, true), "{body}");
}

#[tokio::test]
async fn other_challenges_are_refused_with_the_reason() {
    let of = |change: fn(&mut NewChallenge<'_>)| {
        challenge(change, &key(1), Network::TESTNET).to_base64()
    };
    const OTHER: ClientDomain<'_> = ClientDomain {
        domain: "rival.example",
        key: windlass_core::account::PublicKey::from_bytes([3; 32]),
    };
    let mut payment = Envelope::from_base64(&good()).unwrap();
    payment.transaction.sequence = 1;
    for (transaction, code) in [
        (challenge(|_| (), &key(3), Network::TESTNET).to_base64(), "unknown_home_domain"),
        (challenge(|_| (), &key(2), Network::TESTNET).to_base64(), "challenge_home_domain"),
        (challenge(|_| (), &key(1), Network::PUBLIC).to_base64(), "challenge_server_signature"),
        (of(|new| new.client_domain = None), "challenge_client_domain"),
        (of(|new| new.client_domain = Some(OTHER)), "challenge_client_domain"),
        (of(|new| new.home_domain = "evil.example"), "challenge_home_domain"),
        (of(|new| new.web_auth_domain = "evil.example"), "challenge_web_auth_domain"),
        (of(|new| new.now = NOW - 3_600), "challenge_expired"),
        (payment.to_base64(), "challenge_sequence"),
        ("AAAA".to_owned(), "challenge_not_readable"),
        (String::new(), "challenge_not_readable"),
    ] {
        let (status, body) = sign(&transaction, None).await;
        assert_eq!((status, body["code"].as_str().unwrap()), (400, code), "{body}");
        assert!(body.get("transaction").is_none());
    }
    let (status, body) = sign(&good(), Some(Network::PUBLIC)).await;
    assert_eq!((status, &body["code"]), (400, &"invalid_request".into()));
}

#[tokio::test]
async fn other_client_domain_with_the_same_key_is_refused() {
    let other = challenge(
        |new| {
            new.client_domain =
                Some(ClientDomain { domain: "rival.example", key: key(9).public() });
        },
        &key(1),
        Network::TESTNET,
    );
    let (status, body) = sign(&other.to_base64(), None).await;
    assert_eq!((status, &body["code"]), (400, &"challenge_client_domain".into()));
}

// S10-26, S10-27
#[tokio::test]
async fn requests_are_signed_only_for_anchors_with_a_configured_endpoint() {
    let message = |home_domain: &str, endpoint: &str, now| {
        let request = assign!(GetChallenge::new(key(5).public().to_string()), {
            home_domain: Some(home_domain.to_owned()),
            client_domain: Some("wallet.example".to_owned()),
        });
        Proof { endpoint, request: &request, now }.message()
    };
    let vouch = async |message: &str| {
        let body = json!({ "message": message }).to_string();
        post(&app(config()), body, &[("content-type", "application/json")]).await
    };
    let endpoint = "https://auth.anchor.example/sep10";

    let good = message("anchor.example", endpoint, NOW);
    let (status, body) = vouch(&good).await;
    assert_eq!(status, 200, "{body}");
    let signature = wire::from_base64(body["signature"].as_str().unwrap()).unwrap();
    assert!(key(9).public().verify(good.as_bytes(), &signature));
    assert_eq!(body.as_object().unwrap().len(), 1);

    for (bad, told) in [
        (message("other.example", "https://other.example/auth", NOW), "does not know"),
        (message("anchor.example", "https://auth.anchor.example/other", NOW), "does not know"),
        (message("anchor.example", endpoint, NOW - 900), "expired"),
        (String::new(), "not a JSON web token"),
    ] {
        let (status, body) = vouch(&bad).await;
        assert_eq!((status, &body["code"]), (400, &"proof_invalid".into()));
        assert!(body["error"].as_str().unwrap().contains(told), "{body}");
    }
}

#[tokio::test]
async fn service_refuses_requests_without_the_bearer_token() {
    let mut config = config();
    config.bearer_token = Some(crate::Secret("0123456789abcdef".to_owned().into()));
    let app = app(config);
    let body = json!({ "transaction": good() }).to_string();
    let json = ("content-type", "application/json");
    for authorization in
        ["", "0123456789abcdef", "Bearer 0123456789abcdeF", "Basic 0123456789abcdef"]
    {
        let (status, answer) =
            post(&app, body.clone(), &[json, ("authorization", authorization)]).await;
        assert_eq!((status, &answer["code"]), (401, &"token_invalid".into()), "{authorization}");
    }
    assert_eq!(post(&app, body.clone(), &[json]).await.0, 401);
    assert_eq!(
        post(&app, body, &[json, ("authorization", "bearer 0123456789abcdef")]).await.0,
        200
    );
}

#[tokio::test]
async fn invalid_bodies_are_refused_with_the_reason() {
    let app = app(config());
    let json = [("content-type", "application/json")];
    for (body, headers, status) in [
        ("{".to_owned(), &json[..], 400),
        ("[]".to_owned(), &json, 400),
        ("{\"transaction\": 7}".to_owned(), &json, 400),
        ("{}".to_owned(), &json, 400),
        ("{\"message\": 7}".to_owned(), &json, 400),
        (
            "transaction=AAAA".to_owned(),
            &[("content-type", "application/x-www-form-urlencoded")],
            415,
        ),
        (format!("{{\"transaction\": \"{}\"}}", "A".repeat(3 * MAX_ENVELOPE)), &json, 413),
    ] {
        let (found, answer) = post(&app, body, headers).await;
        assert_eq!(found, status);
        assert!(answer["error"].is_string() && answer["code"].is_string(), "{answer}");
    }
}

#[test]
fn contradictory_configuration_is_refused() {
    let seed = key(9).reveal().to_string();
    let anchor =
        format!("[{{ home_domain = \"anchor.example\", signing_key = \"{}\" }}]", key(9).public());
    let endpoint = anchor.replace(" }", ", web_auth_endpoint = \"auth\" }");
    for (domain, anchors, token, told) in [
        ("https://wallet.example", "[]", None, "client_domain"),
        ("wallet.example", "[]", None, "anchors: name at least one"),
        ("wallet.example", &*endpoint, None, "anchors: web_auth_endpoint"),
        ("wallet.example", &*anchor, None, "signing_seed: is the key of one of the anchors"),
        (
            "wallet.example",
            &anchor.replace(&key(9).public().to_string(), &key(1).public().to_string()),
            Some("short"),
            "bearer_token",
        ),
    ] {
        let mut vars =
            vec![("CLIENT_DOMAIN", domain), ("SIGNING_SEED", &seed), ("ANCHORS", anchors)];
        vars.extend(token.map(|token| ("BEARER_TOKEN", token)));
        let vars = vars
            .into_iter()
            .map(|(name, value)| (format!("WINDLASS_SIGNER_{name}"), value.to_owned()));
        let error = SignerConfig::load(None, vars).unwrap_err().to_string();
        assert!(error.contains(told) && !error.contains(&seed), "{error}");
    }
}

#[test]
fn example_signer_configuration_is_valid() {
    let text = SignerConfig::example()
        .replace("\"S...\"", &format!("\"{}\"", *key(9).reveal()))
        .replace("\"G...\"", &format!("\"{}\"", key(1).public()));
    let config: SignerConfig = toml::from_str(&text).unwrap();
    assert_eq!((config.bind, config.per_minute), (([127, 0, 0, 1], 8010).into(), 600));
}
