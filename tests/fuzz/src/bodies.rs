//! Queries and bodies, through the whole anchor: never a panic, never a 500, and every refusal has
//! a text and a code.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, Uri, header},
};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use windlass_anchor::{
    Anchor, Config, Sessions,
    clock::Clock,
    hooks::{Message, Notifier, NotifierError},
    sessions::Tokens as _,
};
use windlass_core::{account::PublicKey, sep10::Claims};

const NOW: u64 = 1_780_000_000;
const SECRET: [u8; 32] = [7; 32];
const FORM: &str = "application/x-www-form-urlencoded";

/// The number of requests after which the anchor is replaced, because its growing database slows
/// later requests down.
const MOST: u32 = 2000;

static WORLD: Mutex<Option<World>> = Mutex::new(None);

/// First byte: which endpoint. The rest: its query or body, form-encoded.
pub fn form(input: &[u8]) {
    let [which, rest @ ..] = input else { return };
    let (method, path) = [
        ("GET", "/auth"),
        ("POST", "/auth"),
        ("GET", "/kyc/customer"),
        ("PUT", "/kyc/customer"),
        ("PUT", "/kyc/customer/verification"),
        ("PUT", "/kyc/customer/callback"),
        ("GET", "/kyc/customer/files"),
        ("DELETE", "/kyc/customer"),
    ][usize::from(which % 8)];
    if method == "GET" {
        let Ok(query) = core::str::from_utf8(rest) else { return };
        ask(method, &format!("{path}?{query}"), FORM, &[]);
    } else {
        ask(method, path, FORM, rest);
    }
}

/// First byte: which endpoint. The rest: its body in JSON.
pub fn json(input: &[u8]) {
    let [which, rest @ ..] = input else { return };
    let (method, path) = [
        ("PUT", "/kyc/customer"),
        ("POST", "/auth"),
        ("PUT", "/kyc/customer/verification"),
        ("PUT", "/kyc/customer/callback"),
        ("DELETE", "/kyc/customer"),
    ][usize::from(which % 5)];
    ask(method, path, "application/json", rest);
}

/// First byte: which endpoint. The rest: its body in parts, between them the boundary `X`.
pub fn multipart(input: &[u8]) {
    let [which, rest @ ..] = input else { return };
    let (method, path) =
        [("PUT", "/kyc/customer"), ("POST", "/kyc/customer/files")][usize::from(which % 2)];
    ask(method, path, "multipart/form-data; boundary=X", rest);
}

fn ask(method: &str, path: &str, media_type: &str, body: &[u8]) {
    let mut place = WORLD.lock().unwrap_or_else(PoisonError::into_inner);
    let world = match &mut *place {
        Some(world) if world.asked < MOST => world,
        old => {
            *old = None;
            old.insert(World::new())
        }
    };
    world.asked += 1;
    world.ask(method, path, media_type, body);
}

/// An anchor with a database in memory, and a wallet that has signed in.
struct World {
    runtime: Runtime,
    router: Router,
    account: String,
    token: String,
    asked: u32,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let config = config(folder.path());
        let sessions = Sessions::new(
            config.endpoint("/auth"),
            &[("a".to_owned(), SECRET.to_vec())],
            Clock::new(|| NOW),
        );
        let account = PublicKey::from_bytes([1; 32]);
        let claims = Claims::new(config.endpoint("/auth"), account.into(), NOW, NOW + 3600);
        let token = sessions
            .map_err(|error| error.to_string())
            .and_then(|sessions| sessions.issue(&claims).map_err(|error| error.to_string()));
        let builder =
            Anchor::builder(config).clock(Clock::new(|| NOW)).notifier(Arc::new(NoDelivery));
        let anchor = runtime.block_on(builder.open()).unwrap_or_else(|error| panic!("{error}"));
        Self {
            router: anchor.router(),
            runtime,
            account: account.to_string(),
            token: token.unwrap_or_else(|error| panic!("{error}")),
            asked: 0,
            _folder: folder,
        }
    }

    fn ask(&self, method: &str, path: &str, media_type: &str, body: &[u8]) {
        let path = match method {
            "DELETE" => format!("{path}/{}", self.account),
            _ => path.to_owned(),
        };
        let Ok(uri) = path.parse::<Uri>() else { return };
        let (status, answer) = self.send(method, &uri, media_type, body.to_vec());
        assert!(
            !status.is_server_error() || status == StatusCode::NOT_IMPLEMENTED,
            "{method} {path}: {status} {answer}"
        );
        if status.is_success() {
            if method != "GET" {
                // The next request uses the same anchor.
                let uri = format!("/kyc/customer/{}", self.account);
                let uri = uri.parse().unwrap_or_else(|error| panic!("{error}"));
                let (status, answer) = self.send("DELETE", &uri, "", Vec::new());
                assert!(matches!(status.as_u16(), 200 | 404), "DELETE: {status} {answer}");
            }
        } else {
            assert!(answer["error"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
            assert!(answer["code"].is_string(), "{answer}");
        }
    }

    fn send(
        &self,
        method: &str,
        uri: &Uri,
        media_type: &str,
        body: Vec<u8>,
    ) -> (StatusCode, serde_json::Value) {
        let mut request = Request::builder().method(method).uri(uri);
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let request = request.body(Body::from(body)).unwrap_or_else(|error| panic!("{error}"));
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_else(|error| panic!("{error}"));
            let answer = serde_json::from_slice(&body)
                .unwrap_or_else(|error| panic!("{} is not JSON: {error}", parts.status));
            (parts.status, answer)
        })
    }
}

/// Codes are never sent: no worker runs.
struct NoDelivery;

#[async_trait::async_trait]
impl Notifier for NoDelivery {
    async fn deliver(&self, _: &Message) -> Result<(), NotifierError> {
        Ok(())
    }
}

/// Short texts and small files suffice to meet every limit.
fn config(folder: &std::path::Path) -> Config {
    let text = format!(
        r#"
        data_dir = {folder:?}
        database_url = "sqlite::memory:"
        public_url = "http://localhost:8000"
        [network]
        horizon_url = "http://127.0.0.1:9"
        [kyc]
        default = "all"
        [kyc.types.all]
        required = ["first_name", "birth_date", "photo_id_front"]
        optional = ["last_name", "id_type", "email_address", "mobile_number", "address_country_code",
                    "organization.name", "bank_account_number", "photo_id_back", "occupation"]
        [rates]
        sign_in = 0
        kyc = 0
        [limits]
        file_bytes = 600
        body_bytes = 2000
        [secrets]
        signing_seed = "{seed}"
        session_keys = [{{ id = "a", secret = "{session}" }}]
        data_keys = [{{ id = "a", secret = "{data}" }}]
        "#,
        seed = windlass_core::account::SecretKey::from_seed(&[3; 32]).reveal().as_str(),
        session = data_encoding::BASE64.encode(&SECRET),
        data = data_encoding::BASE64.encode(&[5; 32]),
    );
    let file = folder.join("windlass.toml");
    std::fs::write(&file, text).unwrap_or_else(|error| panic!("{error}"));
    Config::load(Some(&file), []).unwrap_or_else(|error| panic!("{error}"))
}
