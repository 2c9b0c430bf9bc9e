//! Several home domains at one server.

use super::{ask, challenge, post, refusal, refused, sign_in, signed};
use crate::world::{World, key};

async fn world() -> World {
    World::with(|config| {
        let first = config.public_host();
        config.sep10.home_domains =
            vec![first, "Second.Example".to_owned(), "third.example.com".to_owned()];
    })
    .await
}

// S10-15, S10-16, S10-44, S10-84, S10-119
#[tokio::test]
async fn each_home_domain_gets_challenges_and_tokens_of_its_own() {
    let world = world().await;
    let ada = key("ada");
    let account = format!("account={}", ada.public());
    let host = world.home_domain();
    for (asked, named) in [
        // Old clients send none: the first one is the default.
        (String::new(), host.as_str()),
        (format!("&home_domain={host}"), host.as_str()),
        ("&home_domain=second.example".to_owned(), "second.example"),
        ("&home_domain=third.example.com".to_owned(), "third.example.com"),
    ] {
        let query = format!("{account}{asked}");
        let envelope = challenge(&world, &query).await;
        let first = envelope.transaction.operations[0].data().unwrap();
        assert_eq!(first.name, format!("{named} auth").into_bytes());
        // The endpoint's host, without the port, is the same for all of them.
        let second = envelope.transaction.operations[1].data().unwrap();
        assert_eq!(second.value.as_deref(), host.split(':').next().map(str::as_bytes));
        let claims = post(&world, signed(envelope, &[&ada])).await.unwrap();
        assert_eq!(claims.home_domain.as_deref(), Some(named));
    }
    for other in ["example", "second.example.evil", "evil.second.example", "%20", "example.com"] {
        let answer = ask(&world, &format!("{account}&home_domain={other}"), None).await;
        assert_eq!(refusal(answer), (400, "unknown_home_domain".to_owned()), "{other:?}");
    }
}

// S10-84: the challenge of a server with the same key, for a domain that is served elsewhere.
#[tokio::test]
async fn challenge_for_a_removed_home_domain_is_refused() {
    let mut world = world().await;
    let ada = key("ada");
    let query = format!("account={}&home_domain=second.example", ada.public());
    let challenge = challenge(&world, &query).await;
    assert!(sign_in(&world, &query, &[&ada]).await.is_ok());
    world.config.sep10.home_domains.remove(1);
    world.restart().await;
    assert_eq!(post(&world, signed(challenge, &[&ada])).await, refused("challenge_home_domain"));
}
