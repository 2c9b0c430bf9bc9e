//! The access log: which actor read which fields of which customer, when, and for what purpose.

use std::process::Command;

use serde_json::json;
use windlass_anchor::{
    clock::system_random,
    config::Secrets,
    kyc::{
        Look,
        access::{Access, Actor, Entry},
    },
    vault::Vault,
};

use crate::support::{Files, NOW, PNG, Part, SMALL, Service, fresh_database, g, m, service};

const LOOK: Look<'_> = Look { operator: "ines", purpose: "review" };

async fn entries(service: &Service, id: &str) -> Vec<Entry> {
    service.kyc.access_log().of_customer(id).await.unwrap()
}

fn entry(at: u64, id: &str, actor: Actor, what: [&str; 2], fields: &[&str]) -> Entry {
    let [route, purpose] = what.map(str::to_owned);
    let fields = fields.iter().map(|name| (*name).to_owned()).collect();
    Entry { at, access: Access { customer_id: id.to_owned(), actor, route, purpose, fields } }
}

#[tokio::test]
async fn every_read_is_logged_with_field_names_and_without_values() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.get("type=big").await.ok();
    let parts = [Part::Text("first_name", "Adalbert"), Part::File("photo_id_front", PNG)];
    let id = wallet.put_parts(&parts).await.id();
    assert!(entries(&service, &id).await.is_empty(), "nothing was read yet");

    wallet.get("type=big").await.ok();
    service.wait(60);
    service.wallet(&g(1)).files(&format!("customer_id={id}")).await.ok();
    service.kyc.show(LOOK, &id).await.unwrap();
    let photo = service.kyc.read_file(LOOK, &id, "photo_id_front").await.unwrap();
    assert_eq!(photo.bytes().await.unwrap(), PNG);
    // Refusals show no data, so they are not logged.
    service.wallet(&g(2)).get(&format!("id={id}")).await.refusal();
    service.wallet(&g(2)).files(&format!("customer_id={id}")).await.ok();
    wallet.get("type=unheard-of").await.refusal();
    service.kyc.show(LOOK, "unknown").await.unwrap_err();
    service.kyc.read_file(LOOK, &id, "photo_id_back").await.unwrap_err();

    let (wallet, ines) = (Actor::Customer(g(1)), Actor::Operator("ines".to_owned()));
    let both = ["given_name", "photo_id_front"];
    let later = NOW + 60;
    let mut found = entries(&service, &id).await;
    found.sort_by(|a, b| (a.at, &a.access.route).cmp(&(b.at, &b.access.route)));
    let expected = [
        entry(NOW, &id, wallet.clone(), ["GET /customer", "status"], &both),
        entry(later, &id, wallet, ["GET /customer/files", "list"], &both[1..]),
        entry(later, &id, ines.clone(), ["file", "review"], &both[1..]),
        entry(later, &id, ines, ["show", "review"], &both),
    ];
    assert_eq!(found, expected);
    let all = String::from_utf8_lossy(&service.every_byte(&service.url).await).into_owned();
    assert!(all.contains("GET /customer") && !all.contains("Adalbert"));
}

#[tokio::test]
async fn operator_sees_values_but_debug_output_does_not() {
    let service = service().await;
    let parts = [Part::Text("first_name", "Adalbert"), Part::File("photo_id_front", PNG)];
    let id = service.wallet(&g(1)).put_parts(&parts).await.id();
    let shown = service.kyc.show(LOOK, &id).await.unwrap();
    assert_eq!(shown.texts["given_name"].as_str(), "Adalbert");
    assert!(shown.files.contains_key("photo_id_front"));
    assert!(!format!("{shown:?}").contains("Adalbert"));
}

// S12-103: only a log entry without personal data remains.
#[tokio::test]
async fn log_of_a_deleted_customer_has_no_account() {
    let service = service().await;
    let wallet = service.wallet(&m(1, 987_654_321));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    wallet.get("").await.ok();
    service.kyc.show(LOOK, &id).await.unwrap();
    wallet.delete(&m(1, 987_654_321)).await.ok();
    let actors: Vec<_> =
        entries(&service, &id).await.into_iter().map(|entry| entry.access.actor).collect();
    assert_eq!(actors.len(), 2);
    assert!(actors.contains(&Actor::Customer(String::new())));
    assert!(actors.contains(&Actor::Operator("ines".to_owned())));
    let all = service.every_byte(&service.url).await;
    for gone in [g(1), m(1, 987_654_321), "987654321".to_owned()] {
        assert!(!String::from_utf8_lossy(&all).contains(&gone), "{gone}");
    }
    service.wait(400 * 86_400 + 1);
    service.housekeep().await;
    assert!(entries(&service, &id).await.is_empty());
}

#[tokio::test]
async fn concurrent_reads_are_logged_before_they_are_answered() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    let readings = (0..300).map(|_| wallet.get(""));
    for answer in futures_util::future::join_all(readings).await {
        answer.ok();
    }
    assert_eq!(entries(&service, &id).await.len(), 300);
    // Cancelling a waiting request does not lose the entries of others.
    let given_up = (0..20).map(async |_| {
        tokio::select! {
            biased;
            _ = wallet.get("") => {}
            () = tokio::task::yield_now() => {}
        }
    });
    let kept = (0..20).map(|_| wallet.get(""));
    let given_up = futures_util::future::join_all(given_up);
    let (_, kept) = tokio::join!(given_up, futures_util::future::join_all(kept));
    for answer in kept {
        answer.ok();
    }
    assert!(entries(&service, &id).await.len() >= 320);
}

#[tokio::test]
async fn data_is_not_shown_if_the_log_cannot_be_written() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    sqlx::query("drop table access").execute(service.database.writes()).await.unwrap();
    assert_eq!(wallet.get("").await.refusal(), (500, "internal"));
    assert!(service.kyc.show(LOOK, &id).await.is_err());
}

fn windlass(args: &[&str], folder: &std::path::Path, database: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_windlass"))
        .args(args)
        .arg("--data")
        .arg(folder)
        .env("WINDLASS_DATABASE_URL", database)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[tokio::test]
async fn commands_show_a_customer_and_its_access_log() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let random = system_random();
    let secrets = Secrets::in_folder(folder.path(), &random).unwrap();
    let vault = Vault::new(&secrets.vault_keys()).unwrap();
    let objects = folder.path().join("files");
    std::fs::create_dir(&objects).unwrap();
    let files = Files::Folder(objects);
    let service = Service::with_vault(&fresh.url, SMALL, files, vault).await;
    let parts = [Part::Text("first_name", "Ada\x1b[2J"), Part::File("photo_id_front", PNG)];
    let refused = service.wallet(&g(1)).put_parts(&parts).await;
    assert_eq!(refused.refusal(), (400, "invalid_field"));
    let parts = [Part::Text("first_name", "Ada"), Part::File("photo_id_front", PNG)];
    let id = service.wallet(&g(1)).put_parts(&parts).await.id();

    let look = ["customers", "show", &id, "--operator", "ines", "--purpose", "ticket 4711"];
    let shown = String::from_utf8(windlass(&look, folder.path(), &fresh.url)).unwrap();
    assert!(shown.contains("given_name: Ada") && shown.contains("--file photo_id_front"));
    let photo = [&look[..], &["--file", "photo_id_front"]].concat();
    assert_eq!(windlass(&photo, folder.path(), &fresh.url), PNG);
    let log = windlass(&["customers", "access-log", &id], folder.path(), &fresh.url);
    let log = String::from_utf8(log).unwrap();
    assert!(
        log.contains("operator ines  show  for ticket 4711: given_name photo_id_front"),
        "{log}"
    );
    assert!(log.contains("operator ines  file  for ticket 4711: photo_id_front"), "{log}");
    assert!(log.contains("2 readings") && !log.contains("Ada"), "{log}");
    service.database.close().await;
}
