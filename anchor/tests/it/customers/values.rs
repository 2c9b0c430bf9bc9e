//! Required fields, provided values and statuses.

use super::*;
use crate::support::hosts::Host;

/// The names of the fields of this part of an answer.
fn names<'a>(customer: &'a Value, part: &str) -> Vec<&'a str> {
    let members = customer[part].as_object().into_iter().flatten();
    let mut names: Vec<_> = members.map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

// P-06, P-09, S12-41
pub(super) async fn unregistered_customer_gets_the_required_fields(host: &Host) {
    for query in ["", "type=small"] {
        let customer = host.wallet(&g(1)).get(query).await.ok();
        assert_eq!((&customer["status"], customer.get("id")), (&json!("NEEDS_INFO"), None));
        assert_eq!(names(&customer, "fields"), ["city", "first_name"]);
        assert!(names(&customer, "provided_fields").is_empty());
        for (name, field) in customer["fields"].as_object().unwrap() {
            assert!(field["type"].is_string() && field["description"].is_string(), "{name}");
        }
    }
    let photo = host.wallet(&g(1)).get("type=photo").await.ok();
    assert_eq!(names(&photo, "fields"), ["first_name", "photo_id_back", "photo_id_front"]);
    assert_eq!(photo["fields"]["photo_id_front"]["type"], "binary");
    assert_eq!(photo["fields"]["photo_id_back"]["optional"], true);
}

// P-13, S12-62
pub(super) async fn customer_with_all_required_values_is_accepted(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada", "city": "Roma"})).await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!((&customer["id"], &customer["status"]), (&json!(id), &json!("ACCEPTED")));
    assert!(customer.get("fields").is_none());
    // Another type still needs a field.
    let photo = wallet.get("type=photo").await.ok();
    assert_eq!((&photo["id"], &photo["status"]), (&json!(id), &json!("NEEDS_INFO")));
    assert_eq!(names(&photo, "fields"), ["photo_id_back", "photo_id_front"]);
}

// P-03, S12-61
pub(super) async fn provided_fields_are_listed_without_values(host: &Host) {
    let wallet = host.wallet(&g(1));
    wallet.put_form("first_name=Zo%C3%AB+Quagga").await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!(
        (names(&customer, "fields"), names(&customer, "provided_fields")),
        (vec!["city"], vec!["first_name"])
    );
    assert_eq!(customer["provided_fields"]["first_name"]["status"], "ACCEPTED");
    assert!(!customer.to_string().contains("Quagga"));
}

// S12-70
pub(super) async fn fields_that_are_not_sent_do_not_change(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    assert_eq!(wallet.put(json!({"id": id, "city": "Roma"})).await.id(), id);
    assert_eq!(wallet.put(json!({})).await.id(), id);
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}

// P-14: a request with an invalid value stores nothing and creates no customer.
pub(super) async fn invalid_values_are_refused_and_nothing_is_stored(host: &Host) {
    let wallet = host.wallet(&g(1));
    for (body, field) in [
        (json!({"city": "Roma", "mobile_number": "call me"}), "mobile_number"),
        (json!({"city": "Roma", "first_name": ["Ada"]}), "first_name"),
        (json!({"city": "Roma", "photo_id_front": "a photo"}), "photo_id_front"),
    ] {
        let answer = wallet.put(body).await;
        assert_eq!((answer.refusal(), answer.field()), ((400, "invalid_field"), field));
        assert!(wallet.get("").await.ok().get("id").is_none(), "no customer was made");
    }
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    let before = wallet.get("").await.ok();
    let answer = wallet.put(json!({"id": id, "city": "Roma", "mobile_number": "call me"})).await;
    assert_eq!(answer.refusal(), (400, "invalid_field"));
    assert_eq!(wallet.get("").await.ok(), before);
}

// P-11, S12-33
pub(super) async fn unknown_types_are_refused(host: &Host) {
    let wallet = host.wallet(&g(1));
    assert_eq!(wallet.get("type=unheard-of").await.refusal(), (400, "unknown_customer_type"));
    let answer = wallet.put(json!({"type": "unheard-of", "first_name": "Ada"})).await;
    assert_eq!(answer.refusal(), (400, "unknown_customer_type"));
    assert!(wallet.get("").await.ok().get("id").is_none(), "no customer was made");
}

// S12-82
pub(super) async fn unknown_field_names_are_dropped(host: &Host) {
    let wallet = host.wallet(&g(1));
    wallet.put(json!({"shoe_size": 43, "first_name": "Ada", "nested": {"a": [1]}})).await.id();
    assert_eq!(names(&wallet.get("").await.ok(), "provided_fields"), ["first_name"]);
}

// S09-07
pub(super) async fn each_name_of_a_field_is_accepted(host: &Host) {
    let wallet = host.wallet(&g(1));
    wallet.put(json!({"given_name": "Ada"})).await.id();
    assert_eq!(names(&wallet.get("").await.ok(), "provided_fields"), ["first_name"]);
}

// S12-70
pub(super) async fn concurrent_equal_puts_create_one_customer(host: &Host) {
    let wallet = host.wallet(&g(1));
    let body = || json!({"first_name": "Ada", "city": "Roma"});
    let (a, b, c, d) = tokio::join!(
        wallet.put(body()),
        wallet.put(body()),
        wallet.put(body()),
        wallet.put(body())
    );
    let ids = [a, b, c, d].map(crate::support::Answer::id);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}
