//! `GET /customer` (table A).

use serde_json::json;

use crate::support::{JPEG, PNG, Part, g, m, service, service_with};

#[tokio::test]
async fn unknown_customer_gets_the_fields_that_are_needed() {
    let service = service_with("").await;
    let wallet = service.wallet(&g(1));
    let customer = wallet.get("").await.ok();
    assert_eq!(customer["status"], "NEEDS_INFO");
    assert!(customer.get("id").is_none() && customer.get("provided_fields").is_none());
    let fields = &customer["fields"];
    assert_eq!(fields["birth_date"], json!({"type": "date", "description": "Day of birth."}));
    assert_eq!(fields["id_type"]["choices"], json!(["passport", "drivers_license", "id_card"]));
    assert_eq!(
        (&fields["photo_id_front"]["type"], &fields["address"]["optional"]),
        (&json!("binary"), &json!(true))
    );
    assert_eq!(fields.as_object().unwrap().len(), 10);
    for field in fields.as_object().unwrap().values() {
        assert!(field["type"].is_string() && field["description"].is_string(), "{field}");
    }
    assert!(service.everything().await.is_empty(), "a question does not register a customer");
}

#[tokio::test]
async fn fields_depend_on_the_type() {
    let service = service_with("").await;
    let wallet = service.wallet(&g(1));
    for kind in ["sep6", "sep24", "sep31-sender", "sep31-receiver", "person"] {
        assert_eq!(wallet.get(&format!("type={kind}")).await.ok()["status"], "NEEDS_INFO");
    }
    let receiver = wallet.get("type=sep31-receiver").await.ok();
    assert!(receiver["fields"].get("bank_account_number").is_some());
    for unknown in ["type=sep38", "type=SEP6", "type=%20"] {
        assert_eq!(wallet.get(unknown).await.refusal(), (400, "unknown_customer_type"));
    }
}

#[tokio::test]
async fn registered_customer_is_found_by_id_account_and_memo() {
    let service = service().await;
    for (subject, queries) in [
        (
            g(1),
            vec![
                String::new(),
                format!("account={}", g(1)),
                "type=small".to_owned(),
                "lang=en".to_owned(),
            ],
        ),
        (
            format!("{}:5", g(2)),
            vec![
                String::new(),
                format!("account={}&memo=5", g(2)),
                "memo=5&memo_type=id".to_owned(),
            ],
        ),
        (m(3, 5), vec![format!("account={}", m(3, 5)), format!("account={}&memo=5", g(3))]),
    ] {
        let wallet = service.wallet(&subject);
        let id = wallet.put(json!({"first_name": "Ada"})).await.id();
        for query in queries.iter().cloned().chain([format!("id={id}")]) {
            assert_eq!(wallet.get(&query).await.ok()["id"], id.as_str(), "{subject} {query}");
        }
    }
}

#[tokio::test]
async fn foreign_and_unknown_ids_get_the_same_answer() {
    let service = service().await;
    let ours = service.wallet(&g(1)).put(json!({})).await.id();
    let first = service.wallet(&format!("{}:1", g(2))).put(json!({})).await.id();
    let second = service.wallet(&format!("{}:2", g(2))).put(json!({})).await.id();
    let plain = service.wallet(&g(2)).put(json!({})).await.id();
    let unknown = "00000000-0000-4000-8000-000000000000".to_owned();

    let bodies = [
        (g(1), &unknown),
        (g(1), &first),
        (format!("{}:1", g(2)), &second),
        (format!("{}:1", g(2)), &plain),
        (format!("{}:1", g(2)), &ours),
        (m(2, 2), &first),
    ];
    let mut seen = Vec::new();
    for (subject, id) in bodies {
        let wallet = service.wallet(&subject);
        let answer = wallet.get(&format!("id={id}")).await;
        assert_eq!(answer.refusal(), (404, "customer_not_found"), "{subject}");
        seen.push(answer.body);
        let put = wallet.put(json!({"id": id, "first_name": "Eve"})).await;
        assert_eq!(put.refusal(), (404, "customer_not_found"), "{subject}");
        seen.push(put.body);
        let verify = wallet.verify(json!({"id": id, "mobile_number_verification": "1"})).await;
        assert_eq!(verify.refusal(), (404, "customer_not_found"), "{subject}");
        seen.push(verify.body);
        assert_eq!(wallet.files(&format!("customer_id={id}")).await.ok(), json!({"files": []}));
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "{seen:?}");
    // The account without memo may see all its users (S12-26), and `M…` 1 is `G…:1`.
    for (subject, id) in [(g(2), &first), (g(2), &second), (m(2, 1), &first)] {
        assert_eq!(service.wallet(&subject).get(&format!("id={id}")).await.ok()["id"], id.as_str());
    }
}

#[tokio::test]
async fn account_and_memo_follow_the_decision_table() {
    let service = service().await;
    let plain = service.wallet(&g(1));
    let nothing = plain.put(json!({})).await.id();
    let five = plain.put(json!({"memo": "5"})).await.id();
    let text = plain.put(json!({"memo": "5", "memo_type": "text"})).await.id();
    let hash = windlass_core::wire::base64(&[9; 32]);
    let hashed = plain.put(json!({"memo": hash, "memo_type": "hash"})).await.id();
    let encoded = hash.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");

    let (shared, muxed) = (format!("{}:5", g(1)), m(1, 5));
    let rows = [
        (g(1), String::new(), Ok(&nothing)),
        (g(1), format!("account={}&memo_type=nonsense", g(1)), Ok(&nothing)),
        (g(1), "memo=5".to_owned(), Ok(&five)),
        (g(1), format!("account={}&memo=5&memo_type=id", g(1)), Ok(&five)),
        (g(1), "memo=5&memo_type=text".to_owned(), Ok(&text)),
        (g(1), format!("memo={encoded}&memo_type=hash"), Ok(&hashed)),
        (g(1), format!("account={}", g(2)), Err("identity_mismatch")),
        (g(1), format!("account={}", m(1, 5)), Err("identity_mismatch")),
        (
            g(1),
            "account=CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA".to_owned(),
            Err("invalid_account"),
        ),
        (shared.clone(), String::new(), Ok(&five)),
        (shared.clone(), format!("account={}&memo=5&memo_type=text", g(1)), Ok(&five)),
        (shared.clone(), "memo=6".to_owned(), Err("identity_mismatch")),
        (shared, format!("account={}", m(1, 5)), Err("identity_mismatch")),
        (muxed.clone(), format!("account={}", m(1, 5)), Ok(&five)),
        (muxed.clone(), format!("account={}&memo=5&memo_type=hash", g(1)), Ok(&five)),
        (muxed, "memo=6".to_owned(), Err("identity_mismatch")),
    ];
    for (subject, query, expected) in rows {
        let answer = service.wallet(&subject).get(&query).await;
        match expected {
            Ok(id) => assert_eq!(answer.ok()["id"], id.as_str(), "{subject} {query}"),
            Err(code) => assert_eq!(answer.refusal(), (400, code), "{subject} {query}"),
        }
    }
}

#[tokio::test]
async fn malformed_memos_are_refused_unless_the_token_decides() {
    let service = service().await;
    let short = windlass_core::wire::base64(&[9; 31]).replace('=', "%3D");
    let queries = [
        "memo=abc".to_owned(),
        "memo=5&memo_type=return".to_owned(),
        format!("memo={short}&memo_type=hash"),
        format!("memo={}&memo_type=text", "x".repeat(29)),
        "memo=18446744073709551616".to_owned(),
        "memo=-1".to_owned(),
        "memo=%20".to_owned(),
    ];
    for query in &queries {
        assert_eq!(service.wallet(&g(1)).get(query).await.status, 400, "{query}");
    }
    let shared = service.wallet(&format!("{}:5", g(1)));
    for memo_type in ["return", "hash", "text", ""] {
        assert_eq!(
            shared.get(&format!("memo=5&memo_type={memo_type}")).await.status,
            200,
            "{memo_type}"
        );
    }
    // the whole unsigned range.
    let largest = service.wallet(&g(1)).put(json!({"memo": "18446744073709551615"})).await.id();
    let found = service.wallet(&format!("{}:18446744073709551615", g(1))).get("").await.ok();
    assert_eq!(found["id"], largest.as_str());
}

#[tokio::test]
async fn id_and_memo_must_agree() {
    let service = service().await;
    let plain = service.wallet(&g(1));
    let five = plain.put(json!({"memo": "5"})).await.id();
    assert_eq!(plain.get(&format!("id={five}&memo=5")).await.status, 200);
    assert_eq!(plain.get(&format!("id={five}&account={}", g(1))).await.status, 200);
    assert_eq!(plain.get(&format!("id={five}&memo=6")).await.refusal(), (400, "identity_mismatch"));
    let put = plain.put(json!({"id": five, "memo": "6", "city": "Roma"})).await;
    assert_eq!(put.refusal(), (400, "identity_mismatch"));
}

#[tokio::test]
async fn parameters_transaction_id_and_lang_are_checked() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    for (query, expected) in [
        ("transaction_id=1", Some("invalid_transaction_id")),
        ("transaction_id=1&type=small", Some("invalid_transaction_id")),
        ("lang=english", Some("invalid_language")),
        ("lang=e1", Some("invalid_language")),
        ("lang=", None),
        ("id=&account=&memo=&memo_type=&type=&transaction_id=&lang", None),
        ("lang=de", None),
        ("lang=xx", None),
        ("lang=EN", None),
    ] {
        let answer = wallet.get(query).await;
        match expected {
            Some(code) => assert_eq!(answer.refusal(), (400, code), "{query}"),
            None => assert_eq!(
                answer.ok()["fields"]["city"]["description"],
                "City or town of the address.",
                "{query}"
            ),
        }
    }
}

#[tokio::test]
async fn larger_type_asks_only_for_missing_fields() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada", "city": "London"})).await.id();
    let small = wallet.get("type=small").await.ok();
    assert_eq!(small["status"], "ACCEPTED");
    assert!(small.get("fields").is_none());

    let big = wallet.get("type=big").await.ok();
    assert_eq!((&big["status"], &big["id"]), (&json!("NEEDS_INFO"), &json!(id)));
    let mut wanted: Vec<_> = big["fields"].as_object().unwrap().keys().cloned().collect();
    wanted.sort();
    assert_eq!(
        wanted,
        [
            "birth_date",
            "id_type",
            "occupation",
            "organization.name",
            "photo_id_back",
            "photo_id_front"
        ]
    );
    assert_eq!(big["provided_fields"]["first_name"]["status"], "ACCEPTED");

    let parts = [
        Part::Text("birth_date", "1815-12-10"),
        Part::Text("type", "big"),
        Part::File("photo_id_front", PNG),
    ];
    assert_eq!(wallet.put_parts(&parts).await.id(), id);
    let big = wallet.get("type=big").await.ok();
    assert_eq!(big["status"], "ACCEPTED");
    // Only optional fields may remain (S12-62).
    assert!(big["fields"].as_object().unwrap().values().all(|field| field["optional"] == true));
}

#[tokio::test]
async fn values_are_never_shown() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let values = [
        ("first_name", "Adalbert"),
        ("city", "Lübeck"),
        ("birth_date", "1980-01-31"),
        ("id_type", "id_card"),
    ];
    let mut parts: Vec<_> = values.iter().map(|(name, value)| Part::Text(name, value)).collect();
    parts.extend([Part::File("photo_id_front", JPEG), Part::Text("type", "big")]);
    let id = wallet.put_parts(&parts).await.id();
    for query in ["", "type=big", "type=manual"] {
        let mut body = wallet.get(query).await.ok();
        // Choices are not values of the customer.
        body["provided_fields"]["id_type"]["choices"].take();
        let text = body.to_string();
        assert!(
            text.contains(&id) && values.iter().all(|(_, value)| !text.contains(value)),
            "{text}"
        );
    }
}
