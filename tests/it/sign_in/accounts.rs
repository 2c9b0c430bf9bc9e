//! Every form of account, and its token.

use windlass_core::{
    account::Account,
    memo::Memo,
    xdr::{MuxedAccount, Operation, TimeBounds},
};

use super::{ask, challenge, refusal, refused, sign_in};
use crate::world::{NOW, World, key};

/// Memos and ids of up to 64 bits. Some fit in neither a floating point number nor a signed
/// integer.
const NUMBERS: [u64; 8] =
    [0, 1, (1 << 53) + 1, i64::MAX as u64, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX];

// S10-11, S10-13, S10-43, S10-95, S10-96, S10-114, S10-115, S10-116, S10-117, S10-119, S10-120,
//
#[tokio::test]
async fn any_64_bit_memo_is_kept_in_challenge_and_token() {
    let world = World::new().await;
    let ada = key("ada");
    for memo in NUMBERS {
        let query = format!("account={}&memo={memo}", ada.public());
        let envelope = challenge(&world, &query).await;
        assert_eq!(envelope.transaction.memo, Memo::Id(memo));
        let claims = sign_in(&world, &query, &[&ada]).await.unwrap();
        assert_eq!(claims.sub.to_string(), format!("{}:{memo}", ada.public()));
        assert_eq!((claims.iat, claims.exp), (Some(NOW), NOW + 86_400));
        assert_eq!(claims.iss, Some(format!("http://{}/auth", world.home_domain())));
        assert_eq!(claims.home_domain, Some(world.home_domain()));
        assert_eq!(claims.client_domain, None);
        assert!(claims.jti.is_some_and(|hash| hash.len() == 64));
    }
}

// S10-11, S10-44, S10-111, S10-115, S23-01
#[tokio::test]
async fn a_muxed_account_keeps_its_id() {
    let world = World::new().await;
    let ada = key("ada");
    for id in NUMBERS {
        let account = Account::Muxed { key: ada.public(), id };
        let query = format!("account={account}");
        let envelope = challenge(&world, &query).await;
        let source = envelope.transaction.operations[0].source();
        assert_eq!(source, Some(MuxedAccount { key: ada.public(), id: Some(id) }));
        assert_eq!(envelope.transaction.memo, Memo::None);
        let claims = sign_in(&world, &query, &[&ada]).await.unwrap();
        assert_eq!(claims.sub.to_string(), account.to_string());
    }
}

// S10-23, S10-39 to S10-42, S10-44 to S10-46, S10-50, S10-51, S10-53, S10-54
#[tokio::test]
async fn challenge_follows_the_protocol() {
    let world = World::new().await;
    // The account does not exist, and the ledger is not queried.
    world.ledger.fail_next("/accounts", windlass_sandbox::Fault::Status(500), 1);
    let query = format!("account={}", key("nobody").public());
    let (_, headers, body) = ask(&world, &query, None).await;
    assert_eq!(headers["cache-control"], "no-store");
    let members: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["transaction", "network_passphrase"]);

    let (one, two) = (challenge(&world, &query).await, challenge(&world, &query).await);
    let nonce = |of: &windlass_core::xdr::Envelope| {
        of.transaction.operations[0].data().unwrap().value.clone()
    };
    assert_ne!(nonce(&one), nonce(&two));
    assert_eq!(nonce(&one).unwrap().len(), 64);
    let transaction = one.transaction;
    assert_eq!(transaction.sequence, 0);
    assert_eq!(transaction.time_bounds, Some(TimeBounds { min: NOW, max: NOW + 900 }));
    assert_eq!((transaction.operations.len(), one.signatures.len()), (2, 1));
    let [Operation::ManageData(first), Operation::ManageData(second)] = &transaction.operations[..]
    else {
        panic!("two operations of ManageData")
    };
    assert_eq!(first.name, format!("{} auth", world.home_domain()).into_bytes());
    assert_eq!(second.name, b"web_auth_domain");
    let domain = world.home_domain();
    let (host, _port) = domain.split_once(':').unwrap();
    assert_eq!(second.value.as_deref(), Some(host.as_bytes()));
    assert_eq!(second.source, Some(transaction.source));
}

// S10-81, S10-82: to the second.
#[tokio::test]
async fn challenge_is_valid_for_15_minutes() {
    let world = World::new().await;
    let ada = key("ada");
    let query = format!("account={}", ada.public());
    for (age, expected) in [(900, None), (901, Some("challenge_expired"))] {
        let envelope = challenge(&world, &query).await;
        world.pass(age);
        let outcome = super::post(&world, super::signed(envelope, &[&ada])).await;
        match expected {
            None => assert!(outcome.is_ok()),
            Some(code) => assert_eq!(outcome, refused(code)),
        }
    }
}

// S10-14
#[tokio::test]
async fn sign_in_with_memo_and_muxed_account_is_refused() {
    let world = World::new().await;
    let account = Account::Muxed { key: key("ada").public(), id: 5 };
    for memo in ["5", "0"] {
        let answer = ask(&world, &format!("account={account}&memo={memo}"), None).await;
        assert_eq!(refusal(answer), (400, "invalid_memo".to_owned()));
    }
}
