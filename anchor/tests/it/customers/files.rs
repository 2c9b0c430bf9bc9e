//! Files of customers (P-02).

use axum::http::Method;

use super::*;
use crate::support::{Wallet, hosts::Host, multipart};

async fn upload(wallet: &Wallet<'_>, bytes: &[u8]) -> String {
    wallet.upload(bytes).await.ok()["file_id"].as_str().unwrap().to_owned()
}

async fn listed(wallet: &Wallet<'_>, query: &str) -> Vec<Value> {
    wallet.files(query).await.ok()["files"].as_array().unwrap().clone()
}

pub(super) async fn files_are_values_of_fields(host: &Host) {
    let wallet = host.wallet(&g(1));
    let parts = [
        Part::Text("type", "photo"),
        Part::Text("first_name", "Ada"),
        Part::File("photo_id_front", PNG),
    ];
    let id = wallet.put_parts(&parts).await.id();
    let customer = wallet.get("type=photo").await.ok();
    assert_eq!(customer["status"], "ACCEPTED");
    assert_eq!(customer["provided_fields"]["photo_id_front"]["status"], "ACCEPTED");
    assert_eq!(customer["fields"]["photo_id_back"]["optional"], true);

    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    let files = listed(&wallet, &format!("customer_id={id}")).await;
    assert_eq!(files.len(), 1, "the new one in place of the old one");
    assert_eq!(files[0]["content_type"], "image/jpeg");
    let text = [Part::Text("city", "Roma"), Part::File("photo_id_front", b"no photo")];
    let body = multipart(&text);
    let answer = wallet.send(Method::PUT, "/customer", MULTIPART, body).await;
    assert_eq!((answer.refusal().0, answer.field()), (400, "photo_id_front"));
    assert!(wallet.get("").await.ok()["fields"]["city"].is_object(), "nothing was stored");
}

// S12-110 to S12-117
pub(super) async fn uploaded_files_can_be_referred_to_later(host: &Host) {
    let wallet = host.wallet(&g(1));
    let file_id = upload(&wallet, PNG).await;
    let found = listed(&wallet, &format!("file_id={file_id}")).await;
    assert_eq!((found.len(), &found[0]["size"]), (1, &json!(PNG.len())));
    assert!(found[0].get("customer_id").is_none_or(Value::is_null));

    let body = json!({"type": "photo", "first_name": "Ada", "photo_id_front_file_id": file_id});
    let id = wallet.put(body.clone()).await.id();
    assert_eq!(wallet.get("type=photo").await.ok()["status"], "ACCEPTED");
    let found = listed(&wallet, &format!("customer_id={id}")).await;
    assert_eq!((found.len(), &found[0]["file_id"]), (1, &json!(file_id)));
    assert_eq!(found[0]["customer_id"], json!(id));
    assert_eq!(wallet.put(body).await.id(), id, "the same again");
}

// S12-115, S12-117
pub(super) async fn unknown_and_foreign_files_get_the_same_answer(host: &Host) {
    let (wallet, other) = (host.wallet(&g(1)), host.wallet(&g(2)));
    let foreign = upload(&other, PNG).await;
    let id = other.put(json!({"photo_id_front_file_id": foreign})).await.id();
    let loose = upload(&other, PNG).await;
    let mut refusals = Vec::new();
    for file_id in [foreign.as_str(), &loose, "unknown"] {
        let answer =
            wallet.put(json!({"first_name": "Ada", "photo_id_front_file_id": file_id})).await;
        assert_eq!(
            (answer.refusal(), answer.field()),
            ((400, "file_not_found"), "photo_id_front_file_id")
        );
        refusals.push(answer.body.to_string());
        assert!(listed(&wallet, &format!("file_id={file_id}")).await.is_empty());
    }
    assert!(refusals.iter().all(|body| *body == refusals[0]), "{refusals:?}");
    for customer in [id.as_str(), "unknown"] {
        assert!(listed(&wallet, &format!("customer_id={customer}")).await.is_empty());
    }
    assert!(wallet.get("").await.ok().get("id").is_none(), "no customer was registered");
}

// P-22
pub(super) async fn files_are_deleted_with_their_customer(host: &Host) {
    let wallet = host.wallet(&g(1));
    let loose = upload(&wallet, PNG).await;
    let id = wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    wallet.delete(&g(1)).await.ok();
    assert!(listed(&wallet, &format!("customer_id={id}")).await.is_empty());
    assert!(listed(&wallet, &format!("file_id={loose}")).await.is_empty());
}
