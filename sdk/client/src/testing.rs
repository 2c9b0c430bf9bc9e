//! A transport with scripted responses, which records the requests.

use std::{
    cell::RefCell,
    collections::VecDeque,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{ClientDomain, NewChallenge},
    wire,
    xdr::Envelope,
};

use crate::{
    Anchor, Clock, Error, Options, Request, Response, Session, Timer, Transport, TransportError,
};

/// The time of the tests' clocks.
pub(crate) const NOW: u64 = 1_700_000_000;
pub(crate) const DOMAIN: &str = "anchor.example.com";

/// The body of an anchor that requires a client token (S10-32).
pub(crate) const REQUIRED: &str = r#"{"error":"who asks?","code":"proof_required"}"#;

pub(crate) fn server() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

pub(crate) fn client() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

pub(crate) fn toml() -> String {
    format!(
        "NETWORK_PASSPHRASE = '{}'\nSIGNING_KEY = '{}'\n\
         WEB_AUTH_ENDPOINT = 'https://auth.{DOMAIN}:8443/auth'\nKYC_SERVER = 'https://{DOMAIN}/kyc/'\n",
        Network::TESTNET,
        server().public(),
    )
}

/// Returns its responses in order. One more request fails.
#[derive(Clone, Default)]
pub(crate) struct Scripted(Rc<RefCell<Script>>);

#[derive(Default)]
struct Script {
    answers: VecDeque<Result<Response, TransportError>>,
    asked: Vec<Request>,
}

impl Scripted {
    pub(crate) fn then(self, status: u16, body: impl Into<Vec<u8>>) -> Self {
        self.push(status, body);
        self
    }

    pub(crate) fn push(&self, status: u16, body: impl Into<Vec<u8>>) {
        self.0.borrow_mut().answers.push_back(Ok(Response {
            status,
            content_type: None,
            retry_after: None,
            body: body.into(),
        }));
    }

    pub(crate) fn push_later(&self, status: u16, retry_after: u64) {
        self.push(status, "{}");
        if let Some(Ok(answer)) = self.0.borrow_mut().answers.back_mut() {
            answer.retry_after = Some(retry_after);
        }
    }

    pub(crate) fn fail(self, error: TransportError) -> Self {
        self.0.borrow_mut().answers.push_back(Err(error));
        self
    }

    /// The last request: method, URL, and body as text.
    pub(crate) fn last(&self) -> (String, String) {
        let script = self.0.borrow();
        let request = script.asked.last().unwrap();
        let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default());
        (format!("{} {}", request.method.as_str(), request.url), body.into_owned())
    }

    pub(crate) fn last_header(&self, name: &str) -> Option<String> {
        let script = self.0.borrow();
        let headers = &script.asked.last().unwrap().headers;
        headers.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.borrow().asked.len()
    }
}

impl Transport for Scripted {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut script = self.0.borrow_mut();
        script.asked.push(request);
        let exhausted = || Err(TransportError::Failed("no response is left".to_owned().into()));
        script.answers.pop_front().unwrap_or_else(exhausted)
    }
}

pub(crate) fn options() -> Options {
    Options { clock: Clock::fixed(NOW), ..Options::default() }
}

/// A clock that only sleeping advances.
#[derive(Clone)]
pub(crate) struct Time {
    now: Arc<AtomicU64>,
    slept: Rc<RefCell<Vec<u64>>>,
}

impl Default for Time {
    fn default() -> Self {
        Self { now: Arc::new(AtomicU64::new(NOW)), slept: Rc::default() }
    }
}

impl Time {
    pub(crate) fn options(&self) -> Options {
        let now = Arc::clone(&self.now);
        Options { clock: Clock::new(move || now.load(Ordering::Relaxed)), ..Options::default() }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The length of each sleep in seconds.
    pub(crate) fn slept(&self) -> Vec<u64> {
        self.slept.borrow().clone()
    }
}

impl Timer for Time {
    async fn sleep(&self, time: Duration) {
        self.slept.borrow_mut().push(time.as_secs());
        tokio::task::yield_now().await;
        self.pass(time.as_secs());
    }

    fn jitter(&self) -> f64 {
        1.0
    }
}

pub(crate) async fn discover(scripted: &Scripted, toml: &str) -> Result<Anchor<Scripted>, Error> {
    scripted.push(200, toml);
    Anchor::discover(scripted.clone(), DOMAIN, options()).await
}

/// A session of the client's account.
pub(crate) async fn session(scripted: &Scripted) -> Session<Scripted> {
    let anchor = discover(scripted, &toml()).await.unwrap();
    anchor.resume(&token(&client().public().to_string(), NOW + 60)).unwrap()
}

/// A valid challenge.
pub(crate) fn challenge(account: &Account, client_domain: Option<ClientDomain<'_>>) -> Envelope {
    let new = NewChallenge {
        account,
        home_domain: DOMAIN,
        web_auth_domain: "auth.anchor.example.com:8443",
        client_domain,
        nonce: &[7; 48],
        now: NOW,
    };
    new.build(&server(), &Network::new(Network::TESTNET)).unwrap()
}

pub(crate) fn challenge_answer(envelope: &Envelope) -> String {
    format!(
        r#"{{"transaction":"{}","network_passphrase":"{}"}}"#,
        envelope.to_base64(),
        Network::TESTNET
    )
}

pub(crate) fn token(subject: &str, expires_at: u64) -> String {
    let claims =
        format!(r#"{{"iss":"https://{DOMAIN}","sub":"{subject}","iat":{NOW},"exp":{expires_at}}}"#);
    jwt(&claims)
}

pub(crate) fn jwt(claims: &str) -> String {
    let part = |text: &str| {
        wire::base64(text.as_bytes()).trim_end_matches('=').replace('+', "-").replace('/', "_")
    };
    format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(claims), part("signature"))
}

pub(crate) fn token_answer(token: &str) -> String {
    format!(r#"{{"token":"{token}"}}"#)
}
