//! Callbacks: every change of status reaches the wallet's server once, signed.

use serde_json::{Value, json};
use windlass_anchor::{kyc::Decision, outbound::Policy};

use crate::support::{
    Extras, PNG, Part, Receiver, SMALL, Service, Wallet, fresh_database, g, service,
};

/// Delivers the messages of this server, and returns the statuses that the receiver got.
async fn statuses_sent(service: &Service, receiver: &Receiver) -> Vec<String> {
    service.worker.run_once().await.unwrap();
    receiver.statuses(service.now())
}

async fn register(wallet: &Wallet<'_>, receiver: &Receiver) {
    assert_eq!(wallet.callback(json!({"url": receiver.url()})).await.ok(), json!({}));
}

/// The rows of the tables `outbox` and `callback`.
async fn waiting(service: &Service) -> Vec<String> {
    let rows = service.everything().await.into_iter();
    rows.filter(|row| row.starts_with("outbox") && row.contains("topic=callback")).collect()
}

// S12-120, S12-122, S12-123, P-28
#[tokio::test]
async fn callback_needs_a_registered_customer() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    let url = json!({"url": receiver.url()});
    assert_eq!(wallet.callback(url.clone()).await.refusal(), (404, "customer_not_found"));
    assert!(service.everything().await.is_empty(), "registering makes no customer");

    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    assert_eq!(wallet.callback(url).await.ok(), json!({}));
    let by_id = |id: &str| json!({"url": receiver.url(), "id": id});
    assert_eq!(wallet.callback(by_id(&id)).await.ok(), json!({}));

    let other = service.wallet(&g(2));
    let foreign = other.callback(by_id(&id)).await;
    let unknown = other.callback(by_id("b3f5ff4c-0c2a-4c39-9a8e-3c1bd6bd2b1c")).await;
    assert_eq!(foreign.refusal(), (404, "customer_not_found"));
    assert_eq!((foreign.status, foreign.body), (unknown.status, unknown.body));
}

// S12-123, P-29
#[tokio::test]
async fn forbidden_callback_urls_are_refused() {
    let fresh = fresh_database().await;
    let extras = Extras { policy: Policy { development: false }, ..Extras::default() };
    let service = Service::with_extras(&fresh.url, SMALL, extras).await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    let long = format!("https://wallet.example.com/{}", "x".repeat(2_048));
    for url in [
        "",
        " ",
        "/kyc",
        "wallet.example.com/kyc",
        "ftp://wallet.example.com/",
        "http://wallet.example.com/",
        "https://",
        "https:///kyc",
        "https:wallet.example.com",
        "https:\\\\wallet.example.com",
        "https://wallet.example.com/a b",
        " https://wallet.example.com/",
        "https://wallet.example.com:84\n43/",
        "https://user@wallet.example.com/",
        "https://user:password@wallet.example.com/",
        "https://wallet.example.com/#kyc",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "mailto:ada@example.com",
        "https://wallet.example.com:99999/",
        &long,
    ] {
        let answer = wallet.callback(json!({"url": url})).await;
        assert_eq!((answer.refusal(), answer.field()), ((400, "invalid_request"), "url"), "{url}");
    }
    for body in [json!({}), json!({"url": null}), json!({"url": 1}), json!({"url": ["x"]})] {
        assert_eq!(wallet.callback(body.clone()).await.refusal().0, 400, "{body}");
    }
    assert!(!service.everything().await.iter().any(|row| row.starts_with("callback")));
    service.database.close().await;
}

// S12-125, S12-127, S12-130, S12-131, S12-132, P-26, P-27
#[tokio::test]
async fn each_status_change_is_sent_once() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"first_name": "Eve"})).await.id();
    assert!(statuses_sent(&service, &receiver).await.is_empty(), "it still lacks the city");

    wallet.put(json!({"city": "Roma"})).await.id();
    assert_eq!(waiting(&service).await.len(), 1, "written with the change");
    service.worker.run_once().await.unwrap();
    let sent = receiver.verified(service.now());
    assert_eq!(sent, [wallet.get("").await.ok()]);
    assert_eq!(sent[0]["status"], "ACCEPTED");
    assert!(waiting(&service).await.is_empty());
    service.worker.run_once().await.unwrap();
    assert!(receiver.take().is_empty());
}

// S12-125, P-26
#[tokio::test]
async fn status_changes_by_every_cause_are_sent() {
    let (service, receiver) = (service().await, Receiver::start().await);

    // A code, in `PUT /customer` and at the deprecated endpoint.
    for (n, old) in [(1, false), (2, true)] {
        let account = g(n);
        let wallet = service.wallet(&account);
        let phone = format!("+44163296000{n}");
        let id = wallet.put(json!({"type": "phone", "mobile_number": phone})).await.id();
        register(&wallet, &receiver).await;
        let code = service.code().await;
        if old {
            wallet.verify(json!({"id": id, "mobile_number_verification": code})).await.ok();
        } else {
            wallet.put(json!({"mobile_number_verification": code})).await.id();
        }
        assert_eq!(statuses_sent(&service, &receiver).await, ["ACCEPTED"], "old way: {old}");
    }

    // An operator.
    let account = g(3);
    let wallet = service.wallet(&account);
    let form = [
        Part::Text("type", "manual"),
        Part::Text("first_name", "Ada"),
        Part::File("photo_id_front", PNG),
    ];
    let id = wallet.put(json!({"type": "manual", "first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put_parts(&form).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["PROCESSING"]);
    let again = Decision::RejectField {
        field: "photo_id_front".to_owned(),
        error: "It is blurred.".to_owned(),
    };
    service.kyc.decide(&id, "manual", again).await.unwrap();
    service.worker.run_once().await.unwrap();
    let bodies = receiver.verified(service.now());
    assert_eq!(bodies, [wallet.get("type=manual").await.ok()]);
    assert_eq!(bodies[0]["status"], "NEEDS_INFO");
    let photo = [Part::File("photo_id_front", crate::support::JPEG)];
    wallet.put_parts(&photo).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["PROCESSING"]);
    let no = Decision::Reject { message: "We cannot serve you.".to_owned() };
    service.kyc.decide(&id, "manual", no).await.unwrap();
    service.worker.run_once().await.unwrap();
    let bodies = receiver.verified(service.now());
    assert_eq!(bodies[0]["message"], "We cannot serve you.");
    assert_eq!(bodies, [wallet.get("type=manual").await.ok()]);
}

// S12-125: the status is that of the type in the wallet's last `PUT`.
#[tokio::test]
async fn callback_has_the_status_for_the_type_of_the_last_put() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"type": "big", "first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    assert!(
        statuses_sent(&service, &receiver).await.is_empty(),
        "big wants more, though small does not"
    );
    wallet.put(json!({"type": "small", "city": "Oslo"})).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["ACCEPTED"]);
}

// S12-121, P-25
#[tokio::test]
async fn a_second_url_replaces_the_first() {
    let (service, first, second) =
        (service().await, Receiver::start().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &first).await;
    register(&wallet, &second).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    service.worker.run_once().await.unwrap();
    assert!(first.take().is_empty());
    assert_eq!(second.statuses(service.now()), ["ACCEPTED"]);
}

// S12-126
#[tokio::test]
async fn no_callback_follows_a_final_status_until_the_wallet_registers_again() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["ACCEPTED"]);
    let no =
        || Decision::RejectField { field: "city".to_owned(), error: "There is none.".to_owned() };
    service.kyc.decide(&id, "small", no()).await.unwrap();
    assert_eq!(wallet.get("").await.ok()["status"], "NEEDS_INFO");
    assert!(statuses_sent(&service, &receiver).await.is_empty());

    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Oslo"})).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["ACCEPTED"]);
    // The wallet registers while the customer is accepted: the next change is sent.
    register(&wallet, &receiver).await;
    service.kyc.decide(&id, "small", no()).await.unwrap();
    assert_eq!(statuses_sent(&service, &receiver).await, ["NEEDS_INFO"]);
}

// S12-128, S12-131, P-26
#[tokio::test]
async fn each_attempt_has_a_new_signature() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    receiver.answer(&[500, 410, 302]);
    let mut attempts = Vec::new();
    for pause in [1, 2, 4] {
        service.worker.run_once().await.unwrap();
        attempts.extend(receiver.take());
        service.worker.run_once().await.unwrap();
        assert!(receiver.take().is_empty(), "not before {pause} s");
        service.wait(pause);
    }
    let row = waiting(&service).await.remove(0);
    assert!(row.contains("reason=the receiver answered 302"), "{row}");
    service.worker.run_once().await.unwrap();
    let last = receiver.take();
    assert_eq!(last.len(), 1, "a redirect is not followed, and is no success");
    attempts.extend(last);
    let body = &attempts[0].bytes;
    let id = attempts[0].header("idempotency-key");
    let mut signatures: Vec<_> =
        attempts.iter().map(|attempt| attempt.header("signature")).collect();
    assert!(attempts.iter().all(|attempt| attempt.bytes == body));
    assert!(attempts.iter().all(|attempt| attempt.header("idempotency-key") == id));
    signatures.sort_unstable();
    signatures.dedup();
    assert_eq!(signatures.len(), 4);
    service.wait(86_400);
    service.worker.run_once().await.unwrap();
    assert!(receiver.take().is_empty() && waiting(&service).await.is_empty());
}

// S12-128
#[tokio::test]
async fn callbacks_of_a_customer_arrive_in_order() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "manual", "first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    receiver.answer(&[503]);
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(statuses_sent(&service, &receiver).await, ["PROCESSING"]);
    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    // The first callback waits for its second attempt, and the second callback for the first.
    assert!(statuses_sent(&service, &receiver).await.is_empty());
    service.wait(1);
    assert_eq!(statuses_sent(&service, &receiver).await, ["PROCESSING", "ACCEPTED"]);
    assert!(waiting(&service).await.is_empty());
}

// P-26
#[tokio::test]
async fn a_callback_survives_a_restart() {
    let (fresh, receiver) = (fresh_database().await, Receiver::start().await);
    let first = Service::over(&fresh.url, SMALL).await;
    let wallet = first.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    first.database.close().await;
    let second = Service::over(&fresh.url, SMALL).await;
    assert_eq!(statuses_sent(&second, &receiver).await, ["ACCEPTED"]);
    assert!(statuses_sent(&second, &receiver).await.is_empty());
    second.database.close().await;
}

// P-26
#[tokio::test]
async fn two_servers_send_each_callback_once() {
    let (fresh, receiver) = (fresh_database().await, Receiver::start().await);
    let (one, two) =
        (Service::over(&fresh.url, SMALL).await, Service::over(&fresh.url, SMALL).await);
    let change = async |n: u8| {
        let account = g(n);
        let wallet = one.wallet(&account);
        wallet.put(json!({"first_name": "Ada"})).await.id();
        register(&wallet, &receiver).await;
        two.wallet(&account).put(json!({"city": "Roma"})).await.id();
    };
    // A server sends only a few callbacks at a time to a receiver that has not answered yet.
    for (n, service) in [(11, &one), (12, &two)] {
        change(n).await;
        assert_eq!(statuses_sent(service, &receiver).await, ["ACCEPTED"]);
    }
    for n in 1..=10 {
        change(n).await;
    }
    let (a, b) = tokio::join!(one.worker.run_once(), two.worker.run_once());
    assert_eq!(a.unwrap() + b.unwrap(), 10);
    let mut ids: Vec<_> =
        receiver.verified(one.now()).into_iter().map(|body| body["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10);
    one.database.close().await;
    two.database.close().await;
}

// S12-103, S12-107
#[tokio::test]
async fn no_callback_is_sent_about_a_deleted_customer() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    wallet.delete(&g(1)).await.ok();
    assert!(service.everything().await.is_empty());
    service.worker.run_once().await.unwrap();
    wallet.put(json!({"first_name": "Ada", "city": "Roma"})).await.id();
    service.worker.run_once().await.unwrap();
    assert!(receiver.take().is_empty());
}

// S12-121, P-07
#[tokio::test]
async fn users_of_a_shared_account_have_separate_callbacks() {
    let (service, one, two) = (service().await, Receiver::start().await, Receiver::start().await);
    let (first, second) = (format!("{}:1", g(1)), format!("{}:2", g(1)));
    let mut ids = Vec::new();
    for (subject, receiver) in [(&first, &one), (&second, &two)] {
        let wallet = service.wallet(subject);
        ids.push(wallet.put(json!({"first_name": "Ada"})).await.id());
        register(&wallet, receiver).await;
    }
    service.wallet(&second).put(json!({"city": "Roma"})).await.id();
    service.worker.run_once().await.unwrap();
    assert!(one.take().is_empty());
    assert_eq!(two.verified(service.now())[0]["id"], ids[1].as_str());
    service.wallet(&first).put(json!({"city": "Roma"})).await.id();
    service.worker.run_once().await.unwrap();
    assert_eq!(one.verified(service.now())[0]["id"], ids[0].as_str());
    assert!(two.take().is_empty());
}

// S12-128
#[tokio::test]
async fn unreachable_receiver_is_given_up_after_a_day() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "manual", "first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    let mut attempts = 0;
    for _ in 0..86_400 / 600 {
        receiver.answer(&[503]);
        service.worker.run_once().await.unwrap();
        attempts += receiver.take().len();
        service.wait(600);
    }
    assert!((40..90).contains(&attempts), "{attempts}");
    service.worker.run_once().await.unwrap();
    assert!(receiver.take().is_empty());
    let row = waiting(&service).await.remove(0);
    assert!(row.contains("state=failed") && row.contains("payload=,"), "{row}");
    // The next callback is delivered nevertheless.
    service.kyc.decide(&id, "manual", Decision::Accept).await.unwrap();
    receiver.recover();
    assert_eq!(statuses_sent(&service, &receiver).await, ["ACCEPTED"]);
}

// S12-123: the address is checked again at each call.
#[tokio::test]
async fn a_private_receiver_is_not_called_outside_development() {
    let (fresh, receiver) = (fresh_database().await, Receiver::start().await);
    let first = Service::over(&fresh.url, SMALL).await;
    let wallet = first.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    first.database.close().await;
    let extras = Extras { policy: Policy { development: false }, ..Extras::default() };
    let second = Service::with_extras(&fresh.url, SMALL, extras).await;
    second.worker.run_once().await.unwrap();
    assert!(receiver.take().is_empty());
    let row = waiting(&second).await.remove(0);
    assert!(row.contains("state=waiting") && row.contains("attempts=1"), "{row}");
    assert!(!row.contains(&receiver.url()), "{row}");
    second.database.close().await;
}

// P-14, P-26: a refused request changes nothing and sends no callback.
#[tokio::test]
async fn refused_request_sends_no_callback() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    let before = service.everything().await;
    let answer = wallet.put(json!({"city": "Roma", "birth_date": "yesterday"})).await;
    assert_eq!(answer.refusal(), (400, "invalid_field"));
    assert_eq!(service.everything().await, before);
    assert!(statuses_sent(&service, &receiver).await.is_empty());
}

// S12-12
#[tokio::test]
async fn callback_url_and_body_are_encrypted_at_rest() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    register(&wallet, &receiver).await;
    wallet.put(json!({"city": "Roma"})).await.id();
    let rows = service.everything().await.join("\n");
    assert!(rows.contains("callback") && !rows.contains(&receiver.url()), "{rows}");
    assert!(!rows.contains("provided_fields"), "{rows}");
    let sent: Vec<Value> = {
        service.worker.run_once().await.unwrap();
        receiver.verified(service.now())
    };
    assert_eq!(sent.len(), 1);
}

// P-26: a receiver that never answers does not delay codes.
#[tokio::test]
async fn silent_receiver_does_not_delay_codes() {
    let service = service().await;
    // Accepts connections and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/kyc", silent.local_addr().unwrap());
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"first_name": "Ada"})).await.id();
    wallet.callback(json!({"url": url})).await.ok();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn({
        let worker = service.worker.clone();
        async move { worker.run(stopped).await }
    });
    wallet.put(json!({"city": "Roma"})).await.id();
    let (connection, _) = silent.accept().await.unwrap();
    service.wallet(&g(2)).put(json!({"mobile_number": "+441632960001"})).await.id();
    let delivered = async {
        while service.inbox.take().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    // Before the request to the silent server times out.
    tokio::time::timeout(std::time::Duration::from_secs(8), delivered).await.unwrap();
    drop((connection, silent));
    stop.send(true).unwrap();
    worker.await.unwrap();
}

#[tokio::test]
async fn receiver_that_never_answers_delays_no_other() {
    let (service, receiver) = (service().await, Receiver::start().await);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent_url = format!("http://{}/kyc", silent.local_addr().unwrap());
    let change = async |n: u8, url: &str| {
        let wallet = service.wallet(&g(n));
        wallet.put(json!({"first_name": "Ada"})).await.id();
        assert_eq!(wallet.callback(json!({ "url": url })).await.ok(), json!({}));
        wallet.put(json!({"city": "Roma"})).await.id();
    };
    for n in 1..=200 {
        change(n, &silent_url).await;
    }
    change(201, &receiver.url()).await;

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn({
        let worker = service.worker.clone();
        async move { worker.run(stopped).await }
    });
    let delivered = async {
        while receiver.take().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    // One after the other, those to the silent receiver would take many times as long.
    tokio::time::timeout(std::time::Duration::from_secs(30), delivered).await.unwrap();
    // Held, because a closed connection would be an answer.
    let mut connections = Vec::new();
    while let Ok(Ok(connection)) =
        tokio::time::timeout(std::time::Duration::from_millis(10), silent.accept()).await
    {
        connections.push(connection);
    }
    assert_eq!(
        connections.len(),
        4,
        "deliveries in progress to a receiver that has not answered yet"
    );
    worker.abort();
    drop(stop);
}
