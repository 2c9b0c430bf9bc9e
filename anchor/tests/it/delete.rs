//! `DELETE /customer/{account}` (table C).

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::{MULTIPART, PNG, Part, g, m, multipart, service};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn customer_can_be_deleted_once() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    assert_eq!(wallet.delete(&g(1)).await.refusal(), (404, "customer_not_found"));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    let answer = wallet.delete(&g(1)).await;
    assert_eq!((answer.status, answer.body), (StatusCode::OK, json!({})));
    assert_eq!(wallet.delete(&g(1)).await.refusal(), (404, "customer_not_found"));
}

// S12-103, S12-107
#[tokio::test]
async fn delete_removes_all_rows_and_objects() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let file = wallet.upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    wallet.upload(PNG).await.ok();
    let parts = [
        Part::Text("first_name", "Ada"),
        Part::Text("mobile_number", "+441632960001"),
        Part::Text("photo_id_front_file_id", &file),
        Part::File("photo_id_back", PNG),
    ];
    let id = wallet.put_parts(&parts).await.id();
    assert_eq!(
        service.everything().await.len(),
        1 + 4 + 3 + 1 + 1,
        "customer, fields, files, code and message"
    );
    wallet.delete(&g(1)).await.ok();
    assert_eq!(service.everything().await, Vec::<String>::new());
    assert!(service.mail().await.is_empty(), "a code that was not sent yet is not sent any more");

    // Of a code that was sent, hashes stay for an hour, for the limits.
    wallet.put(json!({"mobile_number": "+441632960001"})).await.id();
    assert_eq!(service.mail().await.len(), 1);
    wallet.delete(&g(1)).await.ok();
    let left = service.everything().await;
    assert!(!left.is_empty() && left.iter().all(|row| row.starts_with("sent_code: ")), "{left:?}");
    assert!(!left.iter().any(|row| row.contains("441632960001") || row.contains(&g(1))));
    service.wait(3601);
    service.housekeep().await;
    assert_eq!(service.everything().await, Vec::<String>::new());

    let customer = wallet.get("").await.ok();
    assert_eq!((&customer["status"], customer.get("id")), (&json!("NEEDS_INFO"), None));
    assert_eq!(wallet.get(&format!("id={id}")).await.refusal(), (404, "customer_not_found"));
    assert_eq!(wallet.files(&format!("file_id={file}")).await.ok(), json!({"files": []}));
    assert_eq!(wallet.files(&format!("customer_id={id}")).await.ok(), json!({"files": []}));
    assert_ne!(wallet.put(json!({})).await.id(), id);
}

#[tokio::test]
async fn other_customers_are_not_deleted() {
    let service = service().await;
    service.wallet(&g(2)).put(json!({})).await.id();
    service.wallet(&format!("{}:5", g(1))).put(json!({})).await.id();
    let before = service.everything().await;
    let contract = "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA";
    for (subject, path, status) in [
        (g(1), g(2), 401),
        (g(1), m(1, 5), 401),
        (g(1), contract.to_owned(), 401),
        (g(1), "nonsense".to_owned(), 400),
        (g(1), "%ff".to_owned(), 401),
        (format!("{}:6", g(1)), m(1, 5), 401),
        (m(1, 6), m(1, 5), 401),
        (m(1, 6), g(1), 404),
        (g(1), g(1), 404),
    ] {
        let answer = service.wallet(&subject).delete(&path).await;
        assert_eq!(answer.status.as_u16(), status, "{subject} {path}: {answer:?}");
        assert!(answer.body["error"].is_string());
    }
    assert_eq!(service.everything().await, before);
}

#[tokio::test]
async fn memo_of_the_token_decides() {
    let service = service().await;
    let wallet = service.wallet(&format!("{}:5", g(1)));
    let path = format!("/customer/{}", g(1));
    wallet.put(json!({})).await.id();
    let other = wallet.send(Method::DELETE, &path, "application/json", r#"{"memo":"6"}"#).await;
    assert_eq!(other.refusal(), (401, "identity_mismatch"));
    wallet.send(Method::DELETE, &path, "application/json", r#"{"memo":5}"#).await.ok();
    wallet.put(json!({})).await.id();
    wallet.delete(&g(1)).await.ok();
    let muxed = service.wallet(&m(1, 5));
    for path in [g(1), m(1, 5)] {
        muxed.put(json!({})).await.id();
        muxed.delete(&path).await.ok();
    }
}

#[tokio::test]
async fn plain_account_deletes_the_user_that_it_names() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let path = format!("/customer/{}", g(1));
    let exists = async |memo: &str| {
        let query = if memo.is_empty() { String::new() } else { format!("memo={memo}") };
        wallet.get(&query).await.ok().get("id").is_some()
    };
    let parts = multipart(&[Part::Text("memo", "1")]);
    for (path, media_type, body) in [
        (path.clone(), "application/json", br#"{"memo":"1"}"#.to_vec()),
        (path.clone(), FORM, b"memo=1&memo_type=id".to_vec()),
        (path.clone(), MULTIPART, parts),
        (format!("{path}?memo=1"), "", Vec::new()),
    ] {
        for memo in [json!({}), json!({"memo": "1"}), json!({"memo": "2"})] {
            wallet.put(memo).await.id();
        }
        wallet.send(Method::DELETE, &path, media_type, body).await.ok();
        assert!(exists("").await && !exists("1").await && exists("2").await, "{path} {media_type}");
    }
    // Without a memo, only the customer without a memo is deleted, never all of them (S12-106).
    wallet.put(json!({"memo": "1"})).await.id();
    wallet.delete(&g(1)).await.ok();
    assert!(!exists("").await && exists("1").await && exists("2").await);
    assert_eq!(wallet.delete(&g(1)).await.refusal(), (404, "customer_not_found"));
    assert!(exists("1").await && exists("2").await);
    let answer = wallet.send(Method::DELETE, &path, FORM, "memo=abc").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = wallet.send(Method::DELETE, &path, "text/plain", "memo=1").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
