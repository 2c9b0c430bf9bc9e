//! Transactions that wait for their customer's KYC: each resumes once when the customer is
//! accepted.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use serde_json::json;
use sqlx::AnyPool;
use tokio::task::JoinSet;
use windlass_anchor::{
    database::{Database, StoreError, Tx},
    hooks::{Caller, HookError},
    kyc::{Decision, Execution, Named, Transactions, WaitingTransaction},
};
use windlass_core::amount::Amount;

use crate::support::{Extras, PNG, Part, SMALL, Service, Wallet, fresh_database, g};

const WAITS: &str = "pending_customer_info_update";
const GOES_ON: &str = "pending_receiver";

/// Transactions in a table of the test, and a list of the executed ones.
#[derive(Clone)]
struct Desk {
    pool: AnyPool,
    executed: Arc<Mutex<Vec<Execution>>>,
    out_of_order: Arc<AtomicBool>,
}

impl Desk {
    async fn open(url: &str) -> Self {
        let pool = Database::connect(url).await.unwrap().writes().clone();
        let create = "create table if not exists desk (id text not null primary key, customer_id text not null,
                          account text not null, kind text not null, amount text not null, status text not null)";
        sqlx::query(create).execute(&pool).await.unwrap();
        Self { pool, executed: Arc::default(), out_of_order: Arc::default() }
    }

    /// Inserts a transaction of account 1 that waits for this customer.
    async fn wait_for(&self, id: &str, customer_id: &str, kind: &str) {
        self.wait_with(id, customer_id, kind, "").await;
    }

    /// Like [`Self::wait_for`], with an amount in dollars.
    async fn wait_with(&self, id: &str, customer_id: &str, kind: &str, amount: &str) {
        let insert = sqlx::query(
            "insert into desk (id, customer_id, account, kind, amount, status)
             values ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert.bind(id).bind(customer_id).bind(g(1)).bind(kind);
        let insert = insert.bind(amount).bind(WAITS);
        insert.execute(&self.pool).await.unwrap();
    }

    async fn status(&self, id: &str) -> String {
        let select = sqlx::query_scalar("select status from desk where id = $1");
        select.bind(id).fetch_one(&self.pool).await.unwrap()
    }

    /// The transactions executed since the last call, sorted.
    fn executed(&self) -> Vec<String> {
        let executed = std::mem::take(&mut *self.executed.lock().unwrap());
        let mut ids: Vec<_> = executed.into_iter().map(|it| it.transaction_id).collect();
        ids.sort();
        ids
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

#[async_trait]
impl Transactions for Desk {
    async fn find(&self, who: &Caller, id: &str) -> Result<Option<Named>, HookError> {
        let select = sqlx::query_scalar::<_, String>(
            "select amount from desk where id = $1 and account = $2",
        );
        let select = select.bind(id).bind(who.subject.key().to_string());
        let amount = select.fetch_optional(&self.pool).await.map_err(StoreError::from)?;
        Ok(amount.map(|amount| Named { amount: dollars(&amount) }))
    }

    async fn waiting(
        &self,
        tx: &mut Tx,
        customer_id: &str,
    ) -> Result<Vec<WaitingTransaction>, HookError> {
        let select = sqlx::query_as::<_, (String, String, String)>(
            "select id, kind, amount from desk where customer_id = $1 and status = $2 order by id",
        );
        let rows = select
            .bind(customer_id)
            .bind(WAITS)
            .fetch_all(&mut **tx)
            .await
            .map_err(StoreError::from)?;
        let waiting = rows.into_iter().map(|(id, kind, amount)| WaitingTransaction {
            id,
            kind: Some(kind),
            amount: dollars(&amount),
        });
        Ok(waiting.collect())
    }

    async fn resume(&self, tx: &mut Tx, transaction_id: &str) -> Result<bool, HookError> {
        let update = sqlx::query("update desk set status = $2 where id = $1 and status = $3");
        let update = update.bind(transaction_id).bind(GOES_ON).bind(WAITS);
        Ok(update.execute(&mut **tx).await.map_err(StoreError::from)?.rows_affected() == 1)
    }

    async fn execute(&self, execution: &Execution) -> Result<(), HookError> {
        self.executed.lock().unwrap().push(execution.clone());
        if self.out_of_order.load(Ordering::SeqCst) {
            return Err(HookError::Internal("the bank does not answer".into()));
        }
        Ok(())
    }
}

fn dollars(amount: &str) -> Option<Amount> {
    let asset = "iso4217:USD".to_owned();
    (!amount.is_empty()).then(|| Amount { value: amount.parse().unwrap(), asset })
}

async fn serve(url: &str, desk: &Desk) -> Service {
    serve_with(url, SMALL, desk).await
}

async fn serve_with(url: &str, requirements: &str, desk: &Desk) -> Service {
    let transactions = Some(Arc::new(desk.clone()) as Arc<dyn Transactions>);
    Service::with_extras(url, requirements, Extras { transactions, ..Extras::default() }).await
}

// P-18
#[tokio::test]
async fn waiting_transactions_resume_when_the_customer_is_accepted() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let service = serve(&fresh.url, &desk).await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "small"})).await.id();
    let other = service.wallet(&g(2)).put(json!({"type": "small"})).await.id();
    desk.wait_for("a", &id, "small").await;
    desk.wait_for("b", &id, "small").await;
    desk.wait_for("big", &id, "big").await;
    desk.wait_for("other", &other, "small").await;

    wallet.put(json!({"type": "small", "first_name": "Ada"})).await.id();
    service.worker.run_once().await.unwrap();
    assert_eq!((desk.status("a").await.as_str(), desk.executed()), (WAITS, vec![]));

    wallet.put(json!({"city": "Roma"})).await.id();
    for (id, status) in [("a", GOES_ON), ("b", GOES_ON), ("big", WAITS), ("other", WAITS)] {
        assert_eq!(desk.status(id).await, status, "{id}");
    }
    assert!(desk.executed().is_empty(), "nothing is executed from a handler");
    assert_eq!(service.worker.run_once().await.unwrap(), 2);
    assert_eq!(desk.executed(), ["a", "b"]);
    wallet.put(json!({"city": "Roma"})).await.id();
    wallet.put(json!({"city": "Oslo"})).await.id();
    assert_eq!(service.worker.run_once().await.unwrap(), 0);
    assert!(desk.executed().is_empty());
    service.database.close().await;
    desk.close().await;
}

// P-18
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_updates_execute_each_transaction_once() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let (one, two) = (serve(&fresh.url, &desk).await, serve(&fresh.url, &desk).await);
    for round in 0..5_u8 {
        let account = g(round + 1);
        let id = one.wallet(&account).put(json!({"first_name": "Ada"})).await.id();
        let names = [format!("{round}a"), format!("{round}b")];
        for name in &names {
            desk.wait_for(name, &id, "small").await;
        }
        let mut puts = JoinSet::new();
        for service in [&one, &two, &one, &two] {
            let (router, token) = (service.router.clone(), service.wallet(&account).token);
            puts.spawn(async move {
                let wallet = Wallet { router: &router, token };
                wallet.put(json!({"city": "Roma"})).await.id()
            });
        }
        puts.join_all().await;
        let (a, b) = tokio::join!(one.worker.run_once(), two.worker.run_once());
        assert_eq!(a.unwrap() + b.unwrap(), 2);
        assert_eq!(desk.executed(), names);
    }
    one.database.close().await;
    two.database.close().await;
    desk.close().await;
}

// P-18
#[tokio::test]
async fn executions_survive_a_restart_and_the_deletion_of_the_customer() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let first = serve(&fresh.url, &desk).await;
    let wallet = first.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    desk.wait_for("a", &id, "small").await;
    wallet.put(json!({"city": "Roma"})).await.id();
    // The execution does not depend on the customer's record.
    wallet.delete(&g(1)).await.ok();
    first.database.close().await;

    let second = serve(&fresh.url, &desk).await;
    desk.out_of_order.store(true, Ordering::SeqCst);
    second.worker.run_once().await.unwrap();
    let tried = desk.executed.lock().unwrap().pop().unwrap();
    second.database.close().await;

    let third = serve(&fresh.url, &desk).await;
    desk.out_of_order.store(false, Ordering::SeqCst);
    third.wait(1);
    third.worker.run_once().await.unwrap();
    assert_eq!(*desk.executed.lock().unwrap(), [tried], "the same order, not another one");
    third.wait(86_400);
    assert_eq!(third.worker.run_once().await.unwrap(), 0);
    third.database.close().await;
    desk.close().await;
}

// P-18: an operator's decision also completes the information, not only a PUT.
#[tokio::test]
async fn transactions_resume_after_an_operators_decision() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let service = serve(&fresh.url, &desk).await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    desk.wait_for("a", &id, "manual").await;
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(desk.status("a").await, WAITS, "no person has accepted the customer yet");
    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    service.worker.run_once().await.unwrap();
    assert_eq!((desk.status("a").await.as_str(), desk.executed()), (GOES_ON, vec!["a".to_owned()]));
    service.database.close().await;
    desk.close().await;
}

// P-18, W-12: a large transaction may need fields that a small one does not need.
#[tokio::test]
async fn transactions_resume_when_the_fields_for_their_amount_are_provided() {
    let requirements = r#"
        default = "person"
        [types.person]
        required = ["first_name"]
        [[types.person.when]]
        amount_over = "1000"
        asset = "iso4217:USD"
        required = ["city"]
    "#;
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let service = serve_with(&fresh.url, requirements, &desk).await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({})).await.id();
    desk.wait_with("large", &id, "person", "1000.01").await;
    desk.wait_with("small", &id, "person", "1000").await;
    wallet.put(json!({"first_name": "Ada"})).await.id();
    service.worker.run_once().await.unwrap();
    assert_eq!(
        (desk.status("large").await.as_str(), desk.executed()),
        (WAITS, vec!["small".into()])
    );
    let customer = wallet.get("type=person&transaction_id=large").await.ok();
    assert_eq!(
        (&customer["status"], customer["fields"]["city"].is_object()),
        (&json!("NEEDS_INFO"), true)
    );
    let customer = wallet.get("type=person&transaction_id=small").await.ok();
    assert_eq!(customer["status"], "ACCEPTED");
    wallet.put(json!({"type": "person", "transaction_id": "large", "city": "Roma"})).await.id();
    service.worker.run_once().await.unwrap();
    assert_eq!(desk.executed(), ["large"]);
    service.database.close().await;
    desk.close().await;
}

// P-14, P-18
#[tokio::test]
async fn refused_update_resumes_no_transaction() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let service = serve(&fresh.url, &desk).await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    desk.wait_for("a", &id, "small").await;
    let answer = wallet.put(json!({"city": "Roma", "birth_date": "yesterday"})).await;
    assert_eq!(answer.refusal(), (400, "invalid_field"));
    assert_eq!(service.worker.run_once().await.unwrap(), 0);
    assert_eq!((desk.status("a").await.as_str(), desk.executed()), (WAITS, vec![]));
    service.database.close().await;
    desk.close().await;
}

// S12-34, S12-35
#[tokio::test]
async fn transaction_id_must_be_of_the_callers_account() {
    let fresh = fresh_database().await;
    let desk = Desk::open(&fresh.url).await;
    let service = serve(&fresh.url, &desk).await;
    let (own, foreign) = (service.wallet(&g(1)), service.wallet(&g(2)));
    let id = own.put(json!({"first_name": "Ada"})).await.id();
    desk.wait_for("a", &id, "small").await;

    own.get("type=small&transaction_id=a").await.ok();
    own.put(json!({"type": "small", "transaction_id": "a", "city": "Roma"})).await.id();
    let before = service.everything().await;
    let refused = (400, "invalid_transaction_id");
    let put = async |wallet: &Wallet<'_>, transaction: &str| {
        wallet.put(json!({"type": "small", "transaction_id": transaction, "city": "Oslo"})).await
    };
    for (theirs, unknown) in [
        (
            foreign.get("type=small&transaction_id=a").await,
            foreign.get("type=small&transaction_id=b").await,
        ),
        (put(&foreign, "a").await, put(&foreign, "b").await),
        (put(&own, "b").await, put(&own, "").await),
    ] {
        assert_eq!((theirs.refusal(), unknown.refusal()), (refused, refused));
        assert_eq!(theirs.body, unknown.body);
    }
    for transaction in ["a", "b"] {
        let answer = own.get(&format!("transaction_id={transaction}")).await;
        assert_eq!(answer.refusal(), refused, "without a type");
    }
    assert_eq!(service.everything().await, before);
    service.database.close().await;
    desk.close().await;
}
