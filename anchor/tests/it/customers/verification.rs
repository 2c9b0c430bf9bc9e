//! Values that a code must confirm.

use super::*;
use crate::support::{Wallet, hosts::Host};

const NUMBER: &str = "+441632960001";

/// The status of the number, and the status of the customer.
async fn standing(wallet: &Wallet<'_>) -> (Value, Value) {
    let customer = wallet.get("type=phone").await.ok();
    (customer["provided_fields"]["mobile_number"]["status"].clone(), customer["status"].clone())
}

fn waiting() -> (Value, Value) {
    (json!("VERIFICATION_REQUIRED"), json!("NEEDS_INFO"))
}

fn accepted() -> (Value, Value) {
    (json!("ACCEPTED"), json!("ACCEPTED"))
}

/// A code that is not this one.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

// P-19, P-21, P-32, P-33, P-37
pub(super) async fn number_is_accepted_after_its_code_is_returned(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"mobile_number": NUMBER})).await.id();
    assert_eq!(standing(&wallet).await, waiting());
    let code = host.code().await;
    let answer = wallet.verify(json!({"id": id, "mobile_number_verification": code})).await.ok();
    assert_eq!(answer, wallet.get("").await.ok(), "the answer is that of GET /customer");
    assert_eq!(standing(&wallet).await, accepted());
    // Sending the same value again causes no new code.
    wallet.put(json!({"mobile_number": NUMBER})).await.id();
    assert_eq!(standing(&wallet).await, accepted());
}

// P-21
pub(super) async fn codes_are_accepted_in_put_customer(host: &Host) {
    let wallet = host.wallet(&g(1));
    wallet.put(json!({"mobile_number": NUMBER})).await.id();
    let code = host.code().await;
    wallet.put(json!({"mobile_number_verification": code, "city": "Roma"})).await.id();
    assert_eq!(standing(&wallet).await, accepted());
    assert_eq!(wallet.get("").await.ok()["provided_fields"]["city"]["status"], "ACCEPTED");
}

// P-34
pub(super) async fn wrong_code_changes_nothing(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"mobile_number": NUMBER})).await.id();
    let code = host.code().await;
    let before = wallet.get("").await.ok();
    let answer = wallet.verify(json!({"id": id, "mobile_number_verification": wrong(&code)})).await;
    assert_eq!(
        (answer.refusal(), answer.field()),
        ((400, "invalid_code"), "mobile_number_verification")
    );
    let both = json!({"city": "Roma", "mobile_number_verification": wrong(&code)});
    assert_eq!(wallet.put(both).await.refusal(), (400, "invalid_code"));
    assert_eq!((wallet.get("").await.ok(), standing(&wallet).await), (before, waiting()));
    // A right code together with a code for a field that waits for none.
    let codes =
        json!({"id": id, "mobile_number_verification": code, "email_address_verification": "1"});
    assert_eq!(wallet.verify(codes).await.status.as_u16(), 400);
    assert_eq!(standing(&wallet).await, waiting());
    wallet.verify(json!({"id": id, "mobile_number_verification": code})).await.ok();
    assert_eq!(standing(&wallet).await, accepted());
}

// P-32, P-35
pub(super) async fn codes_belong_to_one_customer(host: &Host) {
    let (wallet, other) = (host.wallet(&g(1)), host.wallet(&g(2)));
    let id = wallet.put(json!({"mobile_number": NUMBER})).await.id();
    let code = host.code().await;
    let others = other.put(json!({"mobile_number": NUMBER})).await.id();
    let _ = host.code().await;
    let stolen = json!({"id": id, "mobile_number_verification": code});
    assert_eq!(other.verify(stolen.clone()).await.refusal(), (404, "customer_not_found"));
    assert_eq!((standing(&wallet).await, standing(&other).await), (waiting(), waiting()));
    wallet.verify(stolen).await.ok();
    assert_eq!((standing(&wallet).await, standing(&other).await), (accepted(), waiting()));
    assert_ne!(id, others);
}

// P-19
pub(super) async fn new_value_needs_a_new_code(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"mobile_number": NUMBER})).await.id();
    let code = host.code().await;
    wallet.verify(json!({"id": id, "mobile_number_verification": code})).await.ok();
    wallet.put(json!({"mobile_number": "+441632960002"})).await.id();
    assert_eq!(standing(&wallet).await, waiting());
    let next = host.code().await;
    if next != code {
        let old = json!({"id": id, "mobile_number_verification": code});
        assert_eq!(wallet.verify(old).await.status.as_u16(), 400);
    }
    wallet.verify(json!({"id": id, "mobile_number_verification": next})).await.ok();
    assert_eq!(standing(&wallet).await, accepted());
}
