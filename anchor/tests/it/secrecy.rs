//! The log at its most verbose level contains no customer value, token, code or key.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use serde_json::{Value, json};
use windlass_core::account::SecretKey;

use crate::support::{
    MULTIPART, PNG, Part,
    connection::{Reply, request},
    logs, multipart,
    server::{Server, kyc, post_challenge, upload},
};

const NAME: &str = "Zacharias-Adalbert";
const FAMILY: &str = "Quintenfels";
const MAIL: &str = "zacharias.adalbert@quintenfels.example";
const PHONE: &str = "+441632960987";
const BIRTH: &str = "1931-07-23";
const STREET: &str = "Zum Hohlen Baum 77";
const ID_NUMBER: &str = "QX998877665";
const CALLBACK: &str = "https://hooks.quintenfels.example/kyc?secret=quintessence";

/// A secret, and its encodings in text.
fn disguises(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let encoded = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    vec![
        secret.to_owned(),
        BASE64.encode(bytes),
        BASE64URL_NOPAD.encode(bytes),
        HEXLOWER.encode(bytes),
        HEXUPPER.encode(bytes),
        bytes.iter().map(encoded).collect(),
        // As a list of numbers, which is how `Debug` prints bytes.
        format!("{bytes:?}").trim_matches(['[', ']']).to_owned(),
    ]
}

async fn ask(server: &Server, request: Vec<u8>) -> Reply {
    server.ask(&request).await.unwrap()
}

fn put(token: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", media_type)];
    request("PUT", "/kyc/customer", &headers, body)
}

fn fields() -> Value {
    json!({
        "first_name": NAME,
        "last_name": FAMILY,
        "email_address": MAIL,
        "mobile_number": PHONE,
        "birth_date": BIRTH,
        "address": STREET,
        "id_number": ID_NUMBER,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn most_verbose_log_contains_no_secret() {
    let server = Server::start(&[("WINDLASS_LOG", "trace")]).await;
    let key = SecretKey::from_seed(&[201; 32]);
    let signed = server.signed_challenge(&key).await;
    let token = ask(&server, post_challenge(&signed)).await.json()["token"].clone();
    let token = token.as_str().unwrap();
    // A used challenge, and one with a wrong signature.
    assert_eq!(ask(&server, post_challenge(&signed)).await.status, 400);
    let forged = format!("{}x", &token[..token.len() - 1]);
    assert_eq!(ask(&server, kyc("GET", "/customer", &forged, &Value::Null)).await.status, 401);

    // Each encoding, with an accepted and a refused request.
    let reply = ask(&server, kyc("PUT", "/customer", token, &fields())).await;
    assert_eq!(reply.status, 202, "{}", reply.text());
    let id = reply.json()["id"].as_str().unwrap().to_owned();
    let form = format!("last_name={FAMILY}&address=Zum+Hohlen+Baum+77&id_number={ID_NUMBER}");
    let form_type = "application/x-www-form-urlencoded";
    assert_eq!(ask(&server, put(token, form_type, form.as_bytes())).await.status, 202);
    let parts = [Part::Text("last_name", FAMILY), Part::File("photo_id_front", PNG)];
    assert_eq!(ask(&server, put(token, MULTIPART, &multipart(&parts))).await.status, 202);
    let file = ask(&server, upload(token, PNG)).await.json()["file_id"].clone();
    let attach = json!({"photo_id_back_file_id": file});
    assert_eq!(ask(&server, kyc("PUT", "/customer", token, &attach)).await.status, 202);
    let whole = fields().to_string();
    let twice = format!("{{\"first_name\":\"{NAME}\",\"first_name\":\"{NAME}\"}}");
    let misplaced = format!("{{\"{MAIL}\":\"{PHONE}\",\"memo\":[\"{NAME}\"]}}");
    let wrong = json!({"birth_date": NAME, "mobile_number": STREET, "email_address": ID_NUMBER});
    let cut = multipart(&parts);
    for (media_type, body) in [
        ("application/json", whole.as_bytes()[..whole.len() - 3].to_vec()),
        ("application/json", twice.into_bytes()),
        ("application/json", misplaced.into_bytes()),
        ("application/json", wrong.to_string().into_bytes()),
        (form_type, format!("{MAIL}={PHONE}&first_name=%zz{NAME}").into_bytes()),
        (MULTIPART, cut[..cut.len() - 20].to_vec()),
        (MULTIPART, multipart(&[Part::File("photo_id_front", STREET.as_bytes())])),
        (MULTIPART, multipart(&[Part::File("first_name", NAME.as_bytes())])),
        ("text/plain", whole.clone().into_bytes()),
    ] {
        let reply = ask(&server, put(token, media_type, &body)).await;
        assert!((400..500).contains(&reply.status), "{}", reply.text());
    }
    // A value in the query, where a client may put it by mistake.
    let query = format!("/customer?first_name={NAME}&email_address={MAIL}&type={FAMILY}");
    assert_eq!(ask(&server, kyc("GET", &query, token, &Value::Null)).await.status, 400);
    let path = format!("/customer/{NAME}");
    assert_eq!(ask(&server, kyc("DELETE", &path, token, &Value::Null)).await.status, 400);

    // Wrong and right codes, at both endpoints.
    let code = server.code_for(PHONE).await;
    let wrong_code = if code == "135790" { "135791" } else { "135790" };
    let verify = |code: &str| json!({"id": id, "mobile_number_verification": code});
    let try_code = kyc("PUT", "/customer/verification", token, &verify(wrong_code));
    assert_eq!(ask(&server, try_code).await.status, 400);
    let reply = ask(&server, kyc("PUT", "/customer/verification", token, &verify(&code))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());

    let callback = json!({"id": id, "url": CALLBACK});
    ask(&server, kyc("PUT", "/customer/callback", token, &callback)).await;
    assert_eq!(ask(&server, kyc("GET", "/customer", token, &Value::Null)).await.status, 200);
    let list = format!("/customer/files?customer_id={id}");
    assert_eq!(ask(&server, kyc("GET", &list, token, &Value::Null)).await.status, 200);
    let own = format!("/customer/{}", key.public());
    assert_eq!(ask(&server, kyc("DELETE", &own, token, &Value::Null)).await.status, 200);

    let log = std::fs::read_to_string(logs::file("server")).unwrap();
    for there in ["TRACE", "/kyc/customer", "PUT", "insert into customer"] {
        assert!(log.contains(there), "the log is not all there: {there}");
    }
    let secrets = std::fs::read_to_string(server.folder().join("secrets.toml")).unwrap();
    let keys: Vec<&str> =
        secrets.split('"').skip(1).step_by(2).filter(|text| text.len() > 40).collect();
    assert_eq!(keys.len(), 3, "a seed, a session key and a data key");
    let values = [NAME, FAMILY, MAIL, PHONE, BIRTH, STREET, ID_NUMBER, CALLBACK, "quintessence"];
    let own = [token, forged.as_str(), signed.as_str(), "a photo of an ID"];
    for secret in values.into_iter().chain(own).chain(keys) {
        for disguise in disguises(secret) {
            let line = log.lines().find(|line| line.contains(&disguise));
            assert_eq!(line, None, "{secret} is in the log");
        }
    }
    // Six digits may occur by chance, for example in a time, so this searches for whole words.
    for code in [code.as_str(), wrong_code] {
        let word = |line: &&str| {
            line.match_indices(code).any(|(at, _)| {
                let around = [line[..at].chars().next_back(), line[at + 6..].chars().next()];
                !around.iter().flatten().any(|c| c.is_alphanumeric() || ".:-".contains(*c))
            })
        };
        assert_eq!(log.lines().find(word), None, "{code} is in the log");
    }
}
