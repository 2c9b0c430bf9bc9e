//! The set-up of a story: an anchor, a sandbox ledger, a manual clock, and wallets.

use std::sync::{Arc, Mutex, atomic::AtomicU64};

use axum::{
    Router,
    body::{Body, to_bytes},
    http,
};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use url::Url;
use windlass_anchor::{
    Anchor, Config,
    clock::Clock,
    config::{DataKey, Rates, Secret, Secrets, SessionAlgorithm, SessionKey},
    hooks::{Message, Notifier, NotifierError},
    ledger::Horizon,
};
use windlass_client::{Options, Request, Response, Transport, TransportError};
use windlass_core::{account::SecretKey, network::Network};
use windlass_sandbox::Sandbox;
use windlass_test_common::{
    database::{FreshDatabase, fresh_database},
    logs,
};

/// The time at which every story begins.
pub(crate) const NOW: u64 = 1_780_000_000;

pub(crate) struct World {
    pub(crate) anchor: Anchor,
    pub(crate) ledger: Sandbox,
    pub(crate) now: Arc<AtomicU64>,
    pub(crate) sent: Sent,
    pub(crate) config: Config,
    pub(crate) horizon: Url,
    _folder: tempfile::TempDir,
    _database: FreshDatabase,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world whose anchor has this configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        logs::capture();
        let (clock, now) = Clock::manual(NOW);
        let time = clock.clone();
        let ledger =
            Sandbox::new(windlass_sandbox::Config::new(Arc::new(move || time.now()))).unwrap();
        let horizon = serve(ledger.ledger_router()).await;

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let database = fresh_database().await;
        let mut config = Config {
            bind: listener.local_addr().unwrap(),
            data_dir: folder.path().to_owned(),
            database_url: Some(database.url.clone()),
            // No limits: the clock is manual, so a minute would never end.
            rates: Rates { sign_in: 0, kyc: 0, proxies: 0 },
            ..Config::default()
        };
        change(&mut config);
        let sent = Sent::default();
        let anchor = open(&config, &clock, &horizon, &sent).await;
        let router = anchor.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { anchor, ledger, now, sent, config, horizon, _folder: folder, _database: database }
    }

    /// Restarts the anchor: its state comes from the database.
    pub(crate) async fn restart(&mut self) {
        let time = Arc::clone(&self.now);
        let clock = Clock::new(move || time.load(std::sync::atomic::Ordering::SeqCst));
        self.anchor = open(&self.config, &clock, &self.horizon, &self.sent).await;
    }

    /// Another server over the same database, with the same clock and ledger and a changed
    /// configuration.
    pub(crate) async fn replica(&self, change: impl FnOnce(&mut Config)) -> Anchor {
        let time = Arc::clone(&self.now);
        let clock = Clock::new(move || time.load(std::sync::atomic::Ordering::SeqCst));
        let mut config = self.config.clone();
        change(&mut config);
        open(&config, &clock, &self.horizon, &self.sent).await
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.now.fetch_add(seconds, std::sync::atomic::Ordering::SeqCst);
    }

    /// A wallet that talks to the anchor without a socket.
    pub(crate) async fn wallet(&self) -> windlass_client::Anchor<InProcess> {
        self.wallet_over(InProcess(self.anchor.router())).await
    }

    /// A wallet that uses this transport.
    pub(crate) async fn wallet_over<T: Transport>(
        &self,
        transport: T,
    ) -> windlass_client::Anchor<T> {
        windlass_client::Anchor::discover(transport, &self.home_domain(), self.options())
            .await
            .unwrap()
    }

    pub(crate) fn home_domain(&self) -> String {
        self.config.public_host()
    }

    pub(crate) fn options(&self) -> Options {
        let now = Arc::clone(&self.now);
        Options {
            network: Some(Network::new(Network::STANDALONE)),
            allow_http: true,
            clock: windlass_client::Clock::new(move || {
                now.load(std::sync::atomic::Ordering::SeqCst)
            }),
        }
    }

    /// One plain request, for what our client would never send.
    pub(crate) async fn send(
        &self,
        request: http::Request<Body>,
    ) -> (http::StatusCode, http::HeaderMap, serde_json::Value) {
        let response = self.anchor.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (
            parts.status,
            parts.headers,
            serde_json::from_slice(&body).unwrap_or(serde_json::Value::Null),
        )
    }

    /// Delivers what is due and returns the code of the newest message to this address.
    pub(crate) async fn code_for(&self, to: &str) -> String {
        self.anchor.worker().run_once().await.unwrap();
        let sent = self.sent.0.lock().unwrap();
        sent.iter()
            .rev()
            .find(|message| message.to == to)
            .unwrap_or_else(|| panic!("nothing was sent to {to}"))
            .code
            .clone()
    }
}

async fn open(config: &Config, clock: &Clock, horizon: &Url, sent: &Sent) -> Anchor {
    Anchor::builder(config.clone())
        .clock(clock.clone())
        .ledger(Arc::new(Horizon::new(horizon.clone()).unwrap()))
        .notifier(Arc::new(sent.clone()))
        .open()
        .await
        .unwrap()
}

/// Serves a router on a port of its own until the test ends.
pub(crate) async fn serve(router: Router) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// The secrets of an anchor with this signing key.
pub(crate) fn secrets(signing_key: &SecretKey) -> Secrets {
    Secrets {
        signing_seed: Secret(signing_key.clone()),
        session_keys: vec![SessionKey {
            id: "test".to_owned(),
            algorithm: SessionAlgorithm::Hs256,
            secret: Secret(vec![1; 32]),
        }],
        data_keys: vec![DataKey { id: "test".to_owned(), secret: Secret([2; 32]) }],
    }
}

/// A key that is the same in every run.
pub(crate) fn key(name: &str) -> SecretKey {
    let mut seed = [0; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    SecretKey::from_seed(&seed)
}

/// Hands requests straight to an anchor's router: no socket, no port.
#[derive(Debug)]
pub(crate) struct InProcess(pub(crate) Router);

impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut builder =
            http::Request::builder().method(request.method.as_str()).uri(&request.url);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        let request = builder.body(Body::from(request.body.unwrap_or_default())).unwrap();
        let Ok(response) = self.0.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX)
            .await
            .map_err(|error| TransportError::Failed(error.to_string().into()))?;
        let content_type = parts
            .headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let retry_after = parts
            .headers
            .get(http::header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let status = parts.status.as_u16();
        Ok(Response { status, content_type, retry_after, body: body.into() })
    }
}

/// The messages that the anchor has sent.
#[derive(Clone, Default)]
pub(crate) struct Sent(pub(crate) Arc<Mutex<Vec<Message>>>);

#[async_trait::async_trait]
impl Notifier for Sent {
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError> {
        logs::secret(&message.code);
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}
