//! Concurrent requests.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    task::Poll,
};

use serde_json::json;
use tokio::task::JoinSet;
use windlass_anchor::database::StoreError;

use crate::support::{Answer, SMALL, Service, fresh_database, g, service};

/// Polls all requests together.
pub(crate) async fn join_all<F: Future<Output = Answer>>(requests: Vec<F>) -> Vec<Answer> {
    let mut requests: Vec<_> =
        requests.into_iter().map(|request| (Box::pin(request), None)).collect();
    std::future::poll_fn(|cx| {
        let mut pending = false;
        for (request, answer) in &mut requests {
            if answer.is_none() {
                match request.as_mut().poll(cx) {
                    Poll::Ready(ready) => *answer = Some(ready),
                    Poll::Pending => pending = true,
                }
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    requests.into_iter().map(|(_, answer)| answer.unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_first_puts_create_one_customer() {
    let fresh = fresh_database().await;
    // Two replicas over one database.
    let (one, two) =
        (Service::over(&fresh.url, SMALL).await, Service::over(&fresh.url, SMALL).await);
    let mut puts = JoinSet::new();
    for n in 0..10 {
        let service = if n % 2 == 0 { &one } else { &two };
        let (router, token) = (service.router.clone(), service.wallet(&g(1)).token);
        puts.spawn(async move {
            let wallet = crate::support::Wallet { router: &router, token };
            wallet.put(json!({"first_name": "Ada", "mobile_number": "+441632960001"})).await.id()
        });
    }
    let mut ids = puts.join_all().await;
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(one.mail().await.len() + two.mail().await.len(), 1, "one code");
    one.database.close().await;
    two.database.close().await;
}

#[tokio::test]
async fn concurrent_requests_of_different_users_stay_separate() {
    let service = service().await;
    let wallets: Vec<_> = (0..10).map(|n| service.wallet(&format!("{}:{n}", g(1)))).collect();
    let puts = wallets
        .iter()
        .enumerate()
        .map(|(n, wallet)| wallet.put(json!({"first_name": format!("User {n}")})));
    let mut ids: Vec<_> = join_all(puts.collect()).await.into_iter().map(Answer::id).collect();
    for (wallet, id) in wallets.iter().zip(&ids) {
        assert_eq!(wallet.get("").await.ok()["id"], id.as_str());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10);
}

#[tokio::test]
async fn concurrent_puts_and_deletes_leave_all_or_nothing() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let account = g(1);
    for n in 0..10 {
        let (put, delete) = tokio::join!(
            wallet.put(json!({"first_name": "Ada", "mobile_number": format!("+44163296000{n}")})),
            wallet.delete(&account)
        );
        let id = put.id();
        let mut rows = service.everything().await;
        rows.retain(|row| !row.starts_with("sent_code: "));
        if delete.status.is_success() {
            assert!(rows.is_empty(), "{rows:?}");
        } else {
            assert_eq!(rows.len(), 5, "customer, two fields, code and message of {id}: {rows:?}");
            wallet.delete(&account).await.ok();
        }
    }
}

#[tokio::test]
async fn a_cancelled_transaction_is_rolled_back() {
    let fresh = fresh_database().await;
    let (one, two) =
        (Service::over(&fresh.url, SMALL).await, Service::over(&fresh.url, SMALL).await);
    let mut written = 0_i64;
    for n in 0..20_u32 {
        // Cancelled during BEGIN, or shortly after.
        let begun = AtomicBool::new(false);
        let mut write = Box::pin(one.database.write("test", |tx| {
            begun.store(true, Ordering::Relaxed);
            async move {
                std::future::pending::<()>().await;
                Ok::<_, StoreError>((tx, ()))
            }
        }));
        let mut left = n % 4;
        std::future::poll_fn(|cx| {
            let _pending = write.as_mut().poll(cx);
            if begun.load(Ordering::Relaxed) || left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            Poll::Pending
        })
        .await;
        drop(write);
        let pool = one.database.writes();
        while pool.num_idle() < usize::try_from(pool.size()).unwrap() {
            tokio::task::yield_now().await;
        }
        // Uses every connection: the pool takes the one that has been idle for longest.
        for _ in 0..pool.size().max(1) {
            let insert = sqlx::query("insert into challenge (hash, expires_at) values ($1, 1)");
            insert.bind(written.to_string()).execute(pool).await.unwrap();
            written += 1;
        }
        let seen = sqlx::query_scalar("select count(*) from challenge");
        let seen: i64 = seen.fetch_one(two.database.reads()).await.unwrap();
        assert_eq!(seen, written, "a connection is still in the transaction");
    }
    one.database.close().await;
    two.database.close().await;
}
