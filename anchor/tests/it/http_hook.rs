//! The customers hook over HTTP: what is sent, and how each kind of response is handled. The suite
//! in `customers` runs over this hook as well.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::Request,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use windlass_anchor::{
    clock::{Clock, system_random},
    hooks::{Caller, Customers},
    remote::{
        HttpCustomers, HttpHook,
        signature::{HEADER, IDEMPOTENCY_KEY, SharedKey},
    },
};

use crate::support::{
    NOW, PNG, Part, Wallet, fronted, g,
    hosts::{SHARED, hook},
    log, m, token,
};

/// A call as the hook's server receives it.
#[derive(Clone, Debug)]
struct Call {
    operation: String,
    key: String,
    signature: String,
    body: Bytes,
}

impl Call {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A response of the hook's server.
#[derive(Clone, Debug)]
enum Script {
    /// A signed response with this status and body.
    Signed(u16, Value),
    /// A response that is signed for another request or with another secret.
    SignedFor { key: &'static str, status: u16, secret: &'static [u8] },
    /// A response without a signature.
    Unsigned(u16),
    /// A signed redirection.
    Elsewhere,
    /// A response over the size limit.
    Endless,
    /// No response.
    Silence,
}

/// A hook server that follows a script, repeats its last line without end, and records the calls.
struct Business {
    calls: Arc<Mutex<Vec<Call>>>,
    url: String,
}

impl Business {
    async fn start(script: Vec<Script>) -> Self {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&calls);
        let handler = move |request: Request| {
            let (seen, script) = (Arc::clone(&seen), script.clone());
            async move {
                let call = read(request).await;
                let turn = {
                    let mut calls = seen.lock().unwrap();
                    calls.push(call.clone());
                    calls.len() - 1
                };
                answer(&script[turn.min(script.len() - 1)], &call).await
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let router = Router::new().fallback(handler);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { calls, url }
    }

    fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }
}

async fn read(request: Request) -> Call {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers[name].to_str().unwrap().to_owned();
    let (key, signature) = (header(IDEMPOTENCY_KEY), header(HEADER));
    let operation = parts.uri.path().strip_prefix("/hooks/").unwrap().to_owned();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    Call { operation, key, signature, body }
}

async fn answer(script: &Script, call: &Call) -> Response {
    let signed = |secret: &[u8], status: u16, named: u16, key: &str, body: Vec<u8>| {
        let signature = SharedKey::new("main", secret).unwrap();
        let signature = signature.sign(&named.to_string(), key, &body, NOW);
        (StatusCode::from_u16(status).unwrap(), [(HEADER, signature)], body).into_response()
    };
    let good = json!({"id": "1", "status": "ACCEPTED"}).to_string().into_bytes();
    match script {
        Script::Signed(status, body) => {
            signed(SHARED, *status, *status, &call.key, body.to_string().into_bytes())
        }
        Script::SignedFor { key, status, secret } => {
            let key = if key.is_empty() { &call.key } else { *key };
            signed(secret, 200, *status, key, good)
        }
        Script::Unsigned(status) => (StatusCode::from_u16(*status).unwrap(), good).into_response(),
        Script::Elsewhere => {
            let mut response = signed(SHARED, 307, 307, &call.key, good);
            response.headers_mut().insert("location", "/hooks/elsewhere".parse().unwrap());
            response
        }
        Script::Endless => signed(SHARED, 200, 200, &call.key, vec![b' '; (1 << 20) + 1]),
        Script::Silence => std::future::pending::<Response>().await,
    }
}

/// Runs `ask` with a wallet of an anchor that uses this hook.
async fn asking<T>(hook: &HttpHook, subject: &str, ask: impl AsyncFnOnce(Wallet<'_>) -> T) -> T {
    let customers = HttpCustomers::new(hook, Clock::new(|| NOW), system_random()).unwrap();
    let (router, sessions) = fronted(Arc::new(customers)).await;
    ask(Wallet { router: &router, token: token(&sessions, subject) }).await
}

async fn get(hook: &HttpHook) -> (u16, Value) {
    asking(hook, &g(1), async |wallet| {
        let answer = wallet.get("id=1").await;
        (answer.status.as_u16(), answer.body)
    })
    .await
}

fn accepted() -> Script {
    Script::Signed(200, json!({"id": "1", "status": "ACCEPTED"}))
}

// P-08, P-10
#[tokio::test]
async fn every_call_is_signed_and_contains_principal_and_request() {
    let file = json!({"file_id": "f", "content_type": "image/png", "size": PNG.len()});
    let business = Business::start(vec![
        accepted(),
        Script::Signed(200, json!({"id": "1"})),
        accepted(),
        Script::Signed(200, json!({})),
        Script::Signed(200, json!({})),
        Script::Signed(200, file.clone()),
        Script::Signed(200, json!({"files": [file]})),
    ])
    .await;
    let codes = json!({"id": "1", "mobile_number_verification": "123456"});
    let callback = json!({"id": "1", "url": "https://wallet.example.com/cb"});
    asking(&hook(&business.url), &m(1, 7), async |wallet| {
        wallet.get("id=1&type=small&lang=de").await.ok();
        wallet
            .put_parts(&[Part::Text("first_name", "Zoë"), Part::File("photo_id_front", PNG)])
            .await
            .id();
        wallet.verify(codes.clone()).await.ok();
        wallet.delete(&m(1, 7)).await.ok();
        let body = callback.to_string();
        wallet
            .send(axum::http::Method::PUT, "/customer/callback", "application/json", body)
            .await
            .ok();
        wallet.upload(PNG).await.ok();
        wallet.files("file_id=f").await.ok();
    })
    .await;

    let principal = json!({"subject": m(1, 7), "account": g(1), "memo": "7", "memo_type": "id", "all_memos": false, "language": "en"});
    let content = data_encoding::BASE64.encode(PNG);
    let png = json!({"content_type": "image/png", "size": PNG.len(), "content": content});
    let put = json!({
        "principal": principal, "request": {"first_name": "Zoë"}, "uploads": {"photo_id_front": png},
    });
    let expected = [
        (
            "customers/get",
            json!({"principal": principal, "request": {"id": "1", "type": "small", "lang": "de"}}),
        ),
        ("customers/put", put),
        ("customers/put_verification", json!({"principal": principal, "request": codes})),
        ("customers/delete", json!({"principal": principal, "request": {}})),
        ("customers/callback", json!({"principal": principal, "request": callback})),
        ("customers/post_file", json!({"principal": principal, "request": {}, "upload": png})),
        ("customers/files", json!({"principal": principal, "request": {"file_id": "f"}})),
    ];
    let calls = business.calls();
    let shared = SharedKey::new("main", SHARED).unwrap();
    for (call, (operation, body)) in calls.iter().zip(&expected) {
        assert_eq!((call.operation.as_str(), &call.json()), (*operation, body));
        let verified = shared.verify(&call.signature, operation, &call.key, &call.body, NOW);
        assert_eq!(verified, Ok(()), "{operation}");
    }
    assert_eq!(calls.len(), expected.len());
    let keys: std::collections::BTreeSet<_> = calls.iter().map(|call| &call.key).collect();
    assert_eq!(keys.len(), calls.len(), "each call has a key of its own");
}

// P-31
#[tokio::test]
async fn more_info_url_is_optional() {
    for (script, expected) in [
        (
            Script::Signed(200, json!({"url": "https://anchor.example.com/me"})),
            Some(Some("https://anchor.example.com/me")),
        ),
        (Script::Signed(200, json!({"url": null})), Some(None)),
        (Script::Signed(501, json!({})), Some(None)),
        (Script::Signed(200, json!({"url": "me"})), None),
    ] {
        let business = Business::start(vec![script]).await;
        let customers =
            HttpCustomers::new(&hook(&business.url), Clock::new(|| NOW), system_random()).unwrap();
        let who = Caller::itself(g(1).parse().unwrap());
        let answer = customers.more_info_url(&who).await.ok();
        assert_eq!(answer.as_ref().map(Option::as_deref), expected);
    }
}

#[tokio::test]
async fn failed_calls_are_repeated_with_the_same_idempotency_key() {
    for status in [502, 503, 504] {
        let created = Script::Signed(200, json!({"id": "1"}));
        let business = Business::start(vec![Script::Unsigned(status), created]).await;
        asking(&hook(&business.url), &g(1), async |wallet| {
            wallet.put(json!({"first_name": "Ada"})).await.id();
        })
        .await;
        let calls = business.calls();
        assert_eq!(calls.len(), 2);
        assert_eq!((&calls[0].key, &calls[0].body), (&calls[1].key, &calls[1].body), "{status}");
    }
}

#[tokio::test]
async fn unreachable_hook_is_logged_and_answered_with_503() {
    let (lines, _guard) = log::capture("info");
    let business = Business::start(vec![Script::Unsigned(503)]).await;
    let silent = Business::start(vec![Script::Silence]).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (hook, calls) in [
        (hook(&business.url), Some((&business, 2))),
        (HttpHook { timeout: 1, attempts: 1, ..hook(&silent.url) }, Some((&silent, 1))),
        (hook(&format!("http://{nobody}")), None),
    ] {
        lines.clear();
        let (status, body) = get(&hook).await;
        let text = "this service cannot answer at the moment: try again in a few seconds";
        assert_eq!((status, body), (503, json!({"error": text, "code": "unavailable"})));
        let log = lines.text();
        assert!(log.contains("get: unreachable"), "{log}");
        assert!(!log.contains(&g(1)), "the log must not contain the account: {log}");
        if let Some((business, tried)) = calls {
            assert_eq!(business.calls().len(), tried);
        }
    }
}

// P-09
#[tokio::test]
async fn unsigned_or_invalid_hook_responses_are_answered_with_500() {
    let (lines, _guard) = log::capture("info");
    let other = b"another secret of thirty-two bytes!".as_slice();
    let field = |field: Value| json!({"status": "NEEDS_INFO", "fields": {"shoe_size": field}});
    for (script, reason) in [
        (Script::Unsigned(200), "signature of the response is invalid"),
        (Script::Unsigned(404), "signature of the response is invalid"),
        (Script::SignedFor { key: "", status: 200, secret: other }, "compare the secrets"),
        (
            Script::SignedFor { key: "another-call", status: 200, secret: SHARED },
            "signature is wrong",
        ),
        (Script::SignedFor { key: "", status: 404, secret: SHARED }, "signature is wrong"),
        (Script::Elsewhere, "HTTP 307"),
        (Script::Endless, "longer than"),
        (Script::Signed(401, json!({})), "HTTP 401"),
        (Script::Signed(500, json!({"error": "the password is s3cret"})), "HTTP 500"),
        (Script::Signed(400, json!("no")), "HTTP 400"),
        (Script::Signed(404, json!({"message": "no"})), "HTTP 404"),
        (Script::Signed(200, json!(["ACCEPTED"])), "is not a customer"),
        (Script::Signed(200, json!({"id": "1"})), "is not a customer"),
        (Script::Signed(200, json!({"id": "2", "status": "ACCEPTED"})), "another customer"),
        (
            Script::Signed(200, json!({"id": "1", "status": "FINE"})),
            "a status that SEP-12 does not define",
        ),
        (Script::Signed(200, field(json!({"type": "iris", "description": "x"}))), "unknown type"),
        (Script::Signed(200, field(json!({"type": null, "description": "x"}))), "unknown type"),
    ] {
        lines.clear();
        let business = Business::start(vec![script.clone()]).await;
        let (status, body) = get(&hook(&business.url)).await;
        assert_eq!(
            (status, body),
            (500, json!({"error": "internal error", "code": "internal"})),
            "{script:?}"
        );
        let log = lines.text();
        assert!(log.contains(reason), "{script:?}: {log}");
        assert!(!log.contains("s3cret"), "{log}");
        assert_eq!(business.calls().len(), 1, "{script:?}: must not be called again");
    }
}

// P-11, P-12, P-30, P-36, P-38, P-40
#[tokio::test]
async fn refusals_of_the_hook_reach_the_wallet_unchanged() {
    for (status, body, code, expected) in [
        (400, json!({"error": "Zu jung 🧒"}), "invalid_request", None),
        (
            400,
            json!({"error": "غير مقبول", "code": "invalid_field", "field": "city"}),
            "invalid_field",
            Some("city"),
        ),
        (400, json!({"error": "x", "code": "unheard_of"}), "invalid_request", None),
        (404, json!({"error": "kein Kunde"}), "customer_not_found", None),
        (413, json!({"error": "zu groß"}), "too_large", None),
        (429, json!({"error": "zu oft"}), "too_many_requests", None),
    ] {
        let business = Business::start(vec![Script::Signed(status, body.clone())]).await;
        let (answered, answer) = get(&hook(&business.url)).await;
        assert_eq!((answered, &answer["error"]), (status, &body["error"]));
        assert_eq!((&answer["code"], answer["field"].as_str()), (&json!(code), expected));
    }
    let business = Business::start(vec![Script::Signed(501, json!({"error": "no"}))]).await;
    let (status, body) = get(&hook(&business.url)).await;
    assert_eq!((status, &body["code"]), (501, &json!("not_implemented")));
}

#[test]
fn invalid_hook_configurations_are_refused() {
    let new = |hook: &HttpHook| {
        HttpCustomers::new(hook, Clock::new(|| NOW), system_random())
            .map_err(|error| error.to_string())
    };
    let good = hook("https://business.example.com/hooks/");
    assert!(new(&good).is_ok());
    for (bad, place) in [
        (HttpHook { url: "ftp://business.example.com".parse().unwrap(), ..good.clone() }, "url:"),
        (
            HttpHook { url: "https://business.example.com/?a=b".parse().unwrap(), ..good.clone() },
            "url:",
        ),
        (HttpHook { key_id: "a b".to_owned(), ..good.clone() }, "key_id:"),
        (HttpHook { secret: windlass_anchor::Secret(vec![1; 31]), ..good.clone() }, "secret:"),
        (HttpHook { timeout: 0, ..good.clone() }, "timeout:"),
        (HttpHook { attempts: 6, ..good }, "attempts:"),
    ] {
        assert!(new(&bad).unwrap_err().starts_with(place), "{place}");
        assert!(!format!("{bad:?}").contains("32 long"), "the secret is not shown");
    }
}

#[tokio::test]
async fn values_that_would_change_on_the_way_are_refused() {
    let business = Business::start(vec![]).await;
    asking(&hook(&business.url), &g(1), async |wallet| {
        for value in [json!(true), json!(1.5), json!(-3), json!([1]), json!({"a": 1})] {
            let answer = wallet.put(json!({ "city": value, "favourite_colour": value })).await;
            assert_eq!(
                (answer.refusal(), answer.field()),
                ((400, "invalid_field"), "city"),
                "{value}"
            );
        }
    })
    .await;
}

// S12-123
#[tokio::test]
async fn callback_urls_are_checked_before_the_hook_gets_them() {
    let business = Business::start(vec![]).await;
    asking(&hook(&business.url), &g(1), async |wallet| {
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://169.254.169.254/latest/meta-data",
            "https://user:password@wallet.example.com/",
            "https://wallet.example.com/#kyc",
            "not a URL",
        ] {
            let answer = wallet.callback(json!({"id": "1", "url": url})).await;
            assert_eq!(
                (answer.refusal(), answer.field()),
                ((400, "invalid_request"), "url"),
                "{url}"
            );
        }
    })
    .await;
}
