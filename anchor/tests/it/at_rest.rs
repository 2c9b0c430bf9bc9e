//! Encryption at rest: the database contains no personal data in the clear.

use serde_json::json;
use windlass_anchor::kyc::Decision;

use crate::support::{PNG, Part, g, service};

#[tokio::test]
async fn no_personal_value_is_stored_unencrypted() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let upload = wallet.upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    wallet.upload(PNG).await.ok();
    let parts = [
        Part::Text("first_name", "Adalbert"),
        Part::Text("city", "Lübeck"),
        Part::Text("birth_date", "1980-01-31"),
        Part::Text("mobile_number", "+441632960001"),
        Part::Text("photo_id_front_file_id", &upload),
        Part::File("photo_id_back", PNG),
    ];
    let id = wallet.put_parts(&parts).await.id();
    let decision = Decision::RejectField {
        field: "city".to_owned(),
        error: "Adalbert is not from there".to_owned(),
    };
    service.kyc.decide(&id, "big", decision).await.unwrap();
    let decision = Decision::Reject { message: "No Adalbert here".to_owned() };
    service.kyc.decide(&id, "manual", decision).await.unwrap();

    let stored = service.everything().await.join("\n");
    let code = service.code().await;
    for secret in [
        "Adalbert",
        "beck",
        "1980",
        "441632960001",
        "a photo of",
        "IHDR",
        "Your confirmation",
        &code,
    ] {
        assert!(!stored.contains(secret), "{secret} is readable");
    }
    assert!(stored.contains("city") && stored.contains(&g(1)));
}

#[tokio::test]
async fn value_copied_to_another_customer_cannot_be_decrypted() {
    let service = service().await;
    let (one, two) = (service.wallet(&g(1)), service.wallet(&g(2)));
    let id = one.put(json!({"first_name": "Ada"})).await.id();
    two.put(json!({"first_name": "Bob"})).await.id();
    let steal = "update field set value = (select value from field where customer_id = $1) where customer_id <> $1";
    sqlx::query(steal).bind(&id).execute(service.database.writes()).await.unwrap();
    // Every request that needs the value fails, without details.
    let answer = two.put(json!({"city": "Roma"})).await;
    assert_eq!(answer.refusal(), (500, "internal"));
    assert_eq!(answer.body["error"], "internal error");
    one.put(json!({"city": "Roma"})).await.id();
}
