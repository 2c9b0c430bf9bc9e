use assign::assign;
use windlass_core::{
    account::Account,
    endpoint::Upload,
    problem::Code,
    sep9::{Checks, Severity, Value, ValueError},
    sep12::{
        Customer, DeleteCustomer, GetCustomer, GetFiles, PutCallback, PutCustomer, PutVerification,
        Status,
    },
};

use crate::{
    ErrorKind, PutOptions, Session,
    testing::{NOW, Scripted, client, discover, session, token, toml},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n rest";

fn file(bytes: &[u8]) -> Upload {
    Upload {
        file_name: "my \"id\".png".to_owned(),
        content_type: "text/html".to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn put<const N: usize>(fields: [(&str, &str); N]) -> PutCustomer {
    let fields =
        fields.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    assign!(PutCustomer::new(), { fields })
}

/// The errors of a request that must not be sent.
async fn refused(request: PutCustomer, options: impl Into<PutOptions<'_>>) -> Vec<String> {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    let error = session.put_customer(request, options).await.unwrap_err();
    assert_eq!((error.code(), scripted.count()), (Code::InvalidField, 1), "{error}");
    let ErrorKind::Fields(errors) = error.kind() else { panic!("{error}") };
    errors.iter().map(|error| format!("{} {}", error.field, error.error.code())).collect()
}

/// Options under which every problem is an error.
fn strictly(known: Option<&Customer>) -> PutOptions<'_> {
    PutOptions { known, checks: Checks::Strict }
}

/// The transport and the body after a request was sent.
async fn sent(request: PutCustomer, options: impl Into<PutOptions<'_>>) -> (Scripted, String) {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted.push(202, r#"{"id":"c1"}"#);
    assert_eq!(session.put_customer(request, options).await.unwrap().id, "c1");
    let (asked, body) = scripted.last();
    assert_eq!(asked, "PUT https://anchor.example.com/kyc/customer");
    (scripted, body)
}

#[tokio::test]
async fn customer_is_asked_for_with_the_token_and_a_query() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted.push(200, r#"{"status":"NEEDS_INFO","fields":{"email_address":{"type":"string"}}}"#);
    let request = assign!(GetCustomer::new(), {
        kind: Some("sep31-sender".into()),
        memo: Some("7".into()),
    });
    let customer = session.customer(&request).await.unwrap();
    assert_eq!((customer.id, customer.status), (None, Status::NeedsInfo));
    assert_eq!(
        scripted.last().0,
        "GET https://anchor.example.com/kyc/customer?memo=7&type=sep31-sender"
    );
    let token = token(&client().public().to_string(), NOW + 60);
    assert_eq!(scripted.last_header("Authorization"), Some(format!("Bearer {token}")));
}

// S12-36
#[tokio::test]
async fn language_is_sent_without_its_region() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    for (lang, sent) in
        [("en-US", "en"), ("PT", "pt"), ("zh-Hant-TW", "zh"), ("english", "english")]
    {
        scripted.push(200, r#"{"status":"ACCEPTED"}"#);
        let request = assign!(GetCustomer::new(), { lang: Some(lang.into()) });
        session.customer(&request).await.unwrap();
        assert!(scripted.last().0.ends_with(&format!("?lang={sent}")), "{}", scripted.last().0);
    }
}

// S12-22
#[tokio::test]
async fn memo_type_is_sent_only_to_anchors_that_demand_it() {
    let memo = || Some("7".into());
    let mut put = put([("city", "Roma")]);
    put.memo = memo();
    let mut with_file = put.clone();
    with_file.uploads.insert("photo_id_front".to_owned(), file(PNG));
    let get = assign!(GetCustomer::new(), { memo: memo() });
    let delete = assign!(DeleteCustomer::new(""), { memo: memo() });
    let callback = assign!(PutCallback::new("https://wallet.example.com/"), { memo: memo() });
    let demands: [(u16, &str); 3] = [
        (400, r#"{"error":"`memo_type` is required"}"#),
        (403, r#"{"error":"invalid","field":"memo_type"}"#),
        (400, "memo_type is missing"),
    ];
    for (status, body) in demands {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        let twice = async |answer: &str| {
            scripted.push(status, body);
            scripted.push(200, answer);
        };
        let sent = || format!("{} {}", scripted.last().0, scripted.last().1);
        twice(r#"{"status":"ACCEPTED"}"#).await;
        session.customer(&get).await.unwrap();
        assert!(sent().contains("?memo=7&memo_type=id"), "{}", sent());
        twice(r#"{"id":"c1"}"#).await;
        session.put_customer(put.clone(), None).await.unwrap();
        assert!(sent().contains(r#"{"memo":"7","city":"Roma","memo_type":"id"}"#), "{}", sent());
        twice(r#"{"id":"c1"}"#).await;
        session.put_customer(with_file.clone(), None).await.unwrap();
        assert!(sent().contains("name=\"memo_type\"\r\n\r\nid\r\n"), "{}", sent());
        assert!(sent().contains("name=\"photo_id_front\""), "{}", sent());
        twice("{}").await;
        session.delete_customer(delete.clone()).await.unwrap();
        assert!(sent().contains(r#"{"memo":"7","memo_type":"id"}"#), "{}", sent());
        twice("{}").await;
        session.put_callback(&callback).await.unwrap();
        assert!(sent().contains(r#""memo_type":"id""#), "{}", sent());
    }

    // Without a memo, with a type, or refused for another reason: once.
    let typed = assign!(get.clone(), { memo_type: Some("id".into()) });
    let no_memo = GetCustomer::new();
    for (request, (status, body)) in [
        (&typed, demands[0]),
        (&no_memo, demands[0]),
        (&get, (404, "no memo_type")),
        (&get, (400, "bad memo")),
    ] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        let before = scripted.count();
        scripted.push(status, body);
        assert_eq!(session.customer(request).await.unwrap_err().status(), Some(status));
        assert_eq!(scripted.count(), before + 1);
    }
}

#[tokio::test]
async fn values_are_sent_normalised() {
    let mut request = put([
        ("last_name", "Ōe"),
        ("address_country_code", "jpn"),
        ("mobile_number_verification", "0042"),
        ("favourite_colour", ""),
    ]);
    request.fields.insert("occupation".to_owned(), 251.into());
    let (scripted, body) = sent(request, None).await;
    assert_eq!(
        body,
        r#"{"last_name":"Ōe","address_country_code":"JPN","mobile_number_verification":"0042","favourite_colour":"","occupation":251}"#
    );
    assert_eq!(scripted.last_header("Content-Type").as_deref(), Some("application/json"));
}

#[tokio::test]
async fn all_wrong_values_are_reported_and_nothing_is_sent() {
    let mut request = put([
        ("birth_date", "2023-11-15"),
        ("sex", "F"),
        ("city", "Roma"),
        ("photo_id_front", "base64"),
    ]);
    request.uploads.insert("photo_id_back".to_owned(), file(b"GIF89a"));
    request.uploads.insert("family_name".to_owned(), file(PNG));
    assert_eq!(
        refused(request, strictly(None)).await,
        [
            "birth_date in_the_future",
            "sex not_a_choice",
            "photo_id_front file_expected",
            "photo_id_back wrong_file",
            "family_name not_a_file_field",
        ]
    );
}

/// Values that only strict checks refuse, with the code of the problem.
const DOUBTFUL: [(&str, &str, &str); 16] = [
    ("mobile_number", "0171 1234567", "not_e164"),
    ("organization.phone", "555-0100", "not_e164"),
    ("occupation", "software engineer", "unknown_occupation"),
    ("address_country_code", "DE", "unknown_country"),
    ("birth_country_code", "Deutschland", "unknown_country"),
    ("card.country_code", "USA", "unknown_country_alpha2"),
    ("card.state_or_province", "California", "not_a_subdivision"),
    ("language_code", "de-AT", "unknown_language"),
    ("email_address", "ana@localhost", "not_an_email"),
    ("ip_address", "fe80::1%eth0", "not_an_ip_address"),
    ("clabe_number", "0321 8000 0118 3597 19", "not_digits"),
    ("card.number", "4242424242424241", "not_a_card_number"),
    ("birth_date", "2023-11-15", "in_the_future"),
    ("city", "a\rb", "control_character"),
    ("mobile_number", "a\rb", "control_character"),
    ("id_expiration_date", "2019-12-31", "expires_before_issue"),
];

// S09-04, S09-15
#[tokio::test]
async fn what_sep_9_does_not_demand_is_sent_unless_checks_are_strict() {
    for (name, value, code) in DOUBTFUL {
        let mut request = put([(name, value)]);
        if code == "expires_before_issue" {
            request.fields.insert("id_issue_date".to_owned(), "2020-01-01".into());
        }
        assert_eq!(refused(request.clone(), strictly(None)).await, [format!("{name} {code}")]);
        let (_, body) = sent(request, None).await;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body[name], value);
    }
    for (name, bytes) in [
        ("photo_id_front", b"%PDF-1.7".as_slice()),
        ("photo_id_front", b"RIFF\0\0\0\0WEBP"),
        ("photo_id_back", b"\0\0\0\x24ftypheic\0\0\0\0mif1"),
        ("proof_of_income", b"plain text"),
    ] {
        let mut request = PutCustomer::new();
        request.uploads.insert(name.to_owned(), file(bytes));
        let codes = refused(request.clone(), strictly(None)).await;
        assert_eq!(codes, [format!("{name} wrong_file")]);
        sent(request, None).await;
    }
}

// S09-06, S09-13
#[tokio::test]
async fn what_sep_9_demands_is_never_sent() {
    for (request, code) in [
        (put([("birth_date", "21.04.1990")]), "birth_date not_a_date"),
        (put([("card.expiration_date", "11/29")]), "card.expiration_date not_a_year_month"),
        (put([("sex", "F")]), "sex not_a_choice"),
        (put([("bank_account_type", "giro")]), "bank_account_type not_a_choice"),
        (put([("city", "")]), "city empty"),
        (
            put([("organization.number_of_shareholders", "few")]),
            "organization.number_of_shareholders not_an_integer",
        ),
        (put([("photo_id_front", "base64")]), "photo_id_front file_expected"),
        (put([("last_name", "A"), ("family_name", "B")]), "last_name conflict"),
    ] {
        assert_eq!(refused(request, None).await, [code]);
    }
}

#[tokio::test]
async fn a_warning_neither_hides_an_error_nor_prevents_the_canonical_form() {
    let long = "x".repeat(5000);
    assert_eq!(refused(put([("sex", &long)]), None).await, ["sex not_a_choice"]);
    let (_, body) =
        sent(put([("email_address", "ana"), ("birth_country_code", "jpn")]), None).await;
    assert_eq!(body, r#"{"email_address":"ana","birth_country_code":"JPN"}"#);
    assert_eq!(Checks::Sep9.severity(&ValueError::NotAnEmail), Severity::Warning);
    assert_eq!(Checks::Strict.severity(&ValueError::NotAnEmail), Severity::Error);
}

#[tokio::test]
async fn anchors_choices_and_types_are_checked_for_its_own_fields() {
    let known: Customer = serde_json::from_str(
        r#"{"status":"NEEDS_INFO","fields":{
            "favourite_colour":{"choices":["red","7"]},"shoe_size":{"type":"number"},
            "joined":{"type":"date"},"nickname":{"type":"string"},"selfie":{"type":"binary"},
            "bank_number":{"type":"number"},"occupation":{"type":"string"},
            "card.expiration_date":{"type":"date"}}}"#,
    )
    .unwrap();
    let problem = async |name: &str, value: Value| {
        let mut request = PutCustomer::new();
        request.fields.insert(name.to_owned(), value);
        refused(request, Some(&known)).await
    };
    for (name, value, code) in [
        ("favourite_colour", "green".into(), "not_a_choice"),
        ("favourite_colour", 8.into(), "not_a_choice"),
        ("favourite_colour", Value::Other, "not_a_choice"),
        ("shoe_size", "large".into(), "not_a_number"),
        ("shoe_size", "1.".into(), "not_a_number"),
        ("shoe_size", Value::Other, "not_a_number"),
        ("joined", "yesterday".into(), "not_a_date"),
        ("joined", 20_200_101.into(), "not_text"),
        ("nickname", 7.into(), "not_text"),
        ("selfie", "base64".into(), "file_expected"),
        ("bank_number", "12-34".into(), "not_a_number"),
    ] {
        assert_eq!(problem(name, value).await, [format!("{name} {code}")]);
    }
    let mut request = PutCustomer::new();
    request.uploads.insert("nickname".to_owned(), file(PNG));
    assert_eq!(refused(request, Some(&known)).await, ["nickname not_a_file_field"]);

    let mut request = put([
        ("favourite_colour", "red"),
        ("shoe_size", "-42.5"),
        ("joined", "2020-01-01"),
        ("nickname", ""),
        ("bank_number", "0123"),
        ("card.expiration_date", "29-11"),
        ("never_asked_for", "anything"),
    ]);
    request.fields.insert("occupation".to_owned(), 251.into());
    request.uploads.insert("selfie".to_owned(), file(PNG));
    sent(request, Some(&known)).await;
}

#[tokio::test]
async fn errors_do_not_show_values() {
    let scripted = Scripted::default();
    let error = session(&scripted)
        .await
        .put_customer(put([("email_address", "secret")]), strictly(None))
        .await
        .unwrap_err();
    assert_eq!(error.field(), Some("email_address"));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[tokio::test]
async fn values_are_checked_against_the_anchors_choices() {
    let known: Customer = serde_json::from_str(
        r#"{"status":"NEEDS_INFO","fields":{"id_type":{"choices":["passport"]}},
            "provided_fields":{"bank_account_type":{"choices":["giro"],"status":"REJECTED"},"city":{}}}"#,
    )
    .unwrap();
    assert_eq!(
        refused(put([("id_type", "id_card")]), Some(&known)).await,
        ["id_type not_a_choice"]
    );
    assert_eq!(
        refused(put([("bank_account_type", "savings")]), Some(&known)).await,
        ["bank_account_type not_a_choice"]
    );
    sent(
        put([("id_type", "passport"), ("bank_account_type", "giro"), ("city", "Roma")]),
        Some(&known),
    )
    .await;
    sent(put([("id_type", "id_card")]), None).await;
}

#[tokio::test]
async fn values_of_the_anchors_own_fields_are_checked_as_it_names_them() {
    let known: Customer = serde_json::from_str(
        r#"{"status":"NEEDS_INFO","fields":{"favourite_colour":{"type":"string","choices":["red"]},
            "since":{"type":"date"},"firstname":{"type":"string"}},
            "provided_fields":{"pet":{"type":"string","choices":["cat"],"status":"REJECTED"}}}"#,
    )
    .unwrap();
    for (name, value, error) in [
        ("favourite_colour", "blue", "favourite_colour not_a_choice"),
        ("pet", "dog", "pet not_a_choice"),
        ("since", "May", "since not_a_date"),
        ("lastName", "Lovelace", "lastName unknown_field"),
    ] {
        assert_eq!(refused(put([(name, value)]), Some(&known)).await, [error]);
    }
    for (name, value) in
        [("favourite_colour", "red"), ("pet", "cat"), ("since", "2020-05-01"), ("firstname", "A")]
    {
        sent(put([(name, value)]), Some(&known)).await;
    }
    assert_eq!(refused(put([("firstname", "A")]), None).await, ["firstname unknown_field"]);
    let mut request = PutCustomer::new();
    request.fields.insert("favourite_colour".to_owned(), Value::Other);
    assert_eq!(refused(request, None).await, ["favourite_colour not_text"]);
}

#[tokio::test]
async fn files_come_last_with_the_type_of_their_bytes() {
    let mut request = assign!(put([("city", "Roma")]), { id: Some("c1".to_owned()) });
    request.uploads.insert("photo_id_front".to_owned(), file(PNG));
    let (scripted, body) = sent(request, None).await;
    assert_eq!(
        scripted.last_header("Content-Type").as_deref(),
        Some("multipart/form-data; boundary=windlass-part-0")
    );
    let expected = concat!(
        "--windlass-part-0\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nc1\r\n",
        "--windlass-part-0\r\nContent-Disposition: form-data; name=\"city\"\r\n\r\nRoma\r\n",
        "--windlass-part-0\r\nContent-Disposition: form-data; name=\"photo_id_front\"; filename=\"my %22id%22.png\"\r\n",
        "Content-Type: image/png\r\n\r\n",
    );
    assert!(body.starts_with(expected), "{body}");
    assert!(body.ends_with(" rest\r\n--windlass-part-0--\r\n"), "{body}");
}

#[tokio::test]
async fn file_of_an_unknown_field_keeps_its_declared_type() {
    let mut request = PutCustomer::new();
    let upload = Upload {
        file_name: String::new(),
        content_type: "text/csv".to_owned(),
        bytes: b"a,b".to_vec(),
    };
    request.uploads.insert("statement".to_owned(), upload.clone());
    request.uploads.insert(
        "strange".to_owned(),
        Upload { content_type: "x\r\nEvil: 1/1".to_owned(), ..upload },
    );
    let (_, body) = sent(request, None).await;
    assert!(
        body.contains("name=\"statement\"; filename=\"statement\"\r\nContent-Type: text/csv\r\n"),
        "{body}"
    );
    assert!(
        body.contains(
            "name=\"strange\"; filename=\"strange\"\r\nContent-Type: application/octet-stream\r\n"
        ),
        "{body}"
    );
}

#[tokio::test]
async fn old_verification_request_returns_the_customer() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted.push(200, r#"{"id":"c1","status":"ACCEPTED"}"#);
    let codes = [("mobile_number_verification".to_owned(), Value::from("0042"))].into();
    let customer = session.put_verification(&PutVerification::new("c1", codes)).await.unwrap();
    assert_eq!(customer.status, Status::Accepted);
    let (asked, body) = scripted.last();
    assert_eq!(asked, "PUT https://anchor.example.com/kyc/customer/verification");
    assert_eq!(body, r#"{"id":"c1","mobile_number_verification":"0042"}"#);
}

async fn session_of(scripted: &Scripted, account: &Account) -> Session<Scripted> {
    let anchor = discover(scripted, &toml()).await.unwrap();
    anchor.resume(&token(&account.to_string(), NOW + 60)).unwrap()
}

#[tokio::test]
async fn deletion_names_the_account_and_has_a_body_only_for_a_memo() {
    let key = client().public();
    let muxed = Account::Muxed { key, id: 7 };
    for (account, path) in [
        (Account::Key(key), key.to_string()),
        (Account::Shared { key, memo: 7 }, key.to_string()),
        (muxed, muxed.to_string()),
    ] {
        let scripted = Scripted::default();
        let session = session_of(&scripted, &account).await;
        scripted.push(200, "");
        session.delete_customer(DeleteCustomer::default()).await.unwrap();
        assert_eq!(
            scripted.last(),
            (format!("DELETE https://anchor.example.com/kyc/customer/{path}"), String::new())
        );
        assert_eq!(scripted.last_header("Content-Type"), None);
    }
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted
        .push(404, r#"{"error":"nothing is known of this customer","code":"customer_not_found"}"#);
    let request = assign!(DeleteCustomer::default(), { memo: Some("7".into()) });
    let error = session.delete_customer(request).await.unwrap_err();
    assert_eq!(
        (error.code(), scripted.last().1.as_str()),
        (Code::CustomerNotFound, r#"{"memo":"7"}"#)
    );
}

#[tokio::test]
async fn file_is_uploaded_as_the_one_part() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted
        .push(200, r#"{"file_id":"f1","content_type":"image/png","size":13,"customer_id":null}"#);
    let uploaded = session.upload_file(file(PNG)).await.unwrap();
    assert_eq!((uploaded.file_id.as_str(), uploaded.size, uploaded.customer_id), ("f1", 13, None));
    let (asked, body) = scripted.last();
    assert_eq!(asked, "POST https://anchor.example.com/kyc/customer/files");
    assert!(
        body.starts_with(
            "--windlass-part-0\r\nContent-Disposition: form-data; name=\"file\"; filename="
        ),
        "{body}"
    );
}

#[tokio::test]
async fn files_are_listed_by_file_or_by_customer() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    for request in [
        GetFiles::default(),
        assign!(GetFiles::default(), {
            file_id: Some("f".into()),
            customer_id: Some("c".into()),
        }),
    ] {
        assert_eq!(session.files(&request).await.unwrap_err().code(), Code::InvalidRequest);
    }
    assert_eq!(scripted.count(), 1);
    scripted.push(200, r#"{"files":[]}"#);
    let request = GetFiles::of_customer("c 1");
    assert_eq!(session.files(&request).await.unwrap(), []);
    assert_eq!(
        scripted.last().0,
        "GET https://anchor.example.com/kyc/customer/files?customer_id=c%201"
    );
}

#[tokio::test]
async fn callback_is_registered() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted.push(200, "");
    session.put_callback(&PutCallback::new("https://wallet.example/kyc")).await.unwrap();
    let (asked, body) = scripted.last();
    assert_eq!(asked, "PUT https://anchor.example.com/kyc/customer/callback");
    assert_eq!(body, r#"{"url":"https://wallet.example/kyc"}"#);
}

// S12-124
#[tokio::test]
async fn callback_url_is_registered_with_the_receivers_host() {
    for (url, registered) in [
        ("HTTPS://Wallet.Example:443/KYC?a=B", "https://wallet.example/KYC?a=B"),
        ("https://wallet.example:443", "https://wallet.example"),
        ("https://wallet.example:8443/kyc", "https://wallet.example:8443/kyc"),
        ("https://[2001:db8::443]/kyc", "https://[2001:db8::443]/kyc"),
        ("http://localhost:80/kyc", "http://localhost/kyc"),
        ("http://localhost:443/kyc", "http://localhost:443/kyc"),
        ("ftp://Wallet.Example/", "ftp://Wallet.Example/"),
    ] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        scripted.push(200, "");
        session.put_callback(&PutCallback::new(url)).await.unwrap();
        assert_eq!(scripted.last().1, format!(r#"{{"url":"{registered}"}}"#));
    }
}

// S12-73: neither tells the customer's status.
#[tokio::test]
async fn registration_may_be_answered_200_or_202() {
    for status in [200, 202] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        scripted.push(status, r#"{"id":"c1"}"#);
        let created = session.put_customer(put([("city", "Roma")]), None).await.unwrap();
        assert_eq!(created.id, "c1");
    }
}

#[tokio::test]
async fn missing_kyc_server_is_an_error_before_any_request() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, "VERSION = '2.7.0'").await.unwrap();
    let session = anchor.resume(&token(&client().public().to_string(), NOW + 60)).unwrap();
    let error = session.customer(&GetCustomer::new()).await.unwrap_err();
    assert_eq!((error.code(), scripted.count()), (Code::NotOffered, 1));
}
