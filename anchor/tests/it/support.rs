//! An anchor with its router, wallets that call it, and an inbox for its messages.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use object_store::{ObjectStore, local::LocalFileSystem, memory::InMemory};
use serde_json::Value;
use tempfile::TempDir;
use tower::{ServiceExt as _, util::MapRequest};
use windlass_anchor::{
    Anchor, Config, Sessions,
    clock::Clock,
    config::{
        DataKey, Limits, Rates, Secret, Secrets, SessionAlgorithm, SessionKey, StorageConfig,
    },
    database::Database,
    hooks::{
        Channel, Customers, Ledger, LedgerError, Message, Notifier, NotifierError, ReviewProvider,
    },
    kyc::{Kyc, Requirements, Transactions},
    outbound::Policy,
    outbox::Worker,
    sessions::Tokens as _,
    vault::Vault,
};
use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    sep10::{Claims, OnLedger},
};

pub(crate) mod hosts;
pub(crate) mod log;
mod receiver;
mod rows;
pub(crate) mod server;
pub(crate) mod spy;

pub(crate) use receiver::Receiver;
pub(crate) use windlass_test_common::{
    connection,
    database::{FreshDatabase, fresh_database},
    logs,
};

/// 2026-01-02T03:04:05Z
pub(crate) const NOW: u64 = 1_767_323_045;
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR a photo of an ID";
pub(crate) const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF another photo of an ID";
pub(crate) const PDF: &[u8] = b"%PDF-1.7 a document";
pub(crate) const LIMITS: Limits = Limits { file_bytes: 10_000, body_bytes: 30_000 };
const SECRET: [u8; 32] = [5; 32];

/// The `G…` address of test account `n`.
pub(crate) fn g(n: u8) -> String {
    key(n).to_string()
}

/// A muxed account of test account `n`.
pub(crate) fn m(n: u8, id: u64) -> String {
    Account::Muxed { key: key(n), id }.to_string()
}

fn key(n: u8) -> PublicKey {
    PublicKey::from_bytes([n; 32])
}

/// Customer types with few fields: `default` needs a name and a city, `phone` a number, `manual` an
/// operator's approval.
pub(crate) const SMALL: &str = r#"
    default = "small"
    [types.small]
    required = ["first_name", "city"]
    [types.big]
    required = ["first_name", "city", "birth_date", "photo_id_front"]
    optional = ["photo_id_back", "organization.name", "id_type", "occupation"]
    [types.phone]
    required = ["mobile_number"]
    optional = ["email_address", "city"]
    [types.manual]
    required = ["first_name", "photo_id_front"]
    optional = ["city"]
    review = "manual"
    [fields.email_address]
    verify = true
    [fields.id_type]
    choices = ["passport", "id_card"]
"#;

/// The start of confirmation links.
pub(crate) const LINKS: &str = "https://anchor.example.com/confirm";

/// The anchor's `SIGNING_KEY`.
pub(crate) fn signing_key() -> SecretKey {
    SecretKey::from_seed(&[9; 32])
}

/// Optional parts of a server.
pub(crate) struct Extras {
    /// Which servers it may call.
    pub(crate) policy: Policy,
    pub(crate) transactions: Option<Arc<dyn Transactions>>,
    /// The storage of files.
    pub(crate) files: Files,
    pub(crate) limits: Limits,
    /// Data keys in place of the default one.
    pub(crate) vault: Option<Vault>,
    /// The review provider of customers whose type has `review = "provider"`.
    pub(crate) review_provider: Option<Arc<dyn ReviewProvider>>,
}

impl Default for Extras {
    /// Allows callback receivers on this machine.
    fn default() -> Self {
        Self {
            policy: Policy { development: true },
            review_provider: None,
            transactions: None,
            files: Files::Memory,
            limits: LIMITS,
            vault: None,
        }
    }
}

/// A server. Two servers with the same database are replicas.
pub(crate) struct Service {
    pub(crate) anchor: Anchor,
    /// The router, with paths without the prefix `/kyc`.
    pub(crate) router: Router,
    pub(crate) kyc: Arc<Kyc>,
    pub(crate) worker: Worker,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) database: Database,
    pub(crate) url: String,
    /// The object store of the server.
    pub(crate) files: Arc<dyn ObjectStore>,
    sessions: Sessions,
    now: Arc<AtomicU64>,
    _folder: TempDir,
}

/// The kinds of file storage.
pub(crate) enum Files {
    Memory,
    Folder(PathBuf),
    Configured(Box<StorageConfig>),
}

/// A server with a database of its own, which is deleted with it.
pub(crate) struct Alone {
    service: Service,
    _database: FreshDatabase,
}

impl std::ops::Deref for Alone {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

/// A server with the types of [`SMALL`].
pub(crate) async fn service() -> Alone {
    service_with(SMALL).await
}

pub(crate) async fn service_with(requirements: &str) -> Alone {
    let fresh = fresh_database().await;
    Alone { service: Service::over(&fresh.url, requirements).await, _database: fresh }
}

impl Service {
    /// A server over this database, with its files in memory.
    pub(crate) async fn over(url: &str, requirements: &str) -> Self {
        Self::with_extras(url, requirements, Extras::default()).await
    }

    /// A server over this database and these files.
    pub(crate) async fn with(url: &str, requirements: &str, files: Files, limits: Limits) -> Self {
        let extras = Extras { files, limits, ..Extras::default() };
        Self::with_extras(url, requirements, extras).await
    }

    /// A server over this database, these files and these keys.
    pub(crate) async fn with_vault(
        url: &str,
        requirements: &str,
        files: Files,
        vault: Vault,
    ) -> Self {
        let extras = Extras { files, vault: Some(vault), ..Extras::default() };
        Self::with_extras(url, requirements, extras).await
    }

    /// A server with this database and these optional parts.
    pub(crate) async fn with_extras(url: &str, requirements: &str, extras: Extras) -> Self {
        let Extras { policy, transactions, files, limits, vault, review_provider } = extras;
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path());
        config.database_url = Some(url.to_owned());
        config.kyc = toml::from_str::<Requirements>(requirements).unwrap();
        config.limits = limits;
        let (clock, now) = Clock::manual(NOW);
        let inbox = Arc::new(Inbox::default());
        let memory = Arc::new(InMemory::new());
        let files: Arc<dyn ObjectStore> = match files {
            Files::Memory => memory.clone(),
            Files::Folder(folder) => {
                config.storage.url = Some(format!("file://{}", folder.display()).parse().unwrap());
                Arc::new(LocalFileSystem::new_with_prefix(folder).unwrap())
            }
            Files::Configured(storage) => {
                config.storage = *storage;
                memory.clone()
            }
        };
        let in_memory = config.storage.url.is_none();
        let mut builder = Anchor::builder(config)
            .clock(clock.clone())
            .ledger(Arc::new(NoLedger))
            .notifier(Arc::clone(&inbox) as Arc<dyn Notifier>)
            .outbound(policy);
        if in_memory {
            builder = builder.objects(memory);
        }
        if let Some(vault) = vault {
            builder = builder.vault(vault);
        }
        if let Some(transactions) = transactions {
            builder = builder.transactions(transactions);
        }
        if let Some(review_provider) = review_provider {
            builder = builder.review_provider(review_provider);
        }
        let anchor = builder.open().await.unwrap();
        Self {
            router: without_kyc_prefix(&anchor),
            kyc: Arc::clone(anchor.kyc().unwrap()),
            worker: anchor.worker().clone(),
            database: anchor.database().clone(),
            anchor,
            inbox,
            url: url.to_owned(),
            files,
            sessions: sessions(&SECRET, clock),
            now,
            _folder: folder,
        }
    }

    /// Runs the housekeeping once.
    pub(crate) async fn housekeep(&self) {
        self.anchor.housekeeping().run_once().await.unwrap();
    }

    /// A wallet with a session of this subject: `G…`, `G…:7` or `M…`.
    pub(crate) fn wallet(&self, subject: &str) -> Wallet<'_> {
        Wallet { router: &self.router, token: token(&self.sessions, subject) }
    }

    /// The server's time.
    pub(crate) fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    /// Moves the clock forward by this many seconds.
    pub(crate) fn wait(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Runs the worker, and returns the messages that have arrived.
    pub(crate) async fn mail(&self) -> Vec<Message> {
        self.worker.run_once().await.unwrap();
        self.inbox.take()
    }

    /// The only code that has arrived since the last call.
    pub(crate) async fn code(&self) -> String {
        let mut mail = self.mail().await;
        assert_eq!(mail.len(), 1, "one message");
        mail.remove(0).code
    }

    /// All rows of all tables, to check that a request wrote nothing.
    pub(crate) async fn everything(&self) -> Vec<String> {
        rows::everything(self.database.reads()).await
    }

    /// All bytes that the database stores: the files of SQLite with its log, or the columns of all
    /// rows of PostgreSQL.
    pub(crate) async fn every_byte(&self, url: &str) -> Vec<u8> {
        rows::every_byte(self.database.reads(), url).await
    }
}

/// An anchor with these customers, and the sessions that it accepts. Its files and database are in
/// memory.
pub(crate) async fn fronted(customers: Arc<dyn Customers>) -> (Router, Sessions) {
    fronted_with(customers, StorageConfig::default(), LIMITS).await
}

/// Like [`fronted`], with the files in this storage, or in memory without a URL.
pub(crate) async fn fronted_with(
    customers: Arc<dyn Customers>,
    storage: StorageConfig,
    limits: Limits,
) -> (Router, Sessions) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(folder.path());
    config.database_url = Some("sqlite::memory:".to_owned());
    (config.storage, config.limits) = (storage, limits);
    let in_memory = config.storage.url.is_none();
    let clock = Clock::new(|| NOW);
    let mut builder = Anchor::builder(config)
        .clock(clock.clone())
        .ledger(Arc::new(NoLedger))
        .customers(customers);
    if in_memory {
        builder = builder.objects(Arc::new(InMemory::new()));
    }
    let anchor = builder.open().await.unwrap();
    (without_kyc_prefix(&anchor), sessions(&SECRET, clock))
}

/// The configuration of all test anchors, with the data in this folder.
fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        public_url: Some("https://anchor.example.com".parse().unwrap()),
        // The clock stands still, so a limit per minute would never reset.
        rates: Rates { sign_in: 0, kyc: 0, proxies: 0 },
        secrets: Some(Secrets {
            signing_seed: Secret(signing_key()),
            session_keys: vec![SessionKey {
                id: "a".to_owned(),
                algorithm: SessionAlgorithm::Hs256,
                secret: Secret(SECRET.to_vec()),
            }],
            data_keys: vec![DataKey { id: "test".to_owned(), secret: Secret([1; 32]) }],
        }),
        ..Config::default()
    }
}

/// The routes of an anchor, with the prefix `/kyc` removed.
fn without_kyc_prefix(anchor: &Anchor) -> Router {
    let with_prefix = |mut request: Request<Body>| {
        let path = request.uri().to_string();
        if !path.starts_with("/confirm") {
            *request.uri_mut() = format!("/kyc{path}").parse().unwrap();
        }
        request
    };
    Router::new().fallback_service(MapRequest::new(anchor.router(), with_prefix))
}

/// A ledger that never answers, because no test here signs in.
struct NoLedger;

#[async_trait]
impl Ledger for NoLedger {
    async fn account(&self, _: &PublicKey) -> Result<OnLedger, LedgerError> {
        Err(LedgerError::Unexpected { status: 503, detail: "nothing" })
    }

    async fn network_passphrase(&self) -> Result<String, LedgerError> {
        Err(LedgerError::Unexpected { status: 503, detail: "nothing" })
    }
}

/// Sessions signed with this secret.
pub(crate) fn sessions(secret: &[u8; 32], clock: Clock) -> Sessions {
    Sessions::new("https://anchor.example.com/auth", &[("a".to_owned(), secret.to_vec())], clock)
        .unwrap()
}

/// A token for this subject that is valid for an hour.
pub(crate) fn token(sessions: &Sessions, subject: &str) -> String {
    let claims = Claims::new(sessions.issuer(), subject.parse().unwrap(), NOW, NOW + 360_000);
    sessions.issue(&claims).unwrap()
}

/// A wallet that has signed in.
pub(crate) struct Wallet<'a> {
    pub(crate) router: &'a Router,
    pub(crate) token: String,
}

/// A response of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// Status and stable code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        assert!(self.body["error"].is_string(), "{self:?}");
        (self.status.as_u16(), self.body["code"].as_str().unwrap())
    }

    /// The field that a refusal names.
    pub(crate) fn field(&self) -> &str {
        self.body["field"].as_str().unwrap_or_default()
    }

    /// The body of a success.
    pub(crate) fn ok(self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        self.body
    }

    /// The id that a `PUT` answered.
    pub(crate) fn id(self) -> String {
        assert_eq!(self.status, StatusCode::ACCEPTED, "{self:?}");
        self.body["id"].as_str().unwrap().to_owned()
    }
}

impl Wallet<'_> {
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        media_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        send(self.router, request.body(body.into()).unwrap()).await
    }

    /// `GET /customer` with this query.
    pub(crate) async fn get(&self, query: &str) -> Answer {
        self.send(Method::GET, &format!("/customer?{query}"), "", Body::empty()).await
    }

    /// `PUT /customer` with this JSON.
    pub(crate) async fn put(&self, body: Value) -> Answer {
        self.send(Method::PUT, "/customer", "application/json", body.to_string()).await
    }

    /// `PUT /customer` with this form.
    pub(crate) async fn put_form(&self, body: &str) -> Answer {
        self.send(Method::PUT, "/customer", "application/x-www-form-urlencoded", body.to_owned())
            .await
    }

    /// `PUT /customer` with these parts, in this order.
    pub(crate) async fn put_parts(&self, parts: &[Part<'_>]) -> Answer {
        self.send(Method::PUT, "/customer", MULTIPART, multipart(parts)).await
    }

    /// `PUT /customer/verification`
    pub(crate) async fn verify(&self, body: Value) -> Answer {
        self.send(Method::PUT, "/customer/verification", "application/json", body.to_string()).await
    }

    /// `PUT /customer/callback`
    pub(crate) async fn callback(&self, body: Value) -> Answer {
        self.send(Method::PUT, "/customer/callback", "application/json", body.to_string()).await
    }

    /// `DELETE /customer/{account}` without a body.
    pub(crate) async fn delete(&self, account: &str) -> Answer {
        self.send(Method::DELETE, &format!("/customer/{account}"), "", Body::empty()).await
    }

    /// `POST /customer/files`
    pub(crate) async fn upload(&self, bytes: &[u8]) -> Answer {
        let body = multipart(&[Part::File("file", bytes)]);
        self.send(Method::POST, "/customer/files", MULTIPART, body).await
    }

    /// `GET /customer/files`
    pub(crate) async fn files(&self, query: &str) -> Answer {
        self.send(Method::GET, &format!("/customer/files?{query}"), "", Body::empty()).await
    }
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
    Answer { status, headers, body }
}

pub(crate) const MULTIPART: &str = "multipart/form-data; boundary=XX";

/// A part of a multipart body.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

pub(crate) fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (head, content) = match *part {
            Part::Text(name, text) => (format!("name=\"{name}\""), text.as_bytes()),
            Part::File(name, bytes) => {
                (format!("name=\"{name}\"; filename=\"x.bin\"\r\nContent-Type: image/png"), bytes)
            }
        };
        body.extend_from_slice(
            format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    body
}

/// A notifier that stores messages, or refuses them with this text.
#[derive(Default)]
pub(crate) struct Inbox {
    messages: Mutex<Vec<Message>>,
    refusal: Mutex<Option<String>>,
}

impl Inbox {
    pub(crate) fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.messages.lock().unwrap())
    }

    pub(crate) fn refuse(&self, text: Option<&str>) {
        *self.refusal.lock().unwrap() = text.map(str::to_owned);
    }
}

#[async_trait]
impl Notifier for Inbox {
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError> {
        if let Some(text) = &*self.refusal.lock().unwrap() {
            return Err(NotifierError(text.replace("{to}", &message.to)));
        }
        logs::secret(&message.code);
        self.messages.lock().unwrap().push(message.clone());
        Ok(())
    }
}

/// The channel and address of a message.
pub(crate) fn addressed(message: &Message) -> (Channel, &str) {
    (message.channel, &message.to)
}
