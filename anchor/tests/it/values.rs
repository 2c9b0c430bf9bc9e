//! Values are stored as sent, and described as configured.

use serde_json::json;

use crate::support::{Part, g, service_with};

// S09-C18
#[tokio::test]
async fn address_is_stored_equally_from_every_encoding() {
    let service = service_with("default = \"a\"\n[types.a]\nrequired = [\"address\"]").await;
    let wallet = service.wallet(&g(1));
    let address = "Bahnhofstraße 1\n8001 Zürich\n";
    wallet.put(json!({ "address": address })).await.id();
    let stored = service.everything().await;
    // A value that differs in any byte is encrypted anew.
    wallet.put_form("address=Bahnhofstra%C3%9Fe+1%0A8001+Z%C3%BCrich%0A").await.id();
    assert_eq!(service.everything().await, stored);
    wallet.put_parts(&[Part::Text("address", address)]).await.id();
    assert_eq!(service.everything().await, stored);
    wallet.put(json!({"address": address.trim_end()})).await.id();
    assert_ne!(service.everything().await, stored);
}

// S09-12
#[tokio::test]
async fn configured_descriptions_are_used() {
    let description = "A card token of the payment service Example Pay.";
    let service = service_with(&format!(
        "default = \"card\"\n[types.card]\nrequired = [\"card.token\"]\n[fields.\"card.token\"]\ndescription = \"{description}\""
    ))
    .await;
    let customer = service.wallet(&g(1)).get("").await.ok();
    assert_eq!(customer["fields"]["card.token"]["description"], description);
}

// S12-58, S12-66, S12-61
#[tokio::test]
async fn field_entries_have_only_sep12_members_and_none_is_empty() {
    let service = service_with("").await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    let customer = wallet.get("").await.ok();
    let mut entries = 0;
    for (list, more) in [("fields", &[][..]), ("provided_fields", &["status", "error"])] {
        for (name, entry) in customer[list].as_object().unwrap() {
            let known = ["type", "description", "choices", "optional"];
            for (member, value) in entry.as_object().unwrap() {
                assert!(known.contains(&&**member) || more.contains(&&**member), "{name}.{member}");
                assert!(!value.is_null(), "{name}.{member}");
            }
            // Without `optional` the field is required.
            assert_ne!(entry["optional"], json!(false), "{name}");
            entries += 1;
        }
    }
    assert_eq!(entries, 10);
    for (member, value) in customer.as_object().unwrap() {
        assert!(["id", "status", "fields", "provided_fields"].contains(&&**member), "{member}");
        assert!(!value.is_null(), "{member}");
    }
}
