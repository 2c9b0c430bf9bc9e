//! Signed requests for a challenge: the `Authorization` header of SEP-10.

use assign::assign;
use axum::{body::Body, http::Request, response::IntoResponse as _};
use windlass_core::{
    account::{Account, SecretKey},
    sep10::{GetChallenge, Proof},
    wire,
};

use super::{
    applications::{Site, toml},
    ask, envelope, post, refusal, signed,
};
use crate::world::{NOW, World, key};

fn request(account: impl ToString) -> GetChallenge {
    GetChallenge::new(account.to_string())
}

fn query(request: &GetChallenge) -> String {
    let mut query = format!("account={}", request.account);
    for (name, value) in [
        ("memo", &request.memo),
        ("home_domain", &request.home_domain),
        ("client_domain", &request.client_domain),
    ] {
        if let Some(value) = value {
            query.push_str(&format!("&{name}={value}"));
        }
    }
    query
}

fn endpoint(world: &World) -> String {
    format!("http://{}/auth", world.home_domain())
}

fn token(world: &World, request: &GetChallenge, key: &SecretKey) -> String {
    Proof { endpoint: &endpoint(world), request, now: NOW }.sign(key)
}

async fn closed() -> World {
    World::with(|config| config.sep10.authorization_required = true).await
}

// S10-24 to S10-30 (G16)
#[tokio::test]
async fn signed_request_is_accepted_whether_or_not_it_is_required() {
    let (ada, app) = (key("ada"), key("app"));
    for world in [World::new().await, closed().await] {
        let site = Site::of(&app).await;
        let home_domain = Some(world.home_domain());
        let g = request(ada.public());
        let m = request(Account::Muxed { key: ada.public(), id: u64::MAX });
        let memo = assign!(g.clone(), { memo: Some("18446744073709551615".to_owned()) });
        for request in [g.clone(), m, memo, assign!(g.clone(), { home_domain })] {
            let token = token(&world, &request, &ada);
            let challenge = envelope(ask(&world, &query(&request), Some(&token)).await);
            assert!(post(&world, signed(challenge, &[&ada])).await.is_ok());
        }
        // With a client domain its key must sign, not the account's.
        let named = assign!(g, { client_domain: Some(site.domain.clone()) });
        let vouched = token(&world, &named, &app);
        let challenge = envelope(ask(&world, &query(&named), Some(&vouched)).await);
        let claims = post(&world, signed(challenge, &[&app, &ada])).await.unwrap();
        assert_eq!(claims.client_domain, Some(site.domain));
        let own = token(&world, &named, &ada);
        let answer = ask(&world, &query(&named), Some(&own)).await;
        assert_eq!(refusal(answer), (400, "proof_invalid".to_owned()));
    }
}

// S10-32 (G14): 401 only for a missing token.
#[tokio::test]
async fn unsigned_request_is_answered_with_401_if_signatures_are_required() {
    let world = closed().await;
    let request = request(key("ada").public());
    let answer = ask(&world, &query(&request), None).await;
    assert_eq!(refusal(answer), (401, "proof_required".to_owned()));
}

// S10-29, S10-31, S10-33 (G14, G17)
#[tokio::test]
async fn invalid_token_is_answered_with_400_whether_or_not_it_is_required() {
    let ada = key("ada");
    for world in [World::new().await, closed().await] {
        let asked = request(ada.public());
        let own = endpoint(&world);
        let at = |endpoint: &str, request: &GetChallenge, now| {
            Proof { endpoint, request, now }.sign(&ada)
        };
        let good = at(&own, &asked, NOW);
        let (head, rest) = good.split_once('.').unwrap();
        let with_alg = |alg: &str| {
            let header = wire::base64url(format!("{{\"alg\":\"{alg}\"}}").as_bytes());
            format!("{header}.{rest}")
        };
        let memo = assign!(asked.clone(), { memo: Some("7".to_owned()) });
        for (bad, why) in [
            ("garbage".to_owned(), "garbage"),
            (head.to_owned(), "one part"),
            (token(&world, &asked, &key("eve")), "another key"),
            (at(&own, &asked, NOW - 900), "expired"),
            (at(&own, &asked, NOW + 61), "from the future"),
            (at(&format!("{own}/"), &asked, NOW), "a slash more"),
            (at("https://other.example/auth", &asked, NOW), "another endpoint"),
            (at(&own, &request(key("eve").public()), NOW), "another account"),
            (at(&own, &memo, NOW), "a claim more"),
            (with_alg("HS256"), "HS256"),
            (with_alg("none"), "none"),
        ] {
            let answer = ask(&world, &query(&asked), Some(&bad)).await;
            assert_eq!(refusal(answer), (400, "proof_invalid".to_owned()), "{why}");
        }
        let answer = ask(&world, &query(&memo), Some(&good)).await;
        assert_eq!(refusal(answer), (400, "proof_invalid".to_owned()), "a parameter more");

        for headers in [
            vec!["Basic YTpi".to_owned()],
            vec!["Bearer".to_owned()],
            vec![format!("Bearer {good}"); 2],
        ] {
            let mut request = Request::get(format!("/auth?{}", query(&asked)));
            for header in &headers {
                request = request.header("Authorization", header);
            }
            let (status, headers, body) = world.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(
                refusal((status.as_u16(), headers, body)),
                (400, "proof_invalid".to_owned())
            );
        }
        assert_eq!(ask(&world, &query(&asked), Some(&good)).await.0, 200);
        // A session's token is another kind of token.
        let challenge = envelope(ask(&world, &query(&asked), Some(&good)).await);
        let body = serde_json::json!({ "transaction": signed(challenge, &[&ada]) });
        let (_, _, body) = world.send(crate::bad_input::post_json("/auth", body)).await;
        let answer = ask(&world, &query(&asked), body["token"].as_str()).await;
        assert_eq!(refusal(answer), (400, "proof_invalid".to_owned()));
    }
}

// S10-34, S10-35 (G15, G18): a domain that is not verified cannot be ignored if a token depends on
// it.
#[tokio::test]
async fn token_of_an_unverified_application_is_refused() {
    let app = key("app");
    let site = Site::of(&app).await;
    let world = World::with(|config| {
        config.sep10.allowed_client_domains = vec!["listed.example".to_owned()];
    })
    .await;
    let asked = assign!(request(key("ada").public()), { client_domain: Some(site.domain.clone()) });
    let vouched = token(&world, &asked, &app);
    let answer = ask(&world, &query(&asked), Some(&vouched)).await;
    assert_eq!(refusal(answer), (403, "client_not_allowed".to_owned()));
    assert_eq!(ask(&world, &query(&asked), None).await.0, 200);
}

// S01-18: the application has another key since the anchor read it.
#[tokio::test]
async fn application_key_is_fetched_again_before_a_token_is_refused() {
    let world = closed().await;
    let (old, new) = (key("old"), key("new"));
    let site = Site::of(&old).await;
    let asked = assign!(request(key("ada").public()), { client_domain: Some(site.domain.clone()) });
    let ask = async |key: &SecretKey| {
        let token = token(&world, &asked, key);
        ask(&world, &query(&asked), Some(&token)).await.0
    };
    assert_eq!((ask(&old).await, site.reads()), (200, 1));
    assert_eq!((ask(&old).await, site.reads()), (200, 1));
    site.change(|| toml(&key("new")).into_response());
    assert_eq!((ask(&new).await, site.reads()), (200, 2));
    // Once a minute, because anybody can send a wrong signature.
    assert_eq!((ask(&old).await, site.reads()), (400, 2));
    world.pass(60);
    assert_eq!((ask(&old).await, site.reads()), (400, 3));
}
