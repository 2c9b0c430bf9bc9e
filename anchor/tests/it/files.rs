//! Files (table E).

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use windlass_anchor::storage::StorageConfig;

use crate::support::{
    Answer, Files, JPEG, LIMITS, MULTIPART, PDF, PNG, Part, SMALL, Service, Wallet, fresh_database,
    g, m, multipart, service,
};

async fn upload(wallet: &Wallet<'_>, bytes: &[u8]) -> String {
    wallet.upload(bytes).await.ok()["file_id"].as_str().unwrap().to_owned()
}

fn ids(answer: Answer) -> Vec<String> {
    answer.ok()["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file_id"].as_str().unwrap().to_owned())
        .collect()
}

// S12-110, S12-111, S12-114, S12-115, S12-116
#[tokio::test]
async fn uploaded_file_becomes_the_value_of_a_field() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let answer = wallet.upload(PNG).await;
    assert_eq!(answer.status, StatusCode::OK);
    let file = answer.body;
    let expected = json!({
        "file_id": file["file_id"],
        "content_type": "image/png",
        "size": PNG.len(),
        "expires_at": "2026-01-03T03:04:05Z",
    });
    assert_eq!(file, expected);
    let file_id = file["file_id"].as_str().unwrap();

    let id = wallet.put(json!({"type": "big", "photo_id_front_file_id": file_id})).await.id();
    let customer = wallet.get("type=big").await.ok();
    assert_eq!(customer["provided_fields"]["photo_id_front"]["status"], "ACCEPTED");
    let listed = json!({"files": [{"file_id": file_id, "content_type": "image/png", "size": PNG.len(), "customer_id": id}]});
    assert_eq!(wallet.files(&format!("customer_id={id}")).await.ok(), listed);
    assert_eq!(wallet.files(&format!("file_id={file_id}")).await.ok(), listed);

    let before = service.everything().await;
    wallet.put(json!({"type": "big", "photo_id_front_file_id": file_id})).await.id();
    assert_eq!(service.everything().await, before, "the same again changes nothing");
    service.wait(100_000);
    service.housekeep().await;
    assert_eq!(
        ids(wallet.files(&format!("customer_id={id}")).await),
        [file_id],
        "it does not expire any more"
    );
}

// S12-10, S12-112, S12-113, S09-17
#[tokio::test]
async fn invalid_uploads_are_refused() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let large: Vec<u8> = PNG.iter().copied().chain(std::iter::repeat_n(0, 10_001)).collect();
    let other = multipart(&[Part::File("photo_id_front", PNG)]);
    let two = multipart(&[Part::File("file", PNG), Part::File("other", PNG)]);
    let text = multipart(&[Part::File("file", b"just text")]);
    let none = multipart(&[]);
    for (media_type, body, status) in [
        (MULTIPART, multipart(&[Part::File("file", &large)]), 413),
        (MULTIPART, other, 400),
        (MULTIPART, two, 400),
        (MULTIPART, text, 400),
        (MULTIPART, none, 400),
        ("application/json", b"{}".to_vec(), 400),
        ("text/plain", b"x".to_vec(), 400),
        ("", PNG.to_vec(), 400),
    ] {
        let answer = wallet.send(Method::POST, "/customer/files", media_type, body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body["error"].is_string()),
            (status, true),
            "{answer:?}"
        );
    }
    assert!(service.everything().await.is_empty());
}

// S12-115
#[tokio::test]
async fn requests_can_refer_only_to_own_unexpired_uploads() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let (foreign, used, pdf) = (
        upload(&service.wallet(&g(2)), PNG).await,
        upload(&wallet, PNG).await,
        upload(&wallet, PDF).await,
    );
    let old = upload(&wallet, PNG).await;
    wallet.put(json!({"memo": "9", "photo_id_front_file_id": used})).await.id();
    let user = upload(&service.wallet(&format!("{}:7", g(1))), PNG).await;
    let above = upload(&wallet, PNG).await;

    let refusal = async |subject: &str, name: &str, value: Value| {
        let before = service.everything().await;
        let answer = service.wallet(subject).put(json!({"type": "big", name: value})).await;
        assert_eq!(service.everything().await, before);
        (
            answer.status.as_u16(),
            answer.body["code"].as_str().unwrap_or_default().to_owned(),
            answer.body["error"].clone(),
        )
    };
    let name = "photo_id_front_file_id";
    let mut texts = Vec::new();
    for (subject, id) in [
        (g(1), "unknown"),
        (g(1), &foreign),
        (g(1), &used),
        (format!("{}:8", g(1)), &user),
        (format!("{}:7", g(1)), &above),
        (m(1, 8), &user),
    ] {
        let (status, code, text) = refusal(&subject, name, json!(id)).await;
        assert_eq!((status, code.as_str()), (400, "file_not_found"), "{subject} {id}");
        texts.push(text);
    }
    assert!(texts.windows(2).all(|two| two[0] == two[1]), "{texts:?}");
    assert_eq!(refusal(&g(1), name, json!(pdf)).await.1, "invalid_field");
    assert_eq!(refusal(&g(1), name, json!(7)).await.1, "invalid_field");
    let text_field = "first_name_file_id";
    assert_eq!(refusal(&g(1), text_field, json!(above)).await.1, "invalid_field");

    // The plain account may refer to files of its users.
    wallet.put(json!({"memo": "7", "photo_id_front_file_id": user})).await.id();
    service.wait(86_400);
    assert_eq!(refusal(&g(1), name, json!(old)).await.1, "file_not_found");
}

// S12-115
#[tokio::test]
async fn a_file_and_its_id_together_are_refused() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = upload(&wallet, PNG).await;
    let before = service.everything().await;
    let answer = wallet
        .put_parts(&[Part::Text("photo_id_front_file_id", &id), Part::File("photo_id_front", PNG)])
        .await;
    assert_eq!((answer.refusal(), answer.field()), ((400, "invalid_field"), "photo_id_front"));
    assert_eq!(service.everything().await, before);
}

// S12-116, S12-117, S12-118
#[tokio::test]
async fn files_are_listed_only_for_their_owner() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let user = service.wallet(&format!("{}:5", g(1)));
    let loose = upload(&wallet, PNG).await;
    let of_user = upload(&user, JPEG).await;
    let parts = [Part::File("photo_id_front", PNG), Part::File("photo_id_back", JPEG)];
    let id = wallet.put_parts(&parts).await.id();
    let files = ids(wallet.files(&format!("customer_id={id}")).await);
    assert_eq!(files.len(), 2);

    for (wallet, file, seen) in [
        (&wallet, &loose, true),
        (&wallet, &files[0], true),
        (&wallet, &of_user, true),
        (&user, &of_user, true),
        (&user, &loose, false),
        (&user, &files[0], false),
        (&service.wallet(&g(2)), &loose, false),
        (&service.wallet(&g(2)), &files[0], false),
    ] {
        assert_eq!(ids(wallet.files(&format!("file_id={file}")).await).len(), usize::from(seen));
    }
    for query in ["file_id=unknown", "customer_id=unknown"] {
        assert_eq!(wallet.files(query).await.ok(), json!({"files": []}));
    }
    for query in ["", &format!("file_id={loose}&customer_id={id}")] {
        assert_eq!(wallet.files(query).await.refusal(), (400, "invalid_request"));
    }
}

// S12-115: another file replaces the value of a field; the same file again changes nothing.
#[tokio::test]
async fn new_file_replaces_the_old_one() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    let first = ids(wallet.files(&format!("customer_id={id}")).await);
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(
        ids(wallet.files(&format!("customer_id={id}")).await),
        first,
        "the same bytes change nothing"
    );
    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    let second = ids(wallet.files(&format!("customer_id={id}")).await);
    assert!(second.len() == 1 && second != first);
    let third = upload(&wallet, PNG).await;
    wallet.put(json!({"photo_id_front_file_id": third})).await.id();
    assert_eq!(ids(wallet.files(&format!("customer_id={id}")).await), [third.as_str()]);
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(ids(wallet.files(&format!("customer_id={id}")).await), [third]);
}

// S12-111
#[tokio::test]
async fn expired_uploads_are_deleted() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let file = upload(&wallet, PNG).await;
    service.wait(86_399);
    service.housekeep().await;
    assert_eq!(ids(wallet.files(&format!("file_id={file}")).await).len(), 1);
    service.wait(1);
    assert!(ids(wallet.files(&format!("file_id={file}")).await).is_empty());
    service.housekeep().await;
    assert!(service.everything().await.is_empty());
}

// S12-113
#[tokio::test]
async fn number_of_unused_uploads_of_a_customer_is_limited() {
    let service = service().await;
    let one = format!("{}:1", g(1));
    upload(&service.wallet(&one), PNG).await;
    service.wait(1_000);
    for _ in 0..19 {
        upload(&service.wallet(&one), PNG).await;
    }
    let answer = service.wallet(&one).upload(PNG).await;
    assert_eq!(answer.refusal(), (429, "too_many_requests"));
    assert_eq!(answer.headers["retry-after"], "85400", "when the first one expires");
    // Others are not locked out, even with the same account.
    for other in [g(1), format!("{}:2", g(1)), g(2)] {
        upload(&service.wallet(&other), PNG).await;
    }
    service.wait(85_400);
    upload(&service.wallet(&one), PNG).await;
}

#[tokio::test]
async fn uploads_stop_before_the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    for (keep_free, refused) in [(u64::MAX, true), (1, false)] {
        let storage = StorageConfig {
            url: Some(format!("file://{}", folder.path().display()).parse().unwrap()),
            keep_free,
            ..StorageConfig::default()
        };
        let fresh = fresh_database().await;
        let files = Files::Configured(Box::new(storage));
        let service = Service::with(&fresh.url, SMALL, files, LIMITS).await;
        let wallet = service.wallet(&g(1));
        let answer = wallet.upload(PNG).await;
        match refused {
            true => {
                assert_eq!(answer.refusal(), (503, "unavailable"));
                assert!(answer.headers.contains_key("retry-after"));
                assert!(service.everything().await.is_empty());
            }
            false => assert_eq!(answer.status, 200),
        }
        wallet.put(json!({"first_name": "Ada"})).await.id();
        service.database.close().await;
    }
}
