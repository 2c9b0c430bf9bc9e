//! Conditions: fields required only in some countries, or only above some amount.

use serde_json::{Value, json};
use windlass_anchor::hooks::Caller;
use windlass_core::{
    amount::{Amount, Decimal},
    sep12::{Customer, GetCustomer, Status},
};

use crate::support::{Alone, PNG, Part, g, service_with};

const RULES: &str = r#"
    default = "person"
    [types.person]
    required = ["first_name", "address_country_code"]
    optional = ["birth_date", "id_country_code"]
    [[types.person.when]]
    country = ["BRA", "arg"]
    required = ["tax_id", "birth_date"]
    [[types.person.when]]
    country = ["DEU"]
    country_field = "id_country_code"
    optional = ["id_number"]
    [[types.person.when]]
    amount_over = "1000"
    asset = "iso4217:USD"
    required = ["photo_proof_residence"]
    [[types.person.when]]
    country = ["BRA"]
    amount_over = "500.5"
    asset = "iso4217:USD"
    required = ["proof_of_income"]
"#;

/// The required and the optional fields of an answer.
fn wanted(customer: &Value) -> (Vec<&str>, Vec<&str>) {
    let names = |optional: bool| {
        let fields = customer["fields"].as_object().into_iter().flatten();
        let is = move |field: &Value| field["optional"].as_bool().unwrap_or(false) == optional;
        let fields = fields.filter(move |(_, field)| is(field));
        let mut names: Vec<_> = fields.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    };
    (names(false), names(true))
}

async fn for_amount(service: &Alone, amount: &str, asset: &str) -> Customer {
    let who = Caller::itself(g(1).parse().unwrap());
    let value: Decimal = amount.parse().unwrap();
    let amount = Amount { value, asset: asset.to_owned() };
    service.kyc.customer_for(&who, &GetCustomer::new(), &amount).await.unwrap()
}

fn wants(customer: &Customer, name: &str) -> bool {
    customer.fields.iter().flatten().any(|(wanted, field)| wanted == name && !field.optional)
}

// W-11
#[tokio::test]
async fn country_decides_which_fields_are_required() {
    let service = service_with(RULES).await;
    let wallet = service.wallet(&g(1));
    let stranger = wallet.get("").await.ok();
    let plain = (vec!["address_country_code", "first_name"], vec!["birth_date", "id_country_code"]);
    assert_eq!(wanted(&stranger), plain, "the country is not known yet");

    wallet.put(json!({"first_name": "Ada", "address_country_code": "DEU"})).await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!((&customer["status"], wanted(&customer).0), (&json!("ACCEPTED"), vec![]));

    for country in ["BRA", "ARG"] {
        wallet.put(json!({"address_country_code": country})).await.id();
        let customer = wallet.get("").await.ok();
        assert_eq!(customer["status"], "NEEDS_INFO");
        assert_eq!(wanted(&customer), (vec!["birth_date", "tax_id"], vec!["id_country_code"]));
    }
    wallet.put(json!({"tax_id": "123.456.789-09", "birth_date": "1990-04-21"})).await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!(customer["status"], "ACCEPTED");
    assert_eq!(customer["provided_fields"]["tax_id"]["status"], "ACCEPTED");

    // In another country the field is neither required nor listed; back in Brazil its value is
    // still stored.
    wallet.put(json!({"address_country_code": "DEU"})).await.id();
    assert!(wallet.get("").await.ok()["provided_fields"].get("tax_id").is_none());
    wallet.put(json!({"address_country_code": "BRA"})).await.id();
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}

// W-11
#[tokio::test]
async fn condition_may_use_another_country_field() {
    let service = service_with(RULES).await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada", "address_country_code": "USA"})).await.id();
    assert!(!wanted(&wallet.get("").await.ok()).1.contains(&"id_number"));
    wallet.put(json!({"id_country_code": "deu"})).await.id();
    let customer = wallet.get("").await.ok();
    assert_eq!(
        (&customer["status"], wanted(&customer).1),
        (&json!("ACCEPTED"), vec!["birth_date", "id_number"])
    );
}

// W-12
#[tokio::test]
async fn amount_decides_which_fields_are_required() {
    let service = service_with(RULES).await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada", "address_country_code": "DEU"})).await.id();
    for (amount, asset, asked) in [
        ("0", "iso4217:USD", false),
        ("999.99", "iso4217:USD", false),
        ("1000", "iso4217:USD", false),
        ("1000.00", "iso4217:USD", false),
        ("1000.0000001", "iso4217:USD", true),
        ("20000", "iso4217:USD", true),
        ("20000", "iso4217:EUR", false),
    ] {
        let customer = for_amount(&service, amount, asset).await;
        let status = if asked { Status::NeedsInfo } else { Status::Accepted };
        assert_eq!(
            (wants(&customer, "photo_proof_residence"), customer.status),
            (asked, status),
            "{amount} {asset}"
        );
    }
    // A value that is required only under a condition is stored anyway, so that the customer
    // provides it only once.
    wallet.put_parts(&[Part::File("photo_proof_residence", PNG)]).await.id();
    assert_eq!(for_amount(&service, "20000", "iso4217:USD").await.status, Status::Accepted);
    assert_eq!(wallet.get("").await.ok()["status"], "ACCEPTED");
}

// W-11, W-12
#[tokio::test]
async fn condition_may_combine_country_and_amount() {
    let service = service_with(RULES).await;
    let wallet = service.wallet(&g(1));
    let stranger = for_amount(&service, "600", "iso4217:USD").await;
    assert!(stranger.id.is_none() && !wants(&stranger, "proof_of_income"));
    for (country, amount, asked) in
        [("BRA", "500.5", false), ("BRA", "500.51", true), ("DEU", "500.51", false)]
    {
        wallet.put(json!({"first_name": "Ada", "address_country_code": country})).await.id();
        let customer = for_amount(&service, amount, "iso4217:USD").await;
        assert_eq!(wants(&customer, "proof_of_income"), asked, "{country} {amount}");
    }
}
