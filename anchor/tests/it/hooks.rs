//! The endpoints over a `Customers` hook: what the hook receives, and how its results are checked.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use windlass_anchor::hooks::HookError;
use windlass_core::{account::Account, problem::Code};

use crate::support::{
    Answer, PNG, Part, Wallet, g, log, m,
    spy::{Reply, Spied},
};

/// The methods of the hook.
const METHODS: [&str; 7] =
    ["get", "put", "delete", "put_verification", "callback", "post_file", "files"];

/// Sends the request that calls this method of the hook.
async fn call(wallet: &Wallet<'_>, method: &str) -> Answer {
    match method {
        "get" => wallet.get("id=1").await,
        "put" => wallet.put(json!({"id": "1"})).await,
        "delete" => wallet.delete(&g(1)).await,
        "put_verification" => {
            wallet.verify(json!({"id": "1", "mobile_number_verification": "123456"})).await
        }
        "callback" => {
            let body = json!({"id": "1", "url": "https://wallet.example.com/cb"}).to_string();
            wallet.send(Method::PUT, "/customer/callback", "application/json", body).await
        }
        "post_file" => wallet.upload(PNG).await,
        "files" => wallet.files("file_id=1").await,
        other => unreachable!("{other}"),
    }
}

/// A valid result of each method.
fn good() -> Reply {
    Reply {
        customer: json!({"id": "1", "status": "NEEDS_INFO", "fields": {}}),
        id: "1".to_owned(),
        file: json!({"file_id": "1", "content_type": "image/png", "size": PNG.len()}),
    }
}

// P-08, P-10
#[tokio::test]
async fn hook_receives_all_parameters_and_the_caller() {
    let service = Spied::answering(good()).await;
    let identity = json!({"id": "1", "account": g(1), "memo": "7", "memo_type": "id"});
    let query =
        format!("id=1&account={}&memo=7&memo_type=id&type=sep6&transaction_id=9&lang=de", g(1));
    let wallet = service.wallet(&m(1, 7));
    wallet.get(&query).await.ok();
    let body = json!({
        "id": "1", "account": g(1), "memo": "7", "memo_type": "id", "type": "sep6", "transaction_id": "9",
        "first_name": "Ada", "mobile_number_verification": "1", "photo_id_back_file_id": "f",
    });
    wallet.put(body.clone()).await.id();
    wallet.put_parts(&[Part::Text("id", "1"), Part::File("photo_id_front", PNG)]).await.id();
    let delete = json!({"memo": "7", "memo_type": "id"}).to_string();
    let path = format!("/customer/{}", m(1, 7));
    wallet.send(Method::DELETE, &path, "application/json", delete).await.ok();
    let codes = json!({"id": "1", "mobile_number_verification": "123456"});
    wallet.verify(codes.clone()).await.ok();
    let mut callback = identity.clone();
    callback["url"] = json!("https://wallet.example.com/cb");
    wallet
        .send(Method::PUT, "/customer/callback", "application/json", callback.to_string())
        .await
        .ok();
    wallet.upload(PNG).await.ok();
    wallet.files("file_id=1").await.ok();

    let asked = service.spy.take();
    let mut expected_get = identity;
    for (name, value) in [("type", "sep6"), ("transaction_id", "9"), ("lang", "de")] {
        expected_get[name] = json!(value);
    }
    let png = json!({"media": "image/png", "bytes": PNG});
    let expected = [
        ("get", expected_get),
        ("put", body),
        ("put", json!({"id": "1", "uploads": {"photo_id_front": png}})),
        ("delete", json!({"account": m(1, 7), "memo": "7", "memo_type": "id"})),
        ("put_verification", codes),
        ("callback", callback),
        ("post_file", png),
        ("files", json!({"file_id": "1"})),
    ];
    for ((method, who, request), (expected_method, expected)) in asked.iter().zip(&expected) {
        assert_eq!((*method, request), (*expected_method, expected));
        assert_eq!(who.subject.to_string(), m(1, 7), "{method}");
        assert_eq!(who.customer.to_string(), format!("{} id 7", g(1)), "{method}");
    }
    assert_eq!(asked.len(), expected.len());
}

// P-10: the session's subject and the account in the parameters are the same, however the wallet
// signed in.
#[tokio::test]
async fn caller_has_the_account_of_the_parameters() {
    let service = Spied::answering(good()).await;
    for n in 1..=20 {
        let memo = u64::from(n) * 0x0123_4567_89ab;
        for (subject, named) in [
            (g(n), vec![g(n)]),
            (format!("{}:{memo}", g(n)), vec![g(n)]),
            (m(n, memo), vec![g(n), m(n, memo)]),
        ] {
            for account in named {
                service.wallet(&subject).get(&format!("id=1&account={account}")).await.ok();
                let (_, who, request) = service.spy.take().remove(0);
                let asked: Account = request["account"].as_str().unwrap().parse().unwrap();
                assert_eq!(who.subject.to_string(), subject);
                assert_eq!((who.subject.key(), who.customer.account), (asked.key(), asked.key()));
            }
        }
    }
}

// P-11, P-12, P-30, P-36, P-38, P-40
#[tokio::test]
async fn hook_errors_become_statuses_and_keep_their_text() {
    type Kind = (fn() -> HookError, u16, &'static str, &'static str);
    let kinds: [Kind; 8] = [
        (
            || HookError::invalid("Zu jung für ein Konto 🧒"),
            400,
            "invalid_request",
            "Zu jung für ein Konto 🧒",
        ),
        (
            || HookError::invalid("لا يمكن قبول هذا العميل"),
            400,
            "invalid_request",
            "لا يمكن قبول هذا العميل",
        ),
        (
            || HookError::NotFound { message: "kein Kunde".into(), code: Code::CustomerNotFound },
            404,
            "customer_not_found",
            "kein Kunde",
        ),
        (|| HookError::TooLarge("zu groß".to_owned()), 413, "too_large", "zu groß"),
        (
            || HookError::TooManyRequests { message: "zu oft".into(), retry_after: 7 },
            429,
            "too_many_requests",
            "zu oft",
        ),
        (
            || HookError::NotImplemented("that"),
            501,
            "not_implemented",
            "this anchor does not offer that",
        ),
        (
            || HookError::Internal("the password is s3cret".into()),
            500,
            "internal",
            "internal error",
        ),
        (
            || HookError::Unavailable("the password is s3cret".into()),
            503,
            "unavailable",
            "this service cannot answer at the moment: try again in a few seconds",
        ),
    ];
    for (error, status, code, text) in kinds {
        let service = Spied::refusing(error).await;
        let wallet = service.wallet(&g(1));
        for method in METHODS {
            let answer = call(&wallet, method).await;
            assert_eq!(
                (answer.refusal(), &answer.body["error"]),
                ((status, code), &json!(text)),
                "{method}"
            );
            assert!(answer.body.as_object().unwrap().len() <= 3, "{method}: nothing more is told");
            let retry_after = match status {
                429 => Some("7"),
                503 => Some("5"),
                _ => None,
            };
            let header = answer.headers.get("retry-after").map(|value| value.to_str().unwrap());
            assert_eq!(header, retry_after, "{method}");
        }
    }
}

// P-38: the response contains the field that the hook names.
#[tokio::test]
async fn field_named_by_a_hook_error_reaches_the_client() {
    let service = Spied::refusing(|| HookError::invalid_field("city", "nur München")).await;
    let wallet = service.wallet(&g(1));
    for method in METHODS {
        let answer = call(&wallet, method).await;
        assert_eq!(answer.refusal(), (400, "invalid_field"), "{method}");
        assert_eq!((answer.field(), &answer.body["error"]), ("city", &json!("city: nur München")));
    }
}

// P-30, P-36
#[tokio::test]
async fn methods_that_a_hook_does_not_implement_answer_501() {
    let service = Spied::bare().await;
    for method in ["put_verification", "callback", "post_file", "files"] {
        let answer = call(&service.wallet(&g(1)), method).await;
        assert_eq!(answer.refusal(), (501, "not_implemented"), "{method}");
    }
}

// P-09
#[tokio::test]
async fn hook_results_that_violate_sep12_are_logged_and_answered_with_500() {
    let bad = |change: fn(&mut Reply)| {
        let mut reply = good();
        change(&mut reply);
        reply
    };
    let invalid: [(Reply, &[&str], &str); 7] = [
        (
            bad(|reply| reply.customer["status"] = json!("ON_HOLD")),
            &["get", "put_verification"],
            "a status that SEP-12 does not define",
        ),
        (
            bad(|reply| reply.customer["fields"] = Value::Null),
            &["get", "put_verification"],
            "without fields",
        ),
        (
            bad(|reply| reply.customer["id"] = json!("2")),
            &["get", "put_verification"],
            "another customer",
        ),
        (bad(|reply| reply.id = String::new()), &["put"], "an id that is empty"),
        (bad(|reply| reply.id = "2".to_owned()), &["put"], "another id"),
        (bad(|reply| reply.file["size"] = json!(1)), &["post_file"], "not the one uploaded"),
        (bad(|reply| reply.file["file_id"] = json!("2")), &["files"], "not requested"),
    ];
    let (lines, _guard) = log::capture("info");
    for (reply, methods, rule) in invalid {
        let service = Spied::answering(reply).await;
        for method in methods {
            lines.clear();
            let answer = call(&service.wallet(&g(1)), method).await;
            assert_eq!(
                (answer.refusal(), &answer.body["error"]),
                ((500, "internal"), &json!("internal error")),
                "{method}"
            );
            let text = lines.text();
            let logged = text.contains("the Customers hook violates SEP-12") && text.contains(rule);
            assert!(logged, "{method}: {rule}: {text}");
        }
    }
}

#[tokio::test]
async fn valid_hook_results_are_sent_unchanged() {
    let service = Spied::answering(good()).await;
    let wallet = service.wallet(&g(1));
    for method in METHODS {
        let answer = call(&wallet, method).await;
        let (status, body) = match method {
            "get" | "put_verification" => (StatusCode::OK, good().customer),
            "put" => (StatusCode::ACCEPTED, json!({"id": "1"})),
            "post_file" => (StatusCode::OK, good().file),
            "files" => (StatusCode::OK, json!({"files": [good().file]})),
            _ => (StatusCode::OK, json!({})),
        };
        assert_eq!((answer.status, answer.body), (status, body), "{method}");
    }
}
