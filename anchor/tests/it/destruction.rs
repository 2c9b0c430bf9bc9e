//! After `DELETE`, no byte of a customer's data is readable, and no key that could decrypt it is
//! left.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use serde_json::json;
use windlass_anchor::kyc::Decision;

use crate::support::{Files, LIMITS, PNG, Part, SMALL, Service, fresh_database, g};

const NAME: &str = "Adalbert Maximilian";
const PHONE: &str = "+441632960001";
const BIRTH: &str = "1980-01-31";
const CALLBACK: &str = "http://127.0.0.1:9/told/about/adalbert";
const REASON: &str = "Lübeck is not where Adalbert lives";

/// The bytes of a secret, and its encodings in text.
fn disguises(secret: &[u8]) -> Vec<Vec<u8>> {
    let texts = [BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER];
    let texts = texts.iter().map(|encoding| encoding.encode(secret).into_bytes());
    std::iter::once(secret.to_vec()).chain(texts).collect()
}

fn holds(haystack: &[u8], secret: &[u8]) -> bool {
    disguises(secret)
        .iter()
        .any(|needle| haystack.windows(needle.len()).any(|window| window == needle.as_slice()))
}

/// All encrypted values in the database, as stored.
async fn sealed(service: &Service) -> Vec<Vec<u8>> {
    let mut sealed = Vec::new();
    for select in [
        "select wrapped_key from customer",
        "select wrapped_key from file",
        "select digest from file",
        "select value from field where value is not null",
        "select error from field where error is not null",
        "select sealed from code",
        "select payload from outbox",
        "select message from decision where message is not null",
        "select url from callback",
    ] {
        let found: Vec<Vec<u8>> =
            sqlx::query_scalar(select).fetch_all(service.database.reads()).await.unwrap();
        assert!(!found.is_empty() && found.iter().all(|bytes| bytes.len() > 32), "{select}");
        sealed.extend(found);
    }
    sealed
}

// S12-103: no file, log or table contains values, files, codes or keys: before the deletion not
// unencrypted, and after it not at all.
#[tokio::test]
async fn data_of_deleted_customers_is_destroyed_and_was_never_unencrypted() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let files = Files::Folder(folder.path().to_owned());
    let service = Service::with(&fresh.url, SMALL, files, LIMITS).await;
    let wallet = service.wallet(&g(1));
    let everything = async || {
        let mut bytes = service.every_byte(&fresh.url).await;
        for file in std::fs::read_dir(folder.path()).unwrap() {
            bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
        }
        bytes
    };

    // The data of another customer stays, so that the search has something to find.
    let other = service.wallet(&g(2));
    other
        .put_parts(&[Part::Text("first_name", "Bob"), Part::File("photo_id_back", PNG)])
        .await
        .id();
    let others: Vec<Vec<u8>> = sqlx::query_scalar("select wrapped_key from customer")
        .fetch_all(service.database.reads())
        .await
        .unwrap();

    let upload = wallet.upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    wallet.upload(PNG).await.ok();
    let parts = [
        Part::Text("first_name", "Somebody Else"),
        Part::Text("city", "Roma"),
        Part::Text("birth_date", BIRTH),
        Part::Text("mobile_number", PHONE),
        Part::Text("photo_id_front_file_id", &upload),
        Part::File("photo_id_back", PNG),
    ];
    let id = wallet.put_parts(&parts).await.id();
    wallet.callback(json!({"url": CALLBACK})).await.ok();
    wallet.put(json!({"first_name": NAME})).await.id();
    let decision = Decision::RejectField { field: "city".to_owned(), error: REASON.to_owned() };
    service.kyc.decide(&id, "big", decision).await.unwrap();
    let decision = Decision::Reject { message: REASON.to_owned() };
    service.kyc.decide(&id, "manual", decision).await.unwrap();
    let sealed = sealed(&service).await;
    let code = service.code().await;
    let sentence = format!("Your confirmation code is {code}");
    wallet.put(json!({"mobile_number_verification": code})).await.id();

    let plain =
        [NAME, PHONE, BIRTH, REASON, CALLBACK, &sentence, "Somebody Else", "a photo of an ID"];
    let before = everything().await;
    for secret in plain {
        assert!(!holds(&before, secret.as_bytes()), "{secret} is readable");
    }
    let there = sealed.iter().filter(|secret| holds(&before, secret)).count();
    assert!(there + 3 >= sealed.len(), "only {there} of {} are found", sealed.len());

    wallet.delete(&g(1)).await.ok();
    let after = everything().await;
    for secret in plain {
        assert!(!holds(&after, secret.as_bytes()), "{secret} is readable");
    }
    let mut left: Vec<_> = sealed.iter().filter(|secret| holds(&after, secret)).collect();
    left.retain(|left| !others.contains(left));
    // The other customer's name, and the key and digest of its file.
    assert!(left.len() <= 3, "{} of {} are left", left.len(), sealed.len());
    assert!(others.iter().all(|key| holds(&after, key)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    service.database.close().await;
}

// S12-103: without the key, the data in backups cannot be decrypted.
#[tokio::test]
async fn restored_file_of_a_deleted_customer_cannot_be_decrypted() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let files = Files::Folder(folder.path().to_owned());
    let service = Service::with(&fresh.url, SMALL, files, LIMITS).await;
    let wallet = service.wallet(&g(1));
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    let name = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let backup = std::fs::read(&name).unwrap();
    let wrapped: Vec<u8> = sqlx::query_scalar("select wrapped_key from file")
        .fetch_one(service.database.reads())
        .await
        .unwrap();
    wallet.delete(&g(1)).await.ok();
    std::fs::write(&name, &backup).unwrap();
    // A new customer of the same account has a new key, which cannot unwrap what the old key
    // wrapped.
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    let restore = sqlx::query("update file set wrapped_key = $1").bind(wrapped);
    restore.execute(service.database.writes()).await.unwrap();
    let answer = wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await;
    assert_eq!(answer.refusal(), (500, "internal"));
    service.database.close().await;
}
