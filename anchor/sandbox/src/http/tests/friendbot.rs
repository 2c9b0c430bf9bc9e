//! Friendbot: new, again, below, bad address.

use axum::http::StatusCode;

use crate::{
    error::SandboxError,
    testing::{Key, World, form, json, options, pay, xlm},
};

#[tokio::test]
async fn a_new_account_is_created_with_10000() {
    let world = World::new();
    let key = Key::named("new");
    let (status, body) = world.get(&format!("/friendbot?addr={}", key.address())).await;
    assert_eq!((status, &body["successful"]), (StatusCode::OK, &true.into()));
    assert_eq!(body["source_account"], world.sandbox.network().root_account().to_string());
    assert_eq!(world.account(&key).balance, xlm(10_000));
    let hash = body["hash"].as_str().unwrap();
    assert_eq!(world.get(&format!("/transactions/{hash}")).await, (StatusCode::OK, body.clone()));
    assert!(body["envelope_xdr"].as_str().unwrap().starts_with("AAAAAg"));
}

#[tokio::test]
async fn friendbot_accepts_a_form_post() {
    let world = World::new();
    let key = Key::named("new");
    let (status, _) = json(world.send(form("/friendbot", "addr", &key.address())).await).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.account(&key).balance, xlm(10_000));
}

#[tokio::test]
async fn an_account_with_10000_is_refused_with_both_texts() {
    let world = World::new();
    let key = world.funded("a");
    let (status, body) = world.get(&format!("/friendbot?addr={}", key.address())).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["type"], "https://stellar.org/friendbot-errors/bad_request");
    let detail = body["detail"].as_str().unwrap();
    assert!(detail.contains("account already funded to starting balance"));
    assert!(
        detail.contains("createAccountAlreadyExist (AAAAAAAAAGT/////AAAAAQAAAAAAAAAA/////AAAAAA=)")
    );
    assert_eq!(world.sandbox.fund(&key.address()), Err(SandboxError::AlreadyFunded(key.address())));
}

#[tokio::test]
async fn an_account_with_less_is_paid_another_10000() {
    let world = World::new();
    let (key, other) = (world.funded("a"), world.funded("b"));
    world.submit(&world.tx(&key).op(pay(&other, xlm(1))).sign(&[&key]));
    let before = world.account(&key).balance;
    let (status, _) = world.get(&format!("/friendbot?addr={}", key.address())).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.account(&key).balance, before + xlm(10_000));
}

#[tokio::test]
async fn friendbot_refuses_an_address_that_is_not_an_account() {
    let world = World::new();
    let muxed = "MAFAZXZAMF2PONLICQ2SDEEHCCNPM4VYBGYRJ5AWN7KW7VWXNEHWOAAAAAAAAAAAAD4EO";
    for query in ["", "?addr=", "?addr=GABC", "?addr=%FF", &format!("?addr={muxed}")] {
        let (status, body) = world.get(&format!("/friendbot{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(body["extras"]["invalid_field"], "addr", "{query}");
    }
    assert_eq!(world.sandbox.fund(muxed), Err(SandboxError::BadAddress(muxed.to_owned())));
}

#[tokio::test]
async fn friendbot_fails_if_the_root_account_was_changed() {
    let world = World::new();
    let root = Key::from_seed(world.sandbox.network().id);
    let lock = world.tx(&root).op(options(|op| op.master_weight = Some(0))).sign(&[&root]);
    assert_eq!(world.submit(&lock).tx, "tx_success");
    let key = Key::named("a").address();
    let refused = SandboxError::Friendbot("tx_bad_auth".to_owned());
    assert_eq!(world.sandbox.fund(&key), Err(refused));
    let (status, body) = world.get(&format!("/friendbot?addr={key}")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["detail"].as_str().unwrap().contains("tx_bad_auth"));
}

#[tokio::test]
async fn friendbot_closes_its_own_ledger_and_leaves_the_queue_alone() {
    let world = World::manual();
    let alice = world.funded("a");
    let envelope = world.tx(&alice).op(pay(&alice, 1)).sign(&[&alice]);
    let (submission, now) = (world.read(&envelope), world.sandbox.now());
    world.ledger(|ledger| ledger.offer(submission, now)).unwrap();
    world.funded("b");
    assert!(world.included(&envelope).is_none());
    world.sandbox.close_ledger();
    assert!(world.included(&envelope).is_some());
}
