//! Rotation of the data key while the server runs.

use std::{
    collections::BTreeMap,
    process::Command,
    sync::{Arc, Mutex},
};

use serde_json::json;
use windlass_anchor::{
    Anchor, Config,
    clock::system_random,
    config::{DataKey, Secrets},
    database::Database,
    kyc::KEY_TABLES,
    rotation::{Progress, Rotation},
    vault::Vault,
};

use crate::support::{Files, JPEG, PNG, Part, SMALL, Service, fresh_database, g, service};

/// The expected numbers of customers' and uploads' keys under one master key.
fn rows(customers: u64, uploads: u64) -> BTreeMap<&'static str, u64> {
    [("customer", customers), ("file", uploads)].into()
}

type Keys = Vec<(String, [u8; 32])>;

fn keys(ids: &[&str]) -> Keys {
    let key = |id: &&str| ((*id).to_owned(), [id.as_bytes()[0]; 32]);
    ids.iter().map(key).collect()
}

async fn with_vault(url: &str, files: Files, vault: Vault) -> Service {
    Service::with_vault(url, SMALL, files, vault).await
}

fn rotation(service: &Service, ids: &[&str]) -> Rotation {
    let vault = Vault::new(&keys(ids)).unwrap();
    Rotation::new(service.database.clone(), vault, system_random(), KEY_TABLES)
}

/// A server, and a handle that changes its master keys.
async fn changing(url: &str, files: Files) -> (Service, Arc<Mutex<Option<Keys>>>) {
    let switch = Arc::new(Mutex::new(None));
    let next = Arc::clone(&switch);
    let vault = Vault::following(&keys(&["old"]), move || next.lock().unwrap().take()).unwrap();
    (with_vault(url, files, vault).await, switch)
}

#[tokio::test]
async fn rotation_works_while_the_server_runs() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let files = || Files::Folder(folder.path().to_owned());
    let (service, switch) = changing(&fresh.url, files()).await;
    for n in 1..=30_u64 {
        service.wallet(&format!("{}:{n}", g(1))).put(json!({"first_name": "Ada"})).await.id();
    }
    let wallet = service.wallet(&g(2));
    wallet
        .put_parts(&[Part::Text("first_name", "Bob"), Part::File("photo_id_front", PNG)])
        .await
        .id();
    let upload = wallet.upload(JPEG).await.ok()["file_id"].as_str().unwrap().to_owned();
    let rotation = rotation(&service, &["new", "old"]);
    let census = rotation.census().await.unwrap();
    assert_eq!(census["old"], rows(31, 1));

    *switch.lock().unwrap() = Some(keys(&["new", "old"]));
    let work = async {
        for n in 1..=30_u64 {
            let user = service.wallet(&format!("{}:{n}", g(1)));
            user.put(json!({"first_name": "Ada", "city": "Roma"})).await.id();
            service.wallet(&format!("{}:{n}", g(3))).put(json!({"city": "Roma"})).await.id();
        }
    };
    let (rotated, ()) = tokio::join!(rotation.run(|_| {}), work);
    assert_eq!(rotated.unwrap(), Progress { done: 32, unreadable: vec![] });
    let census = rotation.census().await.unwrap();
    assert_eq!(census.keys().collect::<Vec<_>>(), ["new"]);
    assert_eq!(census["new"], rows(61, 1));
    service.database.close().await;

    // The old key is not needed any more.
    let vault = Vault::new(&keys(&["new"])).unwrap();
    let service = with_vault(&fresh.url, files(), vault).await;
    let wallet = service.wallet(&g(2));
    let before = service.everything().await;
    let same = [Part::Text("first_name", "Bob"), Part::File("photo_id_front", PNG)];
    wallet.put_parts(&same).await.id();
    assert_eq!(service.everything().await, before, "values and files are read as before");
    wallet.put(json!({"photo_id_back_file_id": upload})).await.id();
    service.database.close().await;
}

#[tokio::test]
async fn interrupted_rotation_resumes_where_it_stopped() {
    let service = service().await;
    for n in 1..=250_u64 {
        service.wallet(&format!("{}:{n}", g(1))).put(json!({})).await.id();
    }
    let vault = [("new".to_owned(), [2; 32]), ("test".to_owned(), [1; 32])];
    let vault = Vault::new(&vault).unwrap();
    let rotation = Rotation::new(service.database.clone(), vault, system_random(), KEY_TABLES);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let (mut stop, mut told) = (Some(stop), Vec::new());
    let run = rotation.run(|progress| {
        told.push(progress.done);
        if let Some(stop) = stop.take() {
            stop.send(()).unwrap();
        }
    });
    tokio::select! {
        biased;
        _ = stopped => {}
        _ = run => panic!("it was to be interrupted"),
    }
    assert_eq!(told, [100], "in batches");
    let census = rotation.census().await.unwrap();
    assert_eq!((census["new"]["customer"], census["test"]["customer"]), (100, 150));
    assert_eq!(rotation.run(|_| {}).await.unwrap().done, 150);
    assert_eq!(rotation.run(|_| {}).await.unwrap().done, 0);
    assert_eq!(rotation.census().await.unwrap()["new"]["customer"], 250);
}

#[tokio::test]
async fn keys_that_cannot_be_unwrapped_are_reported_and_not_changed() {
    let fresh = fresh_database().await;
    let (service, _) = changing(&fresh.url, Files::Memory).await;
    let lost = service.wallet(&g(1)).put(json!({})).await.id();
    let found = service.wallet(&g(2)).put(json!({})).await.id();
    let lose = sqlx::query("update customer set key_id = 'lost' where id = $1").bind(&lost);
    lose.execute(service.database.writes()).await.unwrap();
    let rotation = rotation(&service, &["new", "old"]);
    let progress = rotation.run(|_| {}).await.unwrap();
    assert_eq!(progress, Progress { done: 1, unreadable: vec![lost] });
    let kept: String = sqlx::query_scalar("select key_id from customer where id = $1")
        .bind(found)
        .fetch_one(service.database.reads())
        .await
        .unwrap();
    assert_eq!(kept, "new");
    service.database.close().await;
}

/// Runs `windlass keys` on a data folder.
fn windlass(action: &str, folder: &std::path::Path, database: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_windlass"))
        .args(["keys", action, "--data"])
        .arg(folder)
        .env("WINDLASS_DATABASE_URL", database)
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rotate_command_changes_the_key_of_a_running_server() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let config = Config {
        data_dir: folder.path().to_owned(),
        database_url: Some(fresh.url.clone()),
        ..Config::default()
    };
    let first = Secrets::in_folder(folder.path(), &system_random()).unwrap();
    let old = first.data_keys[0].id.clone();
    let watch = windlass_anchor::config::Watch::new(folder.path());
    let vault = Vault::following(&first.vault_keys(), move || watch.data_keys()).unwrap();
    let service = with_vault(&fresh.url, Files::Memory, vault).await;
    service.wallet(&g(1)).put(json!({"first_name": "Ada"})).await.id();
    service.wallet(&g(1)).upload(PNG).await.ok();

    let (good, shown) = windlass("rotate", folder.path(), &fresh.url);
    assert!(good && shown.contains("Done: 2 keys."), "{shown}");
    let second = Secrets::in_folder(folder.path(), &system_random()).unwrap();
    let new = second.data_keys[0].id.clone();
    assert!(new != old && second.data_keys[1].id == old);
    // The server uses the new key without a restart.
    service.wallet(&g(2)).put(json!({"first_name": "Bob"})).await.id();
    service.wallet(&g(1)).put(json!({"first_name": "Eve"})).await.id();
    let (good, shown) = windlass("list", folder.path(), &fresh.url);
    let lines: Vec<Vec<&str>> =
        shown.lines().map(|line| line.split_whitespace().take(4).collect()).collect();
    assert!(good && lines[1] == [new.as_str(), "2", "1", "encrypts"], "{shown}");
    assert_eq!(lines[2][..3], [old.as_str(), "0", "0"], "{shown}");

    // The command prints no secret, and the server starts again.
    for key in &second.data_keys {
        let toml = key.to_toml();
        let secret = toml.split('"').nth(3).unwrap();
        assert!(!shown.contains(secret));
    }
    service.database.close().await;
    let anchor = Anchor::builder(config)
        .ledger(Arc::new(
            windlass_anchor::ledger::Horizon::new("http://localhost:1".parse().unwrap()).unwrap(),
        ))
        .notifier(Arc::new(crate::support::Inbox::default()))
        .open()
        .await
        .unwrap();
    anchor.close().await;
}

#[tokio::test]
async fn rotate_command_prints_instructions_if_secrets_are_in_the_configuration() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    Database::connect(&fresh.url).await.unwrap().close().await;
    let secrets = Secrets::in_folder(folder.path(), &system_random()).unwrap();
    let text = std::fs::read_to_string(folder.path().join("secrets.toml")).unwrap();
    let config = folder.path().join("windlass.toml");
    std::fs::write(&config, format!("[secrets]\n{text}")).unwrap();
    std::fs::remove_file(folder.path().join("secrets.toml")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_windlass"))
        .args(["keys", "rotate", "--config"])
        .arg(&config)
        .env("WINDLASS_DATABASE_URL", &fresh.url)
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && shown.contains(&secrets.data_keys[0].id), "{shown}");
    let entry = shown.lines().find(|line| line.contains("secret =")).unwrap();
    let key: DataKey = toml::from_str::<toml::Table>(&format!("key = {entry}")).unwrap()["key"]
        .clone()
        .try_into()
        .unwrap();
    assert!(key.id != secrets.data_keys[0].id);
    assert!(!folder.path().join("secrets.toml").exists());
}
