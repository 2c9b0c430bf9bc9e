//! `PUT /customer` (table B).

use axum::{body::Body, http::Method};
use serde_json::json;
use windlass_core::sep9::{FIELDS, Field, Format};

use crate::support::{
    JPEG, MULTIPART, PDF, PNG, Part, Service, Wallet, g, m, multipart, service, service_with,
};

/// The names of the provided fields of a type.
async fn provided(wallet: &Wallet<'_>, query: &str) -> Vec<String> {
    let customer = wallet.get(query).await.ok();
    let mut names: Vec<_> = customer["provided_fields"]
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys().cloned())
        .collect();
    names.sort();
    names
}

/// The refusal of a request. Checks that the database is unchanged.
async fn refused(
    service: &Service,
    wallet: &Wallet<'_>,
    body: serde_json::Value,
) -> (u16, String, String) {
    let before = service.everything().await;
    let answer = wallet.put(body).await;
    assert_eq!(service.everything().await, before, "{answer:?}");
    let (status, code) = answer.refusal();
    (status, code.to_owned(), answer.field().to_owned())
}

#[tokio::test]
async fn three_encodings_store_the_same() {
    let service = service().await;
    let (json, form, parts) = (service.wallet(&g(1)), service.wallet(&g(2)), service.wallet(&g(3)));
    let id = json.put(json!({"type": "big", "first_name": "Zoë", "organization.name": "A & B", "occupation": 11})).await.id();
    assert!(uuid::Uuid::parse_str(&id).is_ok_and(|id| id.get_version_num() == 4), "{id}");
    form.put_form("type=big&first_name=Zo%C3%AB&organization.name=A+%26+B&occupation=011")
        .await
        .id();
    let text = [
        ("type", "big"),
        ("first_name", "Zoë"),
        ("organization.name", "A & B"),
        ("occupation", "11"),
    ];
    parts.put_parts(&text.map(|(name, value)| Part::Text(name, value))).await.id();
    for wallet in [&json, &form, &parts] {
        assert_eq!(
            provided(wallet, "type=big").await,
            ["first_name", "occupation", "organization.name"]
        );
        // The same value in another encoding changes nothing.
        let before = service.everything().await;
        wallet.put(json!({"type": "big", "given_name": "Zoë", "organization.name": "A & B", "occupation": "011"})).await.id();
        assert_eq!(service.everything().await, before);
    }
}

#[tokio::test]
async fn repeated_put_creates_one_customer() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let body = json!({"first_name": "Ada", "city": "London"});
    let id = wallet.put(body.clone()).await.id();
    let before = service.everything().await;
    assert_eq!(wallet.put(body).await.id(), id);
    assert_eq!(service.everything().await, before);
}

#[tokio::test]
async fn fields_that_are_not_sent_stay_as_they_are() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    assert_eq!(wallet.put(json!({"id": id, "city": "London"})).await.id(), id);
    assert_eq!(wallet.put(json!({"city": "Paris"})).await.id(), id);
    assert_eq!(provided(&wallet, "").await, ["city", "first_name"]);
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
    assert_eq!(wallet.put(json!({})).await.id(), id);
    assert_eq!(wallet.send(Method::PUT, "/customer", "", Body::empty()).await.id(), id);
}

#[tokio::test]
async fn memos_of_one_account_are_different_customers() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let one = wallet.put(json!({"memo": "1", "first_name": "One"})).await.id();
    let two = wallet.put(json!({"memo": "2"})).await.id();
    let number = wallet.put(json!({"memo": 1})).await.id();
    assert_ne!(one, two);
    assert_eq!(one, number);
    assert!(provided(&wallet, "memo=2").await.is_empty());
    assert_eq!(provided(&service.wallet(&format!("{}:1", g(1))), "").await, ["first_name"]);

    let muxed = service.wallet(&m(4, 7)).put(json!({})).await.id();
    assert_eq!(service.wallet(&format!("{}:7", g(4))).put(json!({})).await.id(), muxed);
    assert_ne!(
        service.wallet(&g(4)).put(json!({"memo": "7", "memo_type": "text"})).await.id(),
        muxed
    );
}

#[tokio::test]
async fn one_customer_has_one_id_for_all_types() {
    let service = service_with("[fields.mobile_number]\nverify = false").await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "sep6", "first_name": "Ada"})).await.id();
    assert_eq!(wallet.put(json!({"type": "sep31-sender", "last_name": "L"})).await.id(), id);
    assert_eq!(provided(&wallet, "type=sep24").await, ["first_name", "last_name"]);
}

#[tokio::test]
async fn customer_is_accepted_once_all_required_fields_are_there() {
    let service = service_with("[fields.mobile_number]\nverify = false").await;
    let wallet = service.wallet(&g(1));
    let text = [
        ("first_name", "Ada"),
        ("last_name", "Lovelace"),
        ("email_address", "ada@mail.example"),
        ("mobile_number", "+441632960001"),
        ("birth_date", "1990-12-10"),
        ("address_country_code", "gbr"),
        ("id_type", "passport"),
    ];
    let mut parts: Vec<_> = text.iter().map(|(name, value)| Part::Text(name, value)).collect();
    wallet.put_parts(&parts).await.id();
    assert_eq!(wallet.get("").await.ok()["status"], "NEEDS_INFO");
    parts.insert(0, Part::File("photo_id_front", JPEG));
    wallet.put_parts(&parts).await.id();
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}

#[tokio::test]
async fn files_may_be_the_first_or_last_parts() {
    let service = service().await;
    let (text, file) = (Part::Text("type", "big"), Part::File("photo_id_front", PNG));
    for (n, parts) in [(1, [text, file]), (2, [file, text])] {
        let wallet = service.wallet(&g(n));
        wallet.put_parts(&parts).await.id();
        assert_eq!(provided(&wallet, "type=big").await, ["photo_id_front"]);
    }
}

#[tokio::test]
async fn invalid_values_are_refused_with_their_field_and_nothing_is_stored() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let good = json!({"first_name": "Ada"});
    for (name, value) in [
        ("birth_date", json!("1.2.1990")),
        ("birth_date", json!("2999-01-01")),
        ("mobile_number", json!("441632960001")),
        ("address_country_code", json!("Germany")),
        ("id_type", json!("drivers_license")),
        ("city", json!(null)),
        ("city", json!("")),
        ("city", json!(" ")),
        ("city", json!("\u{200b}")),
        ("first_name", json!("\u{2060}\t\u{3164}")),
        ("city", json!({"name": "Roma"})),
        ("city", json!(["Roma"])),
        ("city", json!(7)),
        ("city", json!("a\u{7}b")),
        ("city", json!("x".repeat(4097))),
        ("photo_id_front", json!("aGVsbG8=")),
        ("organization", json!({"name": "X"})),
    ] {
        let mut body = good.clone();
        body[name] = value.clone();
        if name == "organization" {
            // Not a field: the value is ignored and not stored.
            wallet.put(body).await.id();
            assert_eq!(provided(&wallet, "type=big").await, ["first_name"]);
            wallet.delete(&g(1)).await.ok();
            continue;
        }
        let refusal = refused(&service, &wallet, body).await;
        assert_eq!(refusal, (400, "invalid_field".to_owned(), name.to_owned()), "{value}");
    }
    let all = wallet.put(json!({"birth_date": "x", "city": ""})).await;
    assert_eq!(
        all.body["error"],
        "birth_date must be a date as YYYY-MM-DD, for example 1990-04-21; city must not be empty"
    );
    assert!(service.everything().await.is_empty());
}

#[tokio::test]
async fn refused_put_keeps_stored_values() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada", "city": "London"})).await.id();
    refused(&service, &wallet, json!({"first_name": "Bob", "birth_date": "x"})).await;
    refused(&service, &wallet, json!({"first_name": "Bob", "photo_id_front_file_id": "x"})).await;
    refused(&service, &wallet, json!({"first_name": "Bob", "type": "unheard-of"})).await;
    refused(&service, &wallet, json!({"first_name": "Bob", "transaction_id": "1"})).await;
    refused(
        &service,
        &wallet,
        json!({"first_name": "Bob", "transaction_id": "1", "type": "small"}),
    )
    .await;
    refused(&service, &wallet, json!({"first_name": "Bob", "account": g(2)})).await;
}

#[tokio::test]
async fn media_type_is_determined_from_the_content() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    for (name, bytes, status) in [
        ("photo_id_front", &b"just text"[..], 400),
        ("photo_id_front", b"", 400),
        ("photo_id_front", PDF, 400),
        ("city", PNG, 400),
        ("photo_id_front", PNG, 202),
        ("favourite_picture", b"ignored", 202),
    ] {
        let before = service.everything().await;
        let answer = wallet.put_parts(&[Part::Text("type", "big"), Part::File(name, bytes)]).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {answer:?}");
        if status == 400 {
            assert_eq!((answer.refusal().1, answer.field()), ("invalid_field", name));
            assert_eq!(service.everything().await, before);
        }
    }
    assert_eq!(provided(&wallet, "type=big").await, ["photo_id_front"]);
}

#[tokio::test]
async fn phone_numbers_in_forms_need_an_encoded_plus() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put_form("type=phone&mobile_number=%2B441632960001").await.id();
    let answer = wallet.put_form("type=phone&mobile_number=+441632960002").await;
    assert_eq!((answer.refusal(), answer.field()), ((400, "invalid_field"), "mobile_number"));
}

#[tokio::test]
async fn unknown_names_are_ignored() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"favourite_colour": {"r": 1}, "vehicle": null, "foo_verification": "1", "bar_file_id": 7})).await.id();
    assert!(provided(&wallet, "type=big").await.is_empty());
}

#[tokio::test]
async fn values_that_no_type_asks_for_are_checked_and_dropped() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"tax_id": "12-34", "first_name": "Ada"})).await.id();
    wallet.put(json!({"type": "small", "birth_date": "1990-01-01"})).await.id();
    wallet.put_parts(&[Part::Text("type", "small"), Part::File("photo_id_front", PNG)]).await.id();
    let stored = service.everything().await;
    assert!(
        !stored.iter().any(|row| row.contains("tax_id")
            || row.contains("birth_date")
            || row.starts_with("file")),
        "{stored:?}"
    );
    refused(&service, &wallet, json!({"tax_id": "12\u{7}34"})).await;
    // Without a type, the value may be for any type.
    wallet.put(json!({"birth_date": "1990-01-01"})).await.id();
    assert_eq!(provided(&wallet, "type=big").await, ["birth_date", "first_name"]);
}

#[tokio::test]
async fn security_code_of_a_card_is_never_stored() {
    let service =
        service_with("default = \"card\"\n[types.card]\nrequired = [\"card.number\"]").await;
    let wallet = service.wallet(&g(1));
    refused(&service, &wallet, json!({"card.cvc": "12a"})).await;
    wallet.put(json!({"card.number": "4242424242424242", "card.cvc": "123"})).await.id();
    let stored = service.everything().await;
    assert!(stored.iter().any(|row| row.contains("card.number")));
    assert!(!stored.iter().any(|row| row.contains("card.cvc")), "{stored:?}");
}

#[tokio::test]
async fn each_name_of_a_field_is_accepted_and_answers_use_the_configured_one() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"given_name": "Ada"})).await.id();
    assert_eq!(provided(&wallet, "").await, ["first_name"]);
    let refusal =
        refused(&service, &wallet, json!({"given_name": "Ada", "first_name": "Bea"})).await;
    assert_eq!(refusal, (400, "invalid_field".to_owned(), "first_name".to_owned()));
    wallet.put(json!({"given_name": "Bea", "first_name": "Bea"})).await.id();
}

#[tokio::test]
async fn values_are_checked_together_with_stored_ones() {
    let types =
        "default = \"id\"\n[types.id]\nrequired = [\"id_issue_date\", \"id_expiration_date\"]";
    let service = service_with(types).await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"id_issue_date": "2020-01-02"})).await.id();
    let refusal = refused(&service, &wallet, json!({"id_expiration_date": "2020-01-01"})).await;
    assert_eq!(refusal.2, "id_expiration_date");
}

#[tokio::test]
async fn mobile_format_must_be_e164_unless_it_is_stored() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let hashed = json!({"mobile_number": "9f86d081", "mobile_number_format": "hash"});
    assert_eq!(refused(&service, &wallet, hashed.clone()).await.2, "mobile_number_format");
    wallet
        .put(json!({"mobile_number": "+441632960001", "mobile_number_format": "E.164"}))
        .await
        .id();

    let kept = "default = \"a\"\n[types.a]\nrequired = [\"mobile_number\"]\noptional = [\"mobile_number_format\"]\n[fields.mobile_number]\nverify = false";
    let service = service_with(kept).await;
    service.wallet(&g(1)).put(hashed).await.id();
}

#[tokio::test]
async fn dotted_names_stay_flat_in_every_encoding() {
    let service = service().await;
    for (n, media_type, body) in [
        (1, "application/json", br#"{"organization.name":"X"}"#.to_vec()),
        (2, "application/x-www-form-urlencoded", b"organization.name=X".to_vec()),
        (3, MULTIPART, multipart(&[Part::Text("organization.name", "X")])),
    ] {
        let wallet = service.wallet(&g(n));
        wallet.send(Method::PUT, "/customer", media_type, body).await.id();
        assert_eq!(provided(&wallet, "type=big").await, ["organization.name"]);
    }
}

#[tokio::test]
async fn every_field_can_be_asked_for_and_stored() {
    let asked = || {
        FIELDS
            .iter()
            .filter(|field| field.storable() && !field.deprecated && field.name == field.canonical)
    };
    let names: Vec<_> = asked().map(|field| format!("{:?}", field.name)).collect();
    let requirements = format!(
        "default = \"all\"\n[types.all]\nrequired = [{}]\n[fields.mobile_number]\nverify = false",
        names.join(", ")
    );
    let service = service_with(&requirements).await;
    let wallet = service.wallet(&g(1));
    let values: Vec<_> = asked().map(|field| (field, good(field))).collect();
    let parts: Vec<_> = values
        .iter()
        .map(|(field, value)| match field.is_binary() {
            true => Part::File(field.name, PNG),
            false => Part::Text(field.name, value),
        })
        .collect();
    wallet.put_parts(&parts).await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!((&customer["status"], customer.get("fields")), (&json!("ACCEPTED"), None));
    assert_eq!(customer["provided_fields"].as_object().unwrap().len(), names.len());
    for (field, _) in &values {
        let kind = serde_json::to_value(field.kind).unwrap();
        assert_eq!(customer["provided_fields"][field.name]["type"], kind, "{}", field.name);
    }
}

/// A valid value for the field.
fn good(field: &Field) -> String {
    let value = match field.format {
        Format::Language => "en",
        Format::CountryAlpha3 => "DEU",
        Format::CountryAlpha2 => "DE",
        Format::Subdivision => "US-CA",
        Format::Date => "2001-02-03",
        Format::YearMonth => "29-11",
        Format::E164 | Format::Phone => "+441632960001",
        Format::PhoneFormat => "E.164",
        Format::Email => "ada@mail.example",
        Format::Isco08 => "251",
        Format::Integer => "7",
        Format::Ip => "203.0.113.9",
        Format::CardNumber => "4242424242424242",
        _ => match (field.choices.first(), field.digits) {
            (Some(choice), _) => choice,
            (None, Some((min, _))) => return "1".repeat(min.into()),
            (None, None) => "Some text\nin two lines",
        },
    };
    value.to_owned()
}

#[tokio::test]
async fn oversized_files_and_bodies_are_refused() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let photo = |len: usize| {
        PNG.iter().copied().chain(std::iter::repeat_n(0, len - PNG.len())).collect::<Vec<_>>()
    };
    wallet.put_parts(&[Part::File("photo_id_front", &photo(10_000))]).await.id();
    let before = service.everything().await;
    let answer = wallet.put_parts(&[Part::File("photo_id_front", &photo(10_001))]).await;
    assert_eq!((answer.refusal(), answer.field()), ((413, "too_large"), "photo_id_front"));
    let both = [
        Part::File("photo_id_front", &photo(9_900)),
        Part::File("photo_id_back", &photo(9_900)),
        Part::File("x", &photo(9_900)),
        Part::File("y", &photo(9_900)),
    ];
    assert_eq!(wallet.put_parts(&both).await.refusal(), (413, "too_large"));
    assert_eq!(service.everything().await, before);
}
