//! Confirmation codes (B16, B17).

use axum::http::StatusCode;
use serde_json::json;
use windlass_anchor::hooks::Channel;

use crate::support::{Wallet, addressed, g, service, service_with};

const PHONE: &str = "+441632960001";

async fn status(wallet: &Wallet<'_>, field: &str) -> String {
    let customer = wallet.get("type=phone").await.ok();
    customer["provided_fields"][field]["status"].as_str().unwrap_or("absent").to_owned()
}

fn wrong(code: &str) -> String {
    code.chars().map(|c| if c == '9' { '0' } else { char::from(c as u8 + 1) }).collect()
}

#[tokio::test]
async fn number_is_confirmed_by_the_code_that_was_sent_to_it() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let customer = wallet.get("type=phone").await.ok();
    assert_eq!(customer["status"], "NEEDS_INFO");
    assert!(customer["fields"].is_object(), "S12-63");
    assert_eq!(customer["provided_fields"]["mobile_number"]["status"], "VERIFICATION_REQUIRED");

    let mail = service.mail().await;
    assert_eq!(mail.iter().map(addressed).collect::<Vec<_>>(), [(Channel::Sms, PHONE)]);
    let code = mail[0].code.clone();
    assert!(
        code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) && mail[0].text.contains(&code)
    );

    let refusal = wallet.put(json!({"mobile_number_verification": wrong(&code)})).await;
    assert_eq!(refusal.refusal(), (400, "invalid_code"));
    assert_eq!(refusal.field(), "mobile_number_verification");
    assert_eq!(status(&wallet, "mobile_number").await, "VERIFICATION_REQUIRED");

    assert_eq!(wallet.put(json!({"mobile_number_verification": code})).await.id(), id);
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
    assert_eq!(wallet.get("type=phone").await.ok()["status"], "ACCEPTED");

    // The wallet repeats the request because the answer was lost (S12-94).
    let before = service.everything().await;
    assert_eq!(wallet.put(json!({"mobile_number_verification": code})).await.id(), id);
    assert_eq!(service.everything().await, before);
    let other = wallet.put(json!({"mobile_number_verification": wrong(&code)})).await;
    assert_eq!(other.refusal(), (400, "nothing_to_verify"));
}

#[tokio::test]
async fn codes_for_fields_that_wait_for_none_are_refused() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let refusal = wallet.put(json!({"mobile_number_verification": "123456"})).await;
    assert_eq!(refusal.refusal(), (400, "nothing_to_verify"));
    assert!(service.everything().await.is_empty(), "not even a customer");
    wallet.put(json!({"city": "Roma"})).await.id();
    for name in ["city_verification", "mobile_number_verification", "photo_id_front_verification"] {
        assert_eq!(
            wallet.put(json!({name: "123456"})).await.refusal(),
            (400, "nothing_to_verify"),
            "{name}"
        );
    }
    for value in [json!(123_456), json!(null), json!(["1"])] {
        let answer = wallet.put(json!({"mobile_number_verification": value})).await;
        assert_eq!(answer.refusal(), (400, "invalid_code"));
    }
}

#[tokio::test]
async fn request_may_contain_a_code_and_other_values() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    let bad = wallet.put(json!({"mobile_number_verification": wrong(&code), "city": "Roma"})).await;
    assert_eq!(bad.refusal(), (400, "invalid_code"));
    assert_eq!(status(&wallet, "city").await, "absent");
    let bad = wallet.put(json!({"mobile_number_verification": code, "city": ""})).await;
    assert_eq!(bad.refusal(), (400, "invalid_field"));
    assert_eq!(status(&wallet, "mobile_number").await, "VERIFICATION_REQUIRED");
    let again = json!({"mobile_number_verification": code, "mobile_number": PHONE, "city": "Roma", "type": "phone"});
    wallet.put(again).await.id();
    assert_eq!(status(&wallet, "city").await, "ACCEPTED");
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
    assert!(service.mail().await.is_empty());
}

#[tokio::test]
async fn a_code_does_not_confirm_another_value() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    let both = json!({"mobile_number": "+441632960002", "mobile_number_verification": code});
    assert_eq!(wallet.put(both).await.refusal(), (400, "invalid_code"));

    wallet.put(json!({"mobile_number": "+441632960002"})).await.id();
    let newer = service.code().await;
    if newer != code {
        assert_eq!(
            wallet.put(json!({"mobile_number_verification": code})).await.refusal(),
            (400, "invalid_code")
        );
    }
    wallet.put(json!({"mobile_number_verification": newer})).await.id();
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");

    // A new number must be confirmed again.
    wallet.put(json!({"mobile_number": PHONE})).await.id();
    assert_eq!(status(&wallet, "mobile_number").await, "VERIFICATION_REQUIRED");
    assert_eq!(
        wallet.put(json!({"mobile_number_verification": newer})).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn right_code_is_refused_after_five_wrong_attempts() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    for _ in 0..5 {
        let answer = wallet.put(json!({"mobile_number_verification": wrong(&code)})).await;
        assert_eq!(answer.refusal(), (400, "invalid_code"));
    }
    let answer = wallet.put(json!({"mobile_number_verification": code})).await;
    assert_eq!(answer.refusal(), (400, "code_expired"));

    // Sending the value again causes a new code.
    wallet.put(json!({"mobile_number": PHONE})).await.id();
    let newer = service.code().await;
    wallet.put(json!({"mobile_number_verification": newer})).await.id();
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
}

#[tokio::test]
async fn concurrent_attempts_are_all_counted() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    let attempts = (0..12).map(|_| wallet.put(json!({"mobile_number_verification": wrong(&code)})));
    let mut codes = Vec::new();
    for answer in crate::concurrency::join_all(attempts.collect()).await {
        codes.push(answer.refusal().1.to_owned());
    }
    assert_eq!(codes.iter().filter(|code| *code == "invalid_code").count(), 5, "{codes:?}");
}

#[tokio::test]
async fn codes_expire_after_ten_minutes() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    service.wait(600);
    let answer = wallet.put(json!({"mobile_number_verification": code})).await;
    assert_eq!(answer.refusal(), (400, "code_expired"));

    wallet.put(json!({"mobile_number": PHONE})).await.id();
    let code = service.code().await;
    service.wait(599);
    wallet.put(json!({"mobile_number_verification": code})).await.id();
}

#[tokio::test]
async fn repeated_value_causes_no_new_code_within_a_minute() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let body = json!({"type": "phone", "mobile_number": PHONE});
    wallet.put(body.clone()).await.id();
    let before = service.everything().await;
    wallet.put(body.clone()).await.id();
    assert_eq!(service.everything().await, before);
    assert_eq!(service.mail().await.len(), 1);
    // A customer who repeats the value after a minute has not received the code.
    service.wait(60);
    wallet.put(body.clone()).await.id();
    let code = service.code().await;
    wallet.put(json!({"mobile_number_verification": code})).await.id();
    service.wait(60);
    wallet.put(body).await.id();
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
    assert!(service.mail().await.is_empty());
}

/// What the customer is told about a code that waits.
async fn told(wallet: &Wallet<'_>) -> String {
    let customer = wallet.get("type=phone").await.ok();
    customer["provided_fields"]["mobile_number"]["error"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn customer_gets_at_most_five_codes_an_hour_and_the_next_one_later() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    for n in 1..=5 {
        let number = format!("+44163296000{n}");
        wallet.put(json!({"type": "phone", "mobile_number": number})).await.id();
        assert_eq!(service.code().await.len(), 6);
    }
    // Everything is stored, and the code waits.
    wallet.put(json!({"mobile_number": "+441632960006", "city": "Roma"})).await.id();
    let text = told(&wallet).await;
    assert!(
        text.starts_with("a code was sent there a short while ago") && text.ends_with(" UTC"),
        "{text}"
    );
    assert!(service.mail().await.is_empty());
    // Asking again does not send it earlier.
    service.wait(120);
    wallet.put(json!({"mobile_number": "+441632960006"})).await.id();
    assert!(service.mail().await.is_empty());

    for _ in 0..6 {
        service.wait(600);
        if let Some(message) = service.mail().await.pop() {
            assert_eq!(addressed(&message), (Channel::Sms, "+441632960006"));
            assert!(told(&wallet).await.is_empty());
            // It is valid from now on.
            service.wait(599);
            wallet.put(json!({"mobile_number_verification": message.code})).await.id();
            assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
            return;
        }
    }
    panic!("the code never came");
}

#[tokio::test]
async fn valid_code_stays_valid_while_another_one_waits() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let body = json!({"type": "phone", "mobile_number": PHONE});
    let mut code = String::new();
    for _ in 0..5 {
        wallet.put(body.clone()).await.id();
        code = service.code().await;
        service.wait(60);
    }
    wallet.put(body).await.id();
    assert!(service.mail().await.is_empty());
    wallet.put(json!({"mobile_number_verification": code})).await.id();
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
}

#[tokio::test]
async fn email_addresses_are_confirmed_by_email() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let body =
        json!({"type": "phone", "mobile_number": PHONE, "email_address": "ada@mail.example"});
    let id = wallet.put(body).await.id();
    let mut mail = service.mail().await;
    mail.sort_by_key(|message| message.to.clone());
    let addresses: Vec<_> = mail.iter().map(addressed).collect();
    assert_eq!(addresses, [(Channel::Sms, PHONE), (Channel::Email, "ada@mail.example")]);
    let (phone, address) = (mail[0].code.clone(), mail[1].code.clone());

    // With one wrong code, the right one does not count either (P-34).
    let one_wrong =
        json!({"mobile_number_verification": phone, "email_address_verification": wrong(&address)});
    assert_eq!(wallet.put(one_wrong).await.refusal(), (400, "invalid_code"));
    assert_eq!(status(&wallet, "mobile_number").await, "VERIFICATION_REQUIRED");

    let old = json!({"id": id, "mobile_number_verification": phone, "email_address_verification": address});
    let customer = wallet.verify(old).await;
    assert_eq!(customer.status, StatusCode::OK);
    assert_eq!(customer.body, wallet.get("").await.ok(), "P-33");
    assert_eq!(status(&wallet, "email_address").await, "ACCEPTED");
}

#[tokio::test]
async fn verification_endpoint_accepts_only_an_id_and_codes() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    let code = service.code().await;
    for (body, refusal) in [
        (json!({"mobile_number_verification": code}), (400, "invalid_request")),
        (json!({"id": id}), (400, "invalid_request")),
        (
            json!({"id": id, "mobile_number_verification": code, "city": "Roma"}),
            (400, "invalid_request"),
        ),
        (
            json!({"id": id, "mobile_number_verification": code, "type": "phone"}),
            (400, "invalid_request"),
        ),
        (json!({"id": id, "nonsense": code}), (400, "invalid_request")),
        (json!({"id": id, "mobile_number_verification": 123_456}), (400, "invalid_request")),
        (json!({"id": id, "mobile_number_verification": wrong(&code)}), (400, "invalid_code")),
        (json!({"id": id, "email_address_verification": code}), (400, "nothing_to_verify")),
        (json!({"id": "x", "mobile_number_verification": code}), (404, "customer_not_found")),
    ] {
        assert_eq!(wallet.verify(body.clone()).await.refusal(), refusal, "{body}");
    }
    assert_eq!(status(&wallet, "mobile_number").await, "VERIFICATION_REQUIRED");
    // The endpoint also accepts a form (P-39).
    let form = format!("id={id}&mobile_number_verification={code}");
    let path = "/customer/verification";
    let answer =
        wallet.send(axum::http::Method::PUT, path, "application/x-www-form-urlencoded", form).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(status(&wallet, "mobile_number").await, "ACCEPTED");
}

#[tokio::test]
async fn code_is_accepted_under_each_name_of_the_field() {
    // No verified field has two names, so this test only checks the suffix itself.
    let service = service_with("default = \"o\"\n[types.o]\nrequired = [\"organization.email\"]\n[fields.\"organization.email\"]\nverify = true").await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"organization.email": "office@firm.example"})).await.id();
    let code = service.code().await;
    wallet.put(json!({"organization.email_verification": code})).await.id();
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}

#[tokio::test]
async fn fields_without_verification_need_no_code() {
    let types = "default = \"a\"\n[types.a]\nrequired = [\"mobile_number\"]\n[fields.mobile_number]\nverify = ";
    let fresh = crate::support::fresh_database().await;
    let on = crate::support::Service::over(&fresh.url, &format!("{types}true")).await;
    on.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    let off = crate::support::Service::over(&fresh.url, &format!("{types}false")).await;
    off.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    assert_eq!(off.wallet(&g(1)).get("").await.ok()["status"], "ACCEPTED");
    on.database.close().await;
    off.database.close().await;
}

// One account with many memos is many customers, which could all provide the same number.
#[tokio::test]
async fn strangers_cannot_lock_out_the_owner_of_a_number() {
    let service = service().await;
    for memo in 1..=9 {
        let wallet = service.wallet(&format!("{}:{memo}", g(1)));
        wallet.put(json!({"type": "phone", "mobile_number": PHONE})).await.id();
    }
    assert_eq!(service.mail().await.len(), 5);
    let owner = service.wallet(&g(2));
    let body = json!({"type": "phone", "mobile_number": PHONE, "city": "Roma"});
    owner.put(body).await.id();
    assert_eq!(status(&owner, "mobile_number").await, "VERIFICATION_REQUIRED");
    assert!(told(&owner).await.ends_with(" UTC"));
    assert!(service.mail().await.is_empty());

    let mut codes = Vec::new();
    for _ in 0..7 {
        service.wait(600);
        codes.extend(service.mail().await.into_iter().map(|message| message.code));
    }
    // The four strangers that were left, and the owner.
    assert_eq!(codes.len(), 5);
    let mut right = 0;
    for code in codes {
        let answer = owner.put(json!({"mobile_number_verification": code})).await;
        right += usize::from(answer.status == StatusCode::ACCEPTED);
    }
    assert_eq!(right, 1);
    service.wait(3_700);
    service.housekeep().await;
    assert!(!service.everything().await.iter().any(|row| row.starts_with("sent_code")));
}

#[tokio::test]
async fn spellings_of_one_mailbox_share_a_limit() {
    let service = service().await;
    for n in 1..=9 {
        let address = format!("ada+{n}@mail.example");
        let body = json!({"type": "phone", "mobile_number": format!("+44163296000{n}"), "email_address": address});
        service.wallet(&g(n)).put(body).await.id();
    }
    let mail = service.mail().await;
    assert_eq!(mail.iter().filter(|message| message.channel == Channel::Email).count(), 5);
    assert_eq!(mail.iter().filter(|message| message.channel == Channel::Sms).count(), 9);
}
