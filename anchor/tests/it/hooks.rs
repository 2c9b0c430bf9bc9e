//! Somebody else's customers behind the same endpoints: what the hook gets, and what becomes of its answers.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use object_store::memory::InMemory;
use serde_json::json;
use windlass_anchor::{
    clock::{Clock, Random},
    database::Database,
    hooks::{Customers, HookError, Principal, Uploads},
    sep12::{self, CustomerApi},
    storage::Storage,
};
use windlass_core::{
    problem::Code,
    sep12::{Customer, DeleteCustomer, GetCustomer, PutCustomer},
};

use crate::support::{Answer, LIMITS, NOW, g, m, send, sessions, token};

/// An error, and the status, code and text that become of it.
type Kind = (fn() -> HookError, u16, &'static str, &'static str);
type Reply = Box<dyn Fn() -> Result<Customer, HookError> + Send + Sync>;

/// Remembers what it is asked, and answers what it was told to.
struct Spy {
    asked: Mutex<Vec<(Principal, GetCustomer)>>,
    reply: Reply,
}

#[async_trait]
impl Customers for Spy {
    async fn get(&self, who: &Principal, request: GetCustomer) -> Result<Customer, HookError> {
        self.asked.lock().unwrap().push((who.clone(), request));
        (self.reply)()
    }

    async fn put(&self, _: &Principal, _: PutCustomer, _: &Uploads) -> Result<String, HookError> {
        (self.reply)().map(|customer| customer.id.unwrap_or_default())
    }

    async fn delete(&self, _: &Principal, _: DeleteCustomer) -> Result<(), HookError> {
        (self.reply)().map(drop)
    }
}

async fn ask(spy: &Arc<Spy>, subject: &str, method: Method, path: &str) -> Answer {
    let sessions = sessions(&[5; 32], Clock::new(|| NOW));
    let token = token(&sessions, subject);
    let database = Database::connect("sqlite::memory:").await.unwrap();
    let files = Arc::new(InMemory::new());
    let storage = Storage::over(files, database, Clock::new(|| NOW), Random::system());
    let customers = Arc::clone(spy) as Arc<dyn Customers>;
    let router = sep12::router(CustomerApi::new(customers, sessions, LIMITS, storage));
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    send(&router, request.body(Body::empty()).unwrap()).await
}

fn spy(reply: impl Fn() -> Result<Customer, HookError> + Send + Sync + 'static) -> Arc<Spy> {
    Arc::new(Spy { asked: Mutex::default(), reply: Box::new(reply) })
}

fn customer(json: &str) -> Customer {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn hook_gets_every_parameter_and_who_asks() {
    let spy = spy(|| Ok(customer(r#"{"status":"NEEDS_INFO","fields":{}}"#)));
    let query =
        format!("id=1&account={}&memo=7&memo_type=id&type=sep6&transaction_id=9&lang=de", g(1));
    ask(&spy, &m(1, 7), Method::GET, &format!("/customer?{query}")).await.ok();
    let (who, request) = spy.asked.lock().unwrap().remove(0);
    assert_eq!(who.subject.to_string(), m(1, 7));
    assert_eq!(
        (who.customer.account.to_string(), who.customer.to_string()),
        (g(1), format!("{} id 7", g(1)))
    );
    let expected = json!({
        "id": "1", "account": g(1), "memo": "7", "memo_type": "id", "type": "sep6", "transaction_id": "9", "lang": "de",
    });
    assert_eq!(serde_json::to_value(request).unwrap(), expected);
}

#[tokio::test]
async fn errors_of_hooks_become_statuses_and_keep_their_text() {
    let kinds: [Kind; 5] = [
        (
            || HookError::invalid("Zu jung für ein Konto"),
            400,
            "invalid_request",
            "Zu jung für ein Konto",
        ),
        (
            || HookError::NotFound {
                message: "kein Kunde".to_owned(),
                code: Code::CustomerNotFound,
            },
            404,
            "customer_not_found",
            "kein Kunde",
        ),
        (|| HookError::TooLarge("zu groß".to_owned()), 413, "too_large", "zu groß"),
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
    ];
    for (error, status, code, text) in kinds {
        let spy = spy(move || Err(error()));
        let account = format!("/customer/{}", g(1));
        for (method, path) in [
            (Method::GET, "/customer"),
            (Method::PUT, "/customer"),
            (Method::DELETE, account.as_str()),
        ] {
            let answer = ask(&spy, &g(1), method.clone(), path).await;
            assert_eq!(
                (answer.refusal(), &answer.body["error"]),
                ((status, code), &json!(text)),
                "{method}"
            );
        }
    }
}

#[tokio::test]
async fn hooks_that_are_not_there_are_501() {
    let spy = spy(|| Ok(customer(r#"{"status":"ACCEPTED"}"#)));
    assert_eq!(
        ask(&spy, &g(1), Method::GET, "/customer/files?file_id=1").await.refusal(),
        (501, "not_implemented")
    );
}

#[tokio::test]
async fn answers_that_break_the_protocol_are_not_sent() {
    for json in [
        r#"{"status":"VERIFICATION_REQUIRED"}"#,
        r#"{"status":"NEEDS_INFO"}"#,
        r#"{"status":"REJECTED"}"#,
    ] {
        let spy = spy(move || Ok(customer(json)));
        let answer = ask(&spy, &g(1), Method::GET, "/customer").await;
        assert_eq!(answer.refusal(), (500, "internal"), "{json}");
    }
    let spy = spy(|| Ok(customer(r#"{"id":"","status":"ACCEPTED"}"#)));
    assert_eq!(
        ask(&spy, &g(1), Method::PUT, "/customer").await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}
