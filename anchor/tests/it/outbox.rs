//! The outbox: no message is lost, no two servers deliver the same one at the same time, and errors
//! contain no personal data.

use serde_json::json;
use tokio::sync::watch;

use crate::support::{SMALL, Service, fresh_database, g, service};

const PHONE: &str = "+441632960001";

async fn rows(service: &Service) -> Vec<String> {
    service.everything().await.into_iter().filter(|row| row.starts_with("outbox")).collect()
}

#[tokio::test]
async fn delivered_messages_are_deleted() {
    let service = service().await;
    service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    assert_eq!(rows(&service).await.len(), 1);
    assert_eq!(service.worker.run_once().await.unwrap(), 1);
    assert_eq!(service.worker.run_once().await.unwrap(), 0);
    assert!(rows(&service).await.is_empty());
    assert_eq!(service.inbox.take().len(), 1);
}

#[tokio::test]
async fn failed_deliveries_are_repeated_with_growing_pauses() {
    let service = service().await;
    service.inbox.refuse(Some("503 while sending to {to}"));
    service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    for pause in [1, 2, 4, 8] {
        assert_eq!(service.worker.run_once().await.unwrap(), 1);
        assert_eq!(service.worker.run_once().await.unwrap(), 0, "not before {pause} s");
        service.wait(pause - 1);
        assert_eq!(service.worker.run_once().await.unwrap(), 0, "not before {pause} s");
        service.wait(1);
    }
    let row = rows(&service).await.remove(0);
    assert!(row.contains("reason=503 while sending to …") && !row.contains(PHONE), "{row}");
    service.inbox.refuse(None);
    assert_eq!(service.mail().await.len(), 1);
    assert!(rows(&service).await.is_empty());
}

#[tokio::test]
async fn expired_messages_are_given_up_and_deleted_later() {
    let service = service().await;
    service.inbox.refuse(Some("out of order"));
    service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    service.worker.run_once().await.unwrap();
    service.wait(600);
    service.inbox.refuse(None);
    assert!(service.mail().await.is_empty(), "a code that has ended is not sent");
    let row = rows(&service).await.remove(0);
    assert!(
        row.contains("state=failed") && row.contains("payload=,") && row.contains("reason=expired"),
        "{row}"
    );
    service.wait(31 * 86_400);
    service.housekeep().await;
    assert!(rows(&service).await.is_empty());
}

#[tokio::test]
async fn messages_survive_a_restart() {
    let fresh = fresh_database().await;
    let first = Service::over(&fresh.url, SMALL).await;
    first.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    first.database.close().await;
    let second = Service::over(&fresh.url, SMALL).await;
    let code = second.code().await;
    second.wallet(&g(1)).put(json!({"mobile_number_verification": code})).await.id();
    second.database.close().await;
}

#[tokio::test]
async fn two_servers_deliver_each_message_once() {
    let fresh = fresh_database().await;
    let (one, two) =
        (Service::over(&fresh.url, SMALL).await, Service::over(&fresh.url, SMALL).await);
    for n in 1..=20 {
        one.wallet(&g(n)).put(json!({"mobile_number": format!("+4416329600{n:02}")})).await.id();
    }
    let (a, b) = tokio::join!(one.worker.run_once(), two.worker.run_once());
    assert_eq!(a.unwrap() + b.unwrap(), 20);
    let mut to: Vec<_> =
        one.inbox.take().into_iter().chain(two.inbox.take()).map(|message| message.to).collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 20);
    assert!(rows(&one).await.is_empty());
    one.database.close().await;
    two.database.close().await;
}

#[tokio::test]
async fn messages_leased_by_a_crashed_server_are_delivered_after_the_lease() {
    let service = service().await;
    service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    let taken = sqlx::query("update outbox set lease_until = $1, attempts = 1");
    taken
        .bind(i64::try_from(crate::support::NOW + 60).unwrap())
        .execute(service.database.writes())
        .await
        .unwrap();
    assert_eq!(service.worker.run_once().await.unwrap(), 0);
    service.wait(60);
    assert_eq!(service.mail().await.len(), 1);
}

#[tokio::test]
async fn messages_stored_while_the_clock_was_ahead_are_delivered() {
    for (column, in_a_year) in [("due_at", 31_000_000), ("lease_until", 31_000_000)] {
        let service = service().await;
        service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
        let ahead = format!("update outbox set {column} = $1");
        sqlx::query(sqlx::AssertSqlSafe(ahead))
            .bind(i64::try_from(crate::support::NOW).unwrap() + in_a_year)
            .execute(service.database.writes())
            .await
            .unwrap();
        assert_eq!(service.mail().await.len(), 1, "{column}");
    }
}

#[tokio::test]
async fn worker_wakes_up_at_once_and_stops_on_request() {
    let service = service().await;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn({
        let worker = service.worker.clone();
        async move { worker.run(stopped).await }
    });
    service.wallet(&g(1)).put(json!({"mobile_number": PHONE})).await.id();
    // The worker would poll only after a longer time.
    let delivered = async {
        while !rows(&service).await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), delivered).await.unwrap();
    assert_eq!(service.inbox.take().len(), 1);
    stop.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(10), worker).await.unwrap().unwrap();
}

#[tokio::test]
async fn housekeeping_stops_on_request_and_without_a_sender() {
    let service = service().await;
    let (stop, stopped) = watch::channel(false);
    stop.send(true).unwrap();
    service.anchor.housekeeping().run(stopped).await;
    let (stop, stopped) = watch::channel(false);
    drop(stop);
    service.anchor.housekeeping().run(stopped).await;
}
