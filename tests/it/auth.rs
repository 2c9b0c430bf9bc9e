//! Signing in.

use windlass_client::Anchor;
use windlass_core::{
    account::Account,
    network::Network,
    problem::Code,
    sep10::{ChallengeResponse, PostChallenge, TokenResponse},
    sep12::GetCustomer,
};
use windlass_sandbox::Fault;

use crate::{
    bad_input::{get, post_json},
    world::{InProcess, NOW, World, key},
};

#[tokio::test]
async fn every_form_of_account_signs_in() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    let secret = key("ada");
    let key = secret.public();
    for account in [
        Account::Key(key),
        Account::Shared { key, memo: 0 },
        Account::Shared { key, memo: u64::MAX },
        Account::Muxed { key, id: u64::MAX },
    ] {
        let session = wallet.sign_in(&account, &secret).await.unwrap();
        assert_eq!(session.account(), &account);
    }
}

#[tokio::test]
async fn a_wallet_of_another_network_does_not_start() {
    let world = World::new().await;
    let options = windlass_client::Options {
        network: Some(Network::new(Network::TESTNET)),
        ..world.options()
    };
    let error = Anchor::discover(InProcess(world.anchor.router()), &world.home_domain(), options)
        .await
        .unwrap_err();
    assert_eq!(error.code(), Code::WrongNetwork);
}

#[tokio::test]
async fn session_ends_at_its_expiry_time() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    world.pass(86_399);
    session.customer(&GetCustomer::new()).await.unwrap();
    world.pass(1);
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap_err().code(), Code::TokenExpired);
}

#[tokio::test]
async fn wallet_with_a_wrong_clock_gets_the_reason() {
    let world = World::new().await;
    for (now, expected) in
        [(NOW - 3600, Code::ChallengeNotYetValid), (NOW + 3600, Code::ChallengeExpired)]
    {
        let options = windlass_client::Options {
            clock: windlass_client::Clock::fixed(now),
            ..world.options()
        };
        let wallet =
            Anchor::discover(InProcess(world.anchor.router()), &world.home_domain(), options)
                .await
                .unwrap();
        let error = wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap_err();
        assert_eq!(error.code(), expected);
    }
}

#[tokio::test]
async fn ledger_outage_is_not_a_missing_account() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    let secret = key("ada");
    for fault in
        [Fault::Status(500), Fault::Status(429), Fault::Drop, Fault::Html, Fault::TruncatedJson]
    {
        // The account exists, and its master key alone is below the threshold.
        let mut sign_in = wallet.challenge(&secret.public().into(), None).await.unwrap();
        sign_in.sign(&secret).await.unwrap();
        world.ledger.fail_next("/accounts", fault, 1);
        let error = sign_in.finish().await.unwrap_err();
        assert_eq!(
            (error.code(), error.status()),
            (Code::LedgerUnavailable, Some(503)),
            "{fault:?}"
        );
    }
    wallet.sign_in(&secret.public().into(), &secret).await.unwrap();
}

#[tokio::test]
async fn a_challenge_gives_one_token() {
    let world = World::new().await;
    let signed = signed_challenge(&world).await;
    let post = || post_json("/auth", serde_json::json!({ "transaction": signed }));
    let (first, second) = tokio::join!(world.send(post()), world.send(post()));
    let mut statuses = [first.0.as_u16(), second.0.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    let (status, _, body) = world.send(post()).await;
    assert_eq!((status.as_u16(), &body["code"]), (400, &"challenge_used".into()));
}

#[tokio::test]
async fn failed_attempt_does_not_use_up_the_challenge() {
    let world = World::new().await;
    let signed = signed_challenge(&world).await;
    let post = |xdr: &str| post_json("/auth", serde_json::json!({ "transaction": xdr }));
    world.ledger.fail_next("/accounts", Fault::Status(504), 1);
    assert_eq!(world.send(post(&signed)).await.0.as_u16(), 503);
    assert_eq!(world.send(post(&signed)).await.0.as_u16(), 200);
}

/// A challenge for ada, signed by her key.
async fn signed_challenge(world: &World) -> String {
    let secret = key("ada");
    let (_, _, body) = world.send(get(&format!("/auth?account={}", secret.public()))).await;
    let challenge: ChallengeResponse = serde_json::from_value(body).unwrap();
    let mut envelope = windlass_core::xdr::Envelope::from_base64(&challenge.transaction).unwrap();
    let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
    envelope.signatures.push(windlass_core::xdr::DecoratedSignature::by(&secret, &hash));
    envelope.to_base64()
}

#[tokio::test]
async fn token_of_another_anchor_is_refused() {
    let (here, there) = (World::new().await, World::new().await);
    let signed = signed_challenge(&there).await;
    let request = PostChallenge::new(signed);
    let (_, _, body) = there.send(post_json("/auth", serde_json::to_value(request).unwrap())).await;
    let TokenResponse { token, .. } = serde_json::from_value(body).unwrap();
    // The wallet detects it, and so does the server, which does not rely on the wallet's checks.
    assert_eq!(here.wallet().await.resume(&token).unwrap_err().code(), Code::TokenInvalid);
    let request = axum::http::Request::builder()
        .uri("/kyc/customer")
        .header("Authorization", format!("Bearer {token}"))
        .body(axum::body::Body::empty());
    let (status, _, body) = here.send(request.unwrap()).await;
    assert_eq!((status.as_u16(), &body["code"]), (401, &"token_invalid".into()));
}
