//! Requests that our client would never send: each gets the status that its SEP names and a stable
//! code, nothing is written, and the server keeps working.

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use windlass_core::{account::Account, sep12::GetCustomer};

use crate::world::{World, key};

pub(crate) fn get(uri: &str) -> Request<Body> {
    Request::builder().uri(uri).body(Body::empty()).unwrap()
}

pub(crate) fn post_json(uri: &str, body: Value) -> Request<Body> {
    request("POST", uri, "application/json", body.to_string(), None)
}

fn request(
    method: &str,
    uri: &str,
    content_type: &str,
    body: impl Into<Body>,
    token: Option<&str>,
) -> Request<Body> {
    let mut builder =
        Request::builder().method(method).uri(uri).header("Origin", "https://wallet.example");
    if !content_type.is_empty() {
        builder = builder.header("Content-Type", content_type);
    }
    if let Some(token) = token {
        builder = builder.header("Authorization", format!("Bearer {token}"));
    }
    builder.body(body.into()).unwrap()
}

/// Checks a refusal: JSON with text and code, readable from every origin, never 500.
fn assert_refused(
    (status, headers, body): (StatusCode, HeaderMap, Value),
    expected: (u16, &str),
    what: &str,
) {
    assert_eq!(
        (status.as_u16(), body["code"].as_str()),
        (expected.0, Some(expected.1)),
        "{what}: {body}"
    );
    assert!(body["error"].as_str().is_some_and(|text| !text.is_empty()), "{what}: {body}");
    assert_eq!(headers["content-type"], "application/json", "{what}");
    assert_eq!(headers["access-control-allow-origin"], "*", "{what}");
}

#[tokio::test]
async fn bad_challenge_requests_are_refused() {
    let world = World::new().await;
    let g = key("ada").public().to_string();
    let m = Account::Muxed { key: key("ada").public(), id: 1 };
    let contract = "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA";
    for (query, code) in [
        (String::new(), "invalid_account"),
        ("account=".to_owned(), "invalid_account"),
        ("account=invalid-account".to_owned(), "invalid_account"),
        (format!("account={contract}"), "invalid_account"),
        (format!("account={}", key("ada").reveal().as_str()), "invalid_account"),
        (format!("account={}", g.to_lowercase()), "invalid_account"),
        (format!("account={g}&account={g}"), "invalid_request"),
        (format!("account={g}&memo=-1"), "invalid_memo"),
        (format!("account={g}&memo=1.0"), "invalid_memo"),
        (format!("account={g}&memo=%2B1"), "invalid_memo"),
        (format!("account={g}&memo=%201"), "invalid_memo"),
        (format!("account={g}&memo=18446744073709551616"), "invalid_memo"),
        (format!("account={m}&memo=1"), "invalid_memo"),
        (format!("account={g}&home_domain=evil.example"), "unknown_home_domain"),
    ] {
        let response = world.send(request("GET", &format!("/auth?{query}"), "", "", None)).await;
        assert_refused(response, (400, code), &query);
    }
}

#[tokio::test]
async fn empty_parameters_of_a_challenge_count_as_absent() {
    let world = World::new().await;
    let query = format!("account={}&memo=&home_domain=&client_domain=", key("ada").public());
    let request = request("GET", &format!("/auth?{query}"), "", "", None);
    let (status, _, body) = world.send(request).await;
    assert_eq!(status, 200, "{body}");
}

// S23-26
#[tokio::test]
async fn muxed_contract_cannot_sign_in() {
    let world = World::new().await;
    let account = "WA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAAAWWC";
    let request = request("GET", &format!("/auth?account={account}"), "", "", None);
    let (status, _, body) = world.send(request).await;
    assert_eq!((status.as_u16(), body["code"].as_str()), (400, Some("invalid_account")), "{body}");
    let error = body["error"].as_str().unwrap();
    assert!(error.contains("a muxed contract (W...), which can only receive payments"), "{error}");
}

#[tokio::test]
async fn bad_token_requests_are_refused() {
    let world = World::new().await;
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    for (content_type, body, status, code) in [
        (json, "{}".to_owned(), 400, "invalid_request"),
        (json, r#"{"transaction":{}}"#.to_owned(), 400, "invalid_request"),
        (json, r#"{"transaction":""}"#.to_owned(), 400, "challenge_not_readable"),
        (json, r#"{"transaction":"AAAA"}"#.to_owned(), 400, "challenge_not_readable"),
        (json, r#"{"transaction":"!"}"#.to_owned(), 400, "challenge_not_readable"),
        (json, r#"{"transaction":"AAAA","transaction":"AAAA"}"#.to_owned(), 400, "invalid_request"),
        (json, r#"{"transaction":"#.to_owned(), 400, "invalid_request"),
        (json, String::new(), 400, "invalid_request"),
        (json, "[]".to_owned(), 400, "invalid_request"),
        (form, "transaction=AAAA".to_owned(), 400, "challenge_not_readable"),
        (form, "transaction=%ZZ".to_owned(), 400, "invalid_request"),
        (form, String::new(), 400, "invalid_request"),
        ("text/plain", "AAAA".to_owned(), 415, "unsupported_media_type"),
        ("", "AAAA".to_owned(), 415, "unsupported_media_type"),
        (json, format!(r#"{{"transaction":"{}"}}"#, "A".repeat(1 << 20)), 413, "too_large"),
    ] {
        let what = format!("{content_type} {}", body.chars().take(40).collect::<String>());
        let response = world.send(request("POST", "/auth", content_type, body, None)).await;
        assert_refused(response, (status, code), &what);
    }
    assert_refused(
        world.send(request("PUT", "/auth", json, "{}", None)).await,
        (405, "method_not_allowed"),
        "PUT",
    );
}

/// The seven endpoints of SEP-12, each called without a valid token: 401 before anything else is
/// checked (S12-05).
#[tokio::test]
async fn invalid_tokens_are_refused() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    let session = wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let good = session.token();
    let [head, payload, _] = good.split('.').collect::<Vec<_>>()[..] else { panic!("no token") };
    let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
    let changed =
        format!("{head}.{}.{}", payload.replace('a', "b"), good.rsplit('.').next().unwrap());
    let account = key("ada").public();
    for (method, path) in [
        ("GET", "/kyc/customer"),
        ("PUT", "/kyc/customer"),
        ("PUT", "/kyc/customer/verification"),
        ("PUT", "/kyc/customer/callback"),
        ("POST", "/kyc/customer/files"),
        ("GET", "/kyc/customer/files"),
        ("DELETE", &format!("/kyc/customer/{account}")),
    ] {
        for (token, code) in [
            (None, "token_missing"),
            (Some("garbage"), "token_invalid"),
            (Some(&*unsigned), "token_invalid"),
            (Some(&*changed), "token_invalid"),
        ] {
            let response =
                world.send(request(method, path, "text/plain", "not looked at", token)).await;
            assert_refused(response, (401, code), &format!("{method} {path} {token:?}"));
        }
        let preflight = Request::builder()
            .method("OPTIONS")
            .uri(path)
            .header("Origin", "https://wallet.example")
            .header("Access-Control-Request-Method", method)
            .header(
                "Access-Control-Request-Headers",
                "authorization,content-type,x-client-name,x-client-version",
            )
            .body(Body::empty());
        let (status, headers, _) = world.send(preflight.unwrap()).await;
        assert!(status.is_success(), "{method} {path}: {status}");
        let allowed = headers["access-control-allow-headers"].to_str().unwrap().to_lowercase();
        assert!(
            ["authorization", "content-type", "x-client-name", "x-client-version"]
                .iter()
                .all(|name| allowed.contains(name)),
            "{allowed}"
        );
        assert!(headers["access-control-allow-methods"].to_str().unwrap().contains(method));
    }
    let basic = Request::builder()
        .uri("/kyc/customer")
        .header("Origin", "https://w.example")
        .header("Authorization", "Basic x")
        .body(Body::empty());
    assert_refused(world.send(basic.unwrap()).await, (401, "token_missing"), "Basic");
    world.pass(86_400);
    assert_refused(
        world.send(request("GET", "/kyc/customer", "", "", Some(&good))).await,
        (401, "token_expired"),
        "expired",
    );
}

#[tokio::test]
async fn bad_customer_requests_write_nothing() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let token = session.token();
    let token = Some(token.as_str());
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let other = key("eve").public();
    for (content_type, body, status, code) in [
        (json, "{".to_owned(), 400, "invalid_request"),
        (json, "[]".to_owned(), 400, "invalid_request"),
        (json, r#"{"first_name":"A","first_name":"A"}"#.to_owned(), 400, "invalid_request"),
        (json, r#"{"type":"no-such-type"}"#.to_owned(), 400, "unknown_customer_type"),
        (json, r#"{"transaction_id":"1"}"#.to_owned(), 400, "invalid_transaction_id"),
        (json, r#"{"type":"sep6","transaction_id":"1"}"#.to_owned(), 400, "invalid_transaction_id"),
        (json, r#"{"memo":"abc"}"#.to_owned(), 400, "invalid_memo"),
        (json, r#"{"memo":1.5}"#.to_owned(), 400, "invalid_request"),
        (json, format!(r#"{{"account":"{other}"}}"#), 400, "identity_mismatch"),
        (
            json,
            r#"{"id":"b3f5ff4c-0c2a-4c39-9a8e-3c1bd6bd2b1c"}"#.to_owned(),
            404,
            "customer_not_found",
        ),
        (
            json,
            r#"{"first_name":"Ada","birth_date":"1990-04-31"}"#.to_owned(),
            400,
            "invalid_field",
        ),
        (json, r#"{"first_name":"Ada","id_type":"library_card"}"#.to_owned(), 400, "invalid_field"),
        (json, r#"{"first_name":{"nested":"A"}}"#.to_owned(), 400, "invalid_field"),
        (json, r#"{"first_name":null}"#.to_owned(), 400, "invalid_field"),
        (json, r#"{"first_name":""}"#.to_owned(), 400, "invalid_field"),
        (
            json,
            r#"{"first_name":"A","photo_id_front":"aGVsbG8="}"#.to_owned(),
            400,
            "invalid_field",
        ),
        (
            json,
            r#"{"first_name":"A","photo_id_front_file_id":"nobodys"}"#.to_owned(),
            400,
            "file_not_found",
        ),
        (
            json,
            r#"{"first_name":"A","mobile_number_verification":"123456"}"#.to_owned(),
            400,
            "nothing_to_verify",
        ),
        (form, "first_name=Ada&mobile_number=+14155552671".to_owned(), 400, "invalid_field"),
        ("text/plain", "first_name=Ada".to_owned(), 415, "unsupported_media_type"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"first_name\"\r\n\r\nAda".to_owned(),
            400,
            "invalid_request",
        ),
        (json, format!(r#"{{"first_name":"{}"}}"#, "A".repeat(30 << 20)), 413, "too_large"),
    ] {
        let what = body.chars().take(60).collect::<String>();
        let response = world.send(request("PUT", "/kyc/customer", content_type, body, token)).await;
        assert_refused(response, (status, code), &what);
    }
    let not_an_image = "--x\r\nContent-Disposition: form-data; name=\"first_name\"\r\n\r\nAda\r\n--x\r\nContent-Disposition: form-data; name=\"photo_id_front\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\nhello\r\n--x--\r\n";
    let response = world
        .send(request(
            "PUT",
            "/kyc/customer",
            "multipart/form-data; boundary=x",
            not_an_image,
            token,
        ))
        .await;
    assert_eq!(response.2["field"], "photo_id_front");
    assert_refused(response, (400, "invalid_field"), "text as photo");

    for (query, status, code) in [
        ("lang=english", 400, "invalid_language"),
        ("type=no-such-type", 400, "unknown_customer_type"),
        ("transaction_id=1", 400, "invalid_transaction_id"),
        ("memo_type=return&memo=1", 400, "invalid_memo"),
        ("id=nobody", 404, "customer_not_found"),
        ("id=1&id=2", 400, "invalid_request"),
    ] {
        let response =
            world.send(request("GET", &format!("/kyc/customer?{query}"), "", "", token)).await;
        assert_refused(response, (status, code), query);
    }
    assert_refused(
        world.send(request("DELETE", &format!("/kyc/customer/{other}"), "", "", token)).await,
        (401, "identity_mismatch"),
        "another's",
    );
    assert_refused(
        world
            .send(request(
                "DELETE",
                &format!("/kyc/customer/{}", key("ada").public()),
                "",
                "",
                token,
            ))
            .await,
        (404, "customer_not_found"),
        "nobody yet",
    );
    assert_refused(
        world
            .send(request(
                "PUT",
                "/kyc/customer/callback",
                json,
                r#"{"url":"https://w.example"}"#,
                token,
            ))
            .await,
        (404, "customer_not_found"),
        "callback",
    );
    assert_refused(
        world.send(request("GET", "/kyc/nothing", "", "", token)).await,
        (404, "not_found"),
        "path",
    );

    // Afterwards there is no customer, and the server still works.
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().id, None);
}

#[tokio::test]
async fn every_byte_of_a_challenge_matters() {
    use windlass_core::{
        network::Network,
        wire,
        xdr::{DecoratedSignature, Envelope},
    };
    let world = World::new().await;
    let (_, _, body) = world.send(get(&format!("/auth?account={}", key("ada").public()))).await;
    let mut envelope = Envelope::from_base64(body["transaction"].as_str().unwrap()).unwrap();
    let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
    envelope.signatures.push(DecoratedSignature::by(&key("ada"), &hash));
    let bytes = envelope.to_bytes();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let (status, _, body) =
            world.send(post_json("/auth", json!({ "transaction": wire::base64(&changed) }))).await;
        assert_eq!(status.as_u16(), 400, "byte {at}: {body}");
    }
    let (status, _, _) =
        world.send(post_json("/auth", json!({ "transaction": wire::base64(&bytes) }))).await;
    assert_eq!(status.as_u16(), 200);
}
