//! The statuses of customers (A12), and operators' decisions (B18).

use serde_json::{Value, json};
use windlass_anchor::{hooks::HookError, kyc::Decision};

use crate::support::{Alone, JPEG, PNG, Part, g, service};

async fn complete() -> (Alone, String) {
    let service = service().await;
    let id = service
        .wallet(&g(1))
        .put_parts(&[Part::Text("first_name", "Ada"), Part::File("photo_id_front", PNG)])
        .await
        .id();
    (service, id)
}

async fn manual(service: &Alone) -> Value {
    service.wallet(&g(1)).get("type=manual").await.ok()
}

fn reject(message: &str) -> Decision {
    Decision::Reject { message: message.to_owned() }
}

fn reject_field(field: &str, error: &str) -> Decision {
    Decision::RejectField { field: field.to_owned(), error: error.to_owned() }
}

#[tokio::test]
async fn complete_customer_waits_for_an_operator() {
    let (service, id) = complete().await;
    let customer = manual(&service).await;
    assert_eq!(customer["status"], "PROCESSING");
    assert_eq!(customer["provided_fields"]["first_name"]["status"], "PROCESSING");
    // For another type the values keep their statuses.
    let other = service.wallet(&g(1)).get("type=big").await.ok();
    assert_eq!(other["provided_fields"]["first_name"]["status"], "ACCEPTED");

    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    let customer = manual(&service).await;
    assert_eq!(
        (&customer["status"], &customer["provided_fields"]["first_name"]["status"]),
        (&json!("ACCEPTED"), &json!("ACCEPTED"))
    );
}

#[tokio::test]
async fn changed_field_reopens_the_review() {
    let (service, id) = complete().await;
    let wallet = service.wallet(&g(1));
    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    wallet.put(json!({"first_name": "Ada"})).await.id();
    assert_eq!(manual(&service).await["status"], "ACCEPTED", "nothing changed");
    wallet.put(json!({"birth_date": "1990-01-01"})).await.id();
    assert_eq!(manual(&service).await["status"], "ACCEPTED", "nothing that the type asks for");
    wallet.put(json!({"first_name": "Eve"})).await.id();
    assert_eq!(manual(&service).await["status"], "PROCESSING");
    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    assert_eq!(manual(&service).await["status"], "PROCESSING");
}

#[tokio::test]
async fn rejected_field_may_be_sent_again() {
    let (service, id) = complete().await;
    let wallet = service.wallet(&g(1));
    service
        .kyc
        .decide(&id, "manual", reject_field("photo_id_front", "It is blurred."))
        .await
        .unwrap();
    let customer = manual(&service).await;
    assert_eq!(
        (&customer["status"], &customer["fields"]["photo_id_front"]),
        (&json!("NEEDS_INFO"), &json!(null))
    );
    let photo = &customer["provided_fields"]["photo_id_front"];
    assert_eq!((&photo["status"], &photo["error"]), (&json!("REJECTED"), &json!("It is blurred.")));

    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(manual(&service).await["status"], "NEEDS_INFO", "it is still the same photo");
    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    let customer = manual(&service).await;
    assert_eq!(customer["status"], "PROCESSING");
    assert!(customer["provided_fields"]["photo_id_front"].get("error").is_none());

    // Under the other name of the field, and for a type without review.
    wallet.put(json!({"city": "Roma"})).await.id();
    service.kyc.decide(&id, "small", reject_field("given_name", "Not your name.")).await.unwrap();
    let customer = wallet.get("type=small").await.ok();
    assert_eq!((&customer["status"], &customer["fields"]), (&json!("NEEDS_INFO"), &json!({})));
    assert_eq!(customer["provided_fields"]["first_name"]["error"], "Not your name.");
    wallet.put(json!({"first_name": "Augusta"})).await.id();
    assert_eq!(wallet.get("type=small").await.ok()["status"], "ACCEPTED");
}

#[tokio::test]
async fn rejected_customer_stays_rejected() {
    let (service, id) = complete().await;
    let wallet = service.wallet(&g(1));
    service.kyc.decide(&id, "manual", reject("We cannot serve you.")).await.unwrap();
    let customer = manual(&service).await;
    assert_eq!(
        (&customer["status"], &customer["message"]),
        (&json!("REJECTED"), &json!("We cannot serve you."))
    );

    let before = service.everything().await;
    for body in
        [json!({"type": "manual", "first_name": "Eve"}), json!({"type": "manual", "id": id})]
    {
        assert_eq!(wallet.put(body).await.refusal(), (400, "customer_rejected"));
    }
    assert_eq!(service.everything().await, before);
    for decision in [Decision::Accept, reject("again"), reject_field("first_name", "x")] {
        assert!(matches!(
            service.kyc.decide(&id, "manual", decision).await,
            Err(HookError::Invalid { .. })
        ));
    }
    // The rejection does not apply to other types.
    wallet.put(json!({"type": "small", "first_name": "Eve", "city": "Roma"})).await.id();
    assert_eq!(wallet.get("type=small").await.ok()["status"], "ACCEPTED");
    assert_eq!(manual(&service).await["status"], "REJECTED");
}

#[tokio::test]
async fn decisions_need_a_customer_a_type_and_a_provided_field() {
    let (service, id) = complete().await;
    let before = service.everything().await;
    let decide = async |id: &str, kind: &str, decision| {
        service.kyc.decide(id, kind, decision).await.unwrap_err()
    };
    assert!(matches!(
        decide("unknown", "manual", Decision::Accept).await,
        HookError::NotFound { .. }
    ));
    assert!(matches!(decide(&id, "unheard-of", Decision::Accept).await, HookError::Invalid { .. }));
    for field in ["city", "birth_date", "nonsense"] {
        assert!(
            matches!(
                decide(&id, "manual", reject_field(field, "x")).await,
                HookError::Invalid { .. }
            ),
            "{field}"
        );
    }
    assert_eq!(service.everything().await, before);
}
