//! Full disks, locked databases, and commands that run at the same time.

use std::time::Duration;

use serde_json::{Value, json};
use windlass_core::account::SecretKey;

use crate::support::{
    PNG,
    connection::{Reply, request},
    fresh_database,
    server::{Server, kyc, start_at_once, upload},
};

fn refusal(reply: &Reply) -> (u16, Value, bool) {
    (reply.status, reply.json()["code"].clone(), reply.retry_after.is_some())
}

async fn health(server: &Server) -> u16 {
    // The result of a check is used for a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    server.ask(&request("GET", "/health", &[], b"")).await.unwrap().status
}

// A limit on the size of files stands in for a full disk: each write fails.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn full_disk_is_answered_with_503_and_forgotten_when_there_is_space() {
    let server = Server::start(&[]).await;
    let token = server.sign_in(&SecretKey::from_seed(&[7; 32])).await;
    let put = |name: &str| kyc("PUT", "/customer", &token, &json!({ "first_name": name }));
    let get = kyc("GET", "/customer", &token, &Value::Null);
    assert_eq!(server.ask(&put("Ada")).await.unwrap().status, 202);

    server.limit_files(Some(0));
    let unavailable = (503, json!("unavailable"), true);
    for n in 0..10 {
        assert_eq!(refusal(&server.ask(&upload(&token, PNG)).await.unwrap()), unavailable, "{n}");
    }
    if server.has_file() {
        for n in 0..10 {
            let reply = server.ask(&put(&format!("Ada {n}"))).await.unwrap();
            assert_eq!(refusal(&reply), unavailable, "{n}");
        }
        assert_eq!(health(&server).await, 503);
    }

    server.limit_files(None);
    for n in 0..10 {
        let reply = server.ask(&put(&format!("Ada {n}"))).await.unwrap();
        assert_eq!(reply.status, 202, "{}", reply.text());
        assert_eq!(server.ask(&get).await.unwrap().status, 200);
    }
    assert_eq!(server.ask(&upload(&token, PNG)).await.unwrap().status, 200);
    assert_eq!(health(&server).await, 200);
}

#[tokio::test]
async fn first_starts_at_the_same_time_share_the_folder() {
    let (folder, database) = (tempfile::tempdir().unwrap(), fresh_database().await);
    let servers = start_at_once(4, &folder.path().join("data"), &database.url);
    assert_eq!(servers.len(), 4);
    for mut server in servers {
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

#[tokio::test]
async fn rotations_at_the_same_time_lose_no_key() {
    let server = Server::start(&[]).await;
    for n in 1..=30 {
        let token = server.sign_in(&SecretKey::from_seed(&[n; 32])).await;
        let put = kyc("PUT", "/customer", &token, &json!({"first_name": "Ada"}));
        assert_eq!(server.ask(&put).await.unwrap().status, 202);
    }
    let rotations: Vec<_> = (0..6).map(|_| server.command(&["keys", "rotate"])).collect();
    let mut done = 0;
    for rotation in rotations {
        let output = rotation.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        match output.status.success() {
            true => done += 1,
            false => {
                assert!(errors.contains("another `windlass keys rotate` is running"), "{errors}");
            }
        }
    }
    assert!(done >= 1);
    let list = server.command(&["keys", "list"]).wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&list.stdout);
    assert!(list.status.success() && !text.contains("MISSING"), "{text}");
    for n in 1..=30 {
        let token = server.sign_in(&SecretKey::from_seed(&[n; 32])).await;
        let reply = server.ask(&kyc("GET", "/customer", &token, &Value::Null)).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}
