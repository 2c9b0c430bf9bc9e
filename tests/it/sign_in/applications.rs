//! Client domains: how applications prove theirs, and which are allowed.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use windlass_core::{
    account::SecretKey,
    sep10::ClientDomain,
    xdr::{Envelope, Operation},
};

use super::{ask, challenge, post, refusal, refused, sign_in, signed};
use crate::world::{World, key, serve};

/// A wallet's site. Its stellar.toml can be changed, and requests for it are counted.
pub(super) struct Site {
    pub(super) domain: String,
    answer: Arc<Mutex<Answer>>,
    reads: Arc<AtomicUsize>,
}

type Answer = Box<dyn Fn() -> Response + Send>;

impl Site {
    /// The site of an application with this key.
    pub(super) async fn of(key: &SecretKey) -> Self {
        Self::with(toml(key)).await
    }

    async fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        let answer: Answer = Box::new(move || text.clone().into_response());
        let answer = Arc::new(Mutex::new(answer));
        let reads = Arc::new(AtomicUsize::new(0));
        let (shared, count) = (Arc::clone(&answer), Arc::clone(&reads));
        let file = get(async move || {
            count.fetch_add(1, Ordering::SeqCst);
            (shared.lock().unwrap())()
        });
        let url = serve(Router::new().route("/.well-known/stellar.toml", file)).await;
        Self { domain: format!("localhost:{}", url.port().unwrap()), answer, reads }
    }

    pub(super) fn change(&self, answer: impl Fn() -> Response + Send + 'static) {
        *self.answer.lock().unwrap() = Box::new(answer);
    }

    pub(super) fn reads(&self) -> usize {
        self.reads.load(Ordering::SeqCst)
    }
}

pub(super) fn toml(key: &SecretKey) -> String {
    format!("SIGNING_KEY = \"{}\"\n", key.public())
}

fn query(user: &SecretKey, domain: &str) -> String {
    format!("account={}&client_domain={domain}", user.public())
}

/// The client domain that a challenge names.
fn proved(challenge: &Envelope) -> Option<(String, Address)> {
    let operation = challenge
        .transaction
        .operations
        .iter()
        .filter_map(Operation::data)
        .find(|operation| operation.name == b"client_domain")?;
    let domain = String::from_utf8(operation.value.clone().unwrap()).unwrap();
    Some((domain, operation.source.unwrap().key.to_string()))
}

type Address = String;

// S10-47, S10-49, S10-98, S10-109, S10-118 (P4, P5, G9)
#[tokio::test]
async fn token_contains_the_application_that_signed() {
    let world = World::new().await;
    let (ada, app) = (key("ada"), key("app"));
    let site = Site::of(&app).await;
    let query = query(&ada, &site.domain);
    let challenge = challenge(&world, &query).await;
    assert_eq!(proved(&challenge), Some((site.domain.clone(), app.public().to_string())));

    let claims = post(&world, signed(challenge.clone(), &[&app, &ada])).await.unwrap();
    assert_eq!(claims.client_domain.as_deref(), Some(site.domain.as_str()));
    // The signatures may be in any order, but none may be missing.
    assert!(sign_in(&world, &query, &[&ada, &app]).await.is_ok());
    for (signers, code) in [
        (&[&ada][..], "challenge_signature"),
        (&[&app], "challenge_not_authorized"),
        (&[&ada, &app, &app], "challenge_signature"),
        (&[&ada, &app, &key("eve")], "challenge_signature"),
        (&[], "challenge_signature"),
    ] {
        assert_eq!(sign_in(&world, &query, signers).await, refused(code), "{}", signers.len());
    }
    assert_eq!(
        sign_in(&world, &format!("account={}", ada.public()), &[&ada]).await.unwrap().client_domain,
        None
    );
}

// S10-67, S10-98, S10-99 (P6): with the wallet's own flow, for an account with several signers.
#[tokio::test]
async fn a_wallet_proves_its_domain_with_the_sdk() {
    let world = World::new().await;
    let (ada, app) = (key("ada"), key("app"));
    let site = Site::of(&app).await;
    world.ledger.fund(&ada.public().to_string()).unwrap();
    let wallet = world.wallet().await;
    let domain = ClientDomain { domain: &site.domain, key: app.public() };
    let mut sign_in = wallet.challenge(&ada.public().into(), Some(domain)).await.unwrap();
    assert_eq!(sign_in.challenge().client_domain(), Some(domain));
    sign_in.sign(&app).await.unwrap();
    sign_in.sign(&ada).await.unwrap();
    let session = sign_in.finish().await.unwrap();
    assert_eq!(session.claims().client_domain, Some(site.domain));
}

// S10-19, S01-17, R-01, R-06, R-12 (G10): the answer is the same for every fault, and does not
// reveal it.
#[tokio::test]
async fn unusable_stellar_toml_of_an_application_is_answered_with_400() {
    let world = World::new().await;
    let ada = key("ada");
    let site = Site::of(&key("app")).await;
    let elsewhere = Site::of(&key("app")).await;
    let away = format!("http://{}/.well-known/stellar.toml", elsewhere.domain);
    let mut bodies = Vec::new();
    let answers: [Answer; 8] = [
        Box::new(|| StatusCode::NOT_FOUND.into_response()),
        Box::new(|| StatusCode::INTERNAL_SERVER_ERROR.into_response()),
        Box::new(move || Redirect::permanent(&away).into_response()),
        Box::new(|| format!("{}#{}", toml(&key("app")), "x".repeat(102_400)).into_response()),
        Box::new(|| "SIGNING_KEY = ".into_response()),
        Box::new(|| "VERSION = \"2.7.0\"".into_response()),
        Box::new(|| "SIGNING_KEY = \"GABC\"".into_response()),
        Box::new(|| b"SIGNING_KEY = \"\xff\"".into_response()),
    ];
    for answer in answers {
        site.change(answer);
        world.pass(30);
        let answer = ask(&world, &query(&ada, &site.domain), None).await;
        bodies.push(answer.2.clone());
        assert_eq!(refusal(answer), (400, "client_domain_unavailable".to_owned()));
    }
    // No server listens there.
    let answer = ask(&world, &query(&ada, "localhost:1"), None).await;
    bodies.push(answer.2.clone());
    assert_eq!(refusal(answer), (400, "client_domain_unavailable".to_owned()));
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    assert_eq!(elsewhere.reads(), 0);
    // A failure is cached for a short while.
    site.change(|| toml(&key("app")).into_response());
    world.pass(29);
    let answer = ask(&world, &query(&ada, &site.domain), None).await;
    assert_eq!((refusal(answer).0, site.reads()), (400, 8));
    world.pass(1);
    challenge(&world, &query(&ada, &site.domain)).await;
}

// S10-20, S10-99, S01-17, R-12 (G12)
#[tokio::test]
async fn client_domain_must_be_a_public_host_other_than_the_anchor() {
    let world = World::new().await;
    let ada = key("ada");
    for domain in [
        "%20",
        "https://wallet.example.org",
        "wallet.example.org.",
        "wallet.example.org/path",
        "user@wallet.example.org",
        "wallet.example.org%3A8443",
        "10.0.0.1",
        "169.254.169.254",
        "%5B%3A%3A1%5D",
        &"a".repeat(65),
        // The anchor itself: its signature is on every challenge.
        &world.home_domain(),
    ] {
        let answer = ask(&world, &query(&ada, domain), None).await;
        assert_eq!(refusal(answer), (400, "invalid_client_domain".to_owned()), "{domain:?}");
    }
    // The application's key must not be the user's key either.
    let site = Site::of(&ada).await;
    let answer = ask(&world, &query(&ada, &site.domain), None).await;
    assert_eq!(refusal(answer), (400, "invalid_client_domain".to_owned()));
}

// S01-17, S10-20, R-12: addresses that are allowed in development are refused in production.
#[tokio::test]
async fn production_server_does_not_fetch_from_loopback() {
    let world = World::with(|config| {
        config.public_url = Some("https://anchor.example.com".parse().unwrap());
    })
    .await;
    let site = Site::of(&key("app")).await;
    let port = site.domain.rsplit(':').next().unwrap().to_owned();
    for domain in [&site.domain, &format!("127.0.0.1:{port}"), "127.0.0.1"] {
        let answer = ask(&world, &query(&key("ada"), domain), None).await;
        assert_eq!(refusal(answer), (400, "invalid_client_domain".to_owned()), "{domain}");
    }
    // Names that resolve to this machine are refused too.
    let answer = ask(&world, &query(&key("ada"), "localhost"), None).await;
    assert_eq!(refusal(answer), (400, "client_domain_unavailable".to_owned()));
    assert_eq!(site.reads(), 0);
}

// S10-18, S10-34, S10-35, S10-108 (G11): lists.
#[tokio::test]
async fn operator_chooses_the_verified_client_domains() {
    let (ada, app) = (key("ada"), key("app"));
    let (listed, other, denied) =
        (Site::of(&app).await, Site::of(&app).await, Site::of(&app).await);
    let allow = vec![listed.domain.to_uppercase(), denied.domain.clone()];
    let deny = vec![denied.domain.clone()];
    let none = format!("account={}", ada.public());
    for required in [false, true] {
        let world = World::with(|config| {
            config.sep10.client_domain_required = required;
            config.sep10.allowed_client_domains.clone_from(&allow);
            config.sep10.denied_client_domains.clone_from(&deny);
        })
        .await;
        let claims = sign_in(&world, &query(&ada, &listed.domain), &[&app, &ada]).await.unwrap();
        assert_eq!(claims.client_domain.as_deref(), Some(listed.domain.as_str()));
        let answer = ask(&world, &query(&ada, &denied.domain), None).await;
        assert_eq!(refusal(answer), (403, "client_not_allowed".to_owned()));
        if required {
            let answer = ask(&world, &query(&ada, &other.domain), None).await;
            assert_eq!(refusal(answer), (403, "client_not_allowed".to_owned()));
            let answer = ask(&world, &none, None).await;
            assert_eq!(refusal(answer), (400, "client_domain_required".to_owned()));
        } else {
            // Ignored, as if it had not been named.
            let challenge = challenge(&world, &query(&ada, &other.domain)).await;
            assert_eq!(proved(&challenge), None);
            let claims = post(&world, signed(challenge, &[&ada])).await.unwrap();
            assert_eq!(claims.client_domain, None);
            assert!(sign_in(&world, &none, &[&ada]).await.is_ok());
        }
    }
    // The site of a domain that is ignored gets no request.
    assert_eq!((other.reads(), denied.reads()), (0, 0));
}

// S01-18: cached for some minutes.
#[tokio::test]
async fn an_applications_key_is_read_again_after_some_minutes() {
    let world = World::new().await;
    let (ada, old, new) = (key("ada"), key("old"), key("new"));
    let site = Site::of(&old).await;
    let source = async || proved(&challenge(&world, &query(&ada, &site.domain)).await).unwrap().1;
    assert_eq!(source().await, old.public().to_string());
    site.change(|| toml(&key("new")).into_response());
    world.pass(299);
    assert_eq!((source().await, site.reads()), (old.public().to_string(), 1));
    world.pass(1);
    assert_eq!((source().await, site.reads()), (new.public().to_string(), 2));
}

#[tokio::test]
async fn simultaneous_sign_ins_fetch_the_file_of_an_application_once() {
    let world = World::new().await;
    let site = Site::of(&key("app")).await;
    for (answer, status) in
        [(StatusCode::OK, 200), (StatusCode::INTERNAL_SERVER_ERROR, 400), (StatusCode::OK, 200)]
    {
        let before = site.reads();
        site.change(move || (answer, toml(&key("app"))).into_response());
        world.pass(300);
        let mut asked = JoinSet::new();
        for number in 0..150 {
            let query = query(&key(&format!("user {number}")), &site.domain);
            let request = Request::get(format!("/auth?{query}")).body(Body::empty()).unwrap();
            let answer = world.anchor.router().oneshot(request);
            asked.spawn(async { answer.await.unwrap().status().as_u16() });
        }
        let statuses = asked.join_all().await;
        assert!(statuses.iter().all(|found| *found == status), "{statuses:?}");
        assert_eq!(site.reads(), before + 1);
    }
}

// S01-18: once a minute, because anybody can send a wrong signature.
#[tokio::test]
async fn rotated_application_key_is_used_after_a_failed_sign_in() {
    let world = World::new().await;
    let (ada, old, new) = (key("ada"), key("old"), key("new"));
    let site = Site::of(&old).await;
    let query = query(&ada, &site.domain);
    assert!(sign_in(&world, &query, &[&ada, &old]).await.is_ok());
    site.change(|| toml(&key("new")).into_response());
    assert!(sign_in(&world, &query, &[&ada, &new]).await.is_err());
    assert!(sign_in(&world, &query, &[&ada, &new]).await.is_ok());
    assert_eq!(site.reads(), 2);
    for (seconds, reads) in [(0, 2), (59, 2), (1, 2), (0, 3)] {
        world.pass(seconds);
        assert!(sign_in(&world, &query, &[&ada, &old]).await.is_err());
        assert_eq!(site.reads(), reads, "{seconds}");
    }
    // A site that has failed in between does not stop its users.
    site.change(|| StatusCode::INTERNAL_SERVER_ERROR.into_response());
    world.pass(60);
    assert!(sign_in(&world, &query, &[&ada, &old]).await.is_err());
    assert!(sign_in(&world, &query, &[&ada, &new]).await.is_ok());
    assert_eq!(site.reads(), 4);
}
