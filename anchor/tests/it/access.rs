//! Authentication, and the headers of every response.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use windlass_anchor::{clock::Clock, sessions::Tokens as _};

use crate::support::{Answer, MULTIPART, NOW, g, send, service, sessions, token};

const ENDPOINTS: [(Method, &str); 7] = [
    (Method::GET, "/customer"),
    (Method::PUT, "/customer"),
    (Method::PUT, "/customer/verification"),
    (Method::PUT, "/customer/callback"),
    (Method::POST, "/customer/files"),
    (Method::GET, "/customer/files"),
    (Method::DELETE, "/customer/GA"),
];

fn assert_general(answer: &Answer) {
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*", "{answer:?}");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
}

#[tokio::test]
async fn requests_without_a_valid_token_are_refused() {
    let service = service().await;
    let good = service.wallet(&g(1)).token;
    let parts: Vec<&str> = good.split('.').collect();
    let unsigned = format!(
        "{}.{}.",
        data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"JWT"}"#),
        parts[1]
    );
    let old_clock = sessions(&[5; 32], Clock::new(|| NOW));
    let other_key = token(&sessions(&[6; 32], Clock::new(|| NOW)), &g(1));
    let changed =
        format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>());
    let expired = {
        let claims = windlass_core::sep10::Claims::new(
            old_clock.issuer(),
            g(1).parse().unwrap(),
            NOW - 10,
            NOW,
        );
        old_clock.issue(&claims).unwrap()
    };
    let cases = [
        (None, "token_missing"),
        (Some("Basic x".to_owned()), "token_missing"),
        (Some(good.clone()), "token_missing"),
        (Some("Bearer garbage".to_owned()), "token_invalid"),
        (Some(format!("Bearer {expired}")), "token_expired"),
        (Some(format!("Bearer {other_key}")), "token_invalid"),
        (Some(format!("Bearer {changed}")), "token_invalid"),
        (Some(format!("Bearer {unsigned}")), "token_invalid"),
    ];
    for (method, path) in ENDPOINTS {
        for (authorization, code) in &cases {
            let mut request = Request::builder()
                .method(&method)
                .uri(path)
                .header(header::CONTENT_TYPE, "text/plain");
            if let Some(authorization) = authorization {
                request = request.header(header::AUTHORIZATION, authorization);
            }
            // The body is invalid as well, but the token is checked first (S12-05).
            let answer = send(&service.router, request.body(Body::from("{")).unwrap()).await;
            assert_eq!(answer.refusal(), (401, *code), "{method} {path} {authorization:?}");
            assert_general(&answer);
        }
    }
    assert!(service.everything().await.is_empty());
}

#[tokio::test]
async fn browsers_get_answers_to_preflight_requests() {
    let service = service().await;
    for (method, path) in ENDPOINTS {
        let request = Request::options(path)
            .header(header::ORIGIN, "https://wallet.example")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, method.as_str())
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type");
        let answer = send(&service.router, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let methods = answer.headers[header::ACCESS_CONTROL_ALLOW_METHODS].to_str().unwrap();
        assert!(methods.contains(method.as_str()), "{methods}");
        let headers = answer.headers[header::ACCESS_CONTROL_ALLOW_HEADERS].to_str().unwrap();
        assert!(headers.contains("authorization") && headers.contains("content-type"), "{headers}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_json() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    for (method, path, refusal) in [
        (Method::GET, "/customers", (404, "not_found")),
        (Method::GET, "/nothing", (404, "not_found")),
        (Method::POST, "/customer", (405, "method_not_allowed")),
        (Method::GET, "/customer/verification", (405, "method_not_allowed")),
        (Method::DELETE, "/customer/files", (405, "method_not_allowed")),
        (Method::GET, "/customer/GA", (405, "method_not_allowed")),
    ] {
        let answer = wallet.send(method, path, "", Body::empty()).await;
        assert_eq!(answer.refusal(), refusal, "{path}");
        assert_general(&answer);
    }
}

#[tokio::test]
async fn successes_and_refusals_have_the_same_headers() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    assert_general(&wallet.get("").await);
    assert_general(&wallet.get("type=unheard-of").await);
    assert_general(&wallet.send(Method::PUT, "/customer", MULTIPART, "cut off").await);
}

#[tokio::test]
async fn unreadable_requests_are_refused_and_nothing_is_written() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let large = format!(r#"{{"city":"{}"}}"#, "x".repeat(40_000));
    for (media_type, body, refusal) in [
        ("application/json", "{", (400, "invalid_request")),
        ("application/json", r#"{"city":"A","city":"A"}"#, (400, "invalid_request")),
        ("application/json", large.as_str(), (413, "too_large")),
        ("application/x-www-form-urlencoded", "city=A&city=B", (400, "invalid_request")),
        ("application/x-www-form-urlencoded", "city=%ff", (400, "invalid_request")),
        (
            MULTIPART,
            "--XX\r\nContent-Disposition: form-data; name=\"city\"\r\n\r\nRoma",
            (400, "invalid_request"),
        ),
        ("multipart/form-data", "--XX--\r\n", (400, "invalid_request")),
        ("text/plain", "city=A", (415, "unsupported_media_type")),
        ("", "city=A", (415, "unsupported_media_type")),
    ] {
        let answer = wallet.send(Method::PUT, "/customer", media_type, body.to_owned()).await;
        assert_eq!(answer.refusal(), refusal, "{media_type} {}", &body[..body.len().min(60)]);
    }
    assert!(service.everything().await.is_empty());
}

#[tokio::test]
async fn refusals_never_show_what_was_sent() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let secret = "s3cret-value";
    for body in [
        serde_json::json!({"birth_date": secret}),
        serde_json::json!({"id": secret}),
        serde_json::json!({"type": secret}),
        serde_json::json!({"type": "big", "transaction_id": secret}),
        serde_json::json!({"account": secret}),
        serde_json::json!({"memo": secret}),
        serde_json::json!({"memo": "1", "memo_type": secret}),
        serde_json::json!({"id_type": secret}),
        serde_json::json!({"mobile_number": secret}),
        serde_json::json!({"mobile_number_verification": secret}),
        serde_json::json!({"photo_id_front": secret}),
        serde_json::json!({"photo_id_front_file_id": secret}),
    ] {
        let answer = wallet.put(body.clone()).await;
        assert!(answer.status.is_client_error(), "{body}: {answer:?}");
        assert!(!answer.body.to_string().contains(secret), "{answer:?}");
    }
    assert!(service.everything().await.is_empty());
}
