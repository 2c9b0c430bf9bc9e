//! How often a request loads its customer from the database.

use serde_json::json;

use crate::support::{PNG, Receiver, g, log, service};

#[tokio::test]
async fn each_request_loads_its_customer_at_most_once() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    // This module alone, because it opens no spans: a database thread that closes a span looks for
    // it in the log of the whole process.
    let (lines, _guard) = log::capture("windlass_anchor::kyc::record=trace");
    let loads = || {
        let loads = lines.text().matches("loading a customer").count();
        lines.clear();
        loads
    };

    let person = json!({"type": "phone", "mobile_number": "+14155550123"});
    let id = wallet.put(person.clone()).await.id();
    assert_eq!(loads(), 1, "PUT /customer, the first time");
    wallet.put(person).await.id();
    assert_eq!(loads(), 1, "PUT /customer");
    wallet.get("type=phone").await.ok();
    assert_eq!(loads(), 1, "GET /customer");
    wallet.get(&format!("id={id}")).await.ok();
    assert_eq!(loads(), 1, "GET /customer by id");
    for body in [json!({"url": receiver.url()}), json!({"url": receiver.url(), "id": id})] {
        wallet.callback(body).await.ok();
        assert_eq!(loads(), 1, "PUT /customer/callback");
    }
    let code = service.code().await;
    loads();
    wallet.verify(json!({"id": id, "mobile_number_verification": code})).await.ok();
    assert_eq!(loads(), 1, "PUT /customer/verification");
    let file = wallet.upload(PNG).await.ok();
    wallet.files(&format!("file_id={}", file["file_id"].as_str().unwrap())).await.ok();
    wallet.files(&format!("customer_id={id}")).await.ok();
    wallet.delete(&g(1)).await.ok();
    assert_eq!(loads(), 0, "files and DELETE");
}
