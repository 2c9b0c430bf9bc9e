//! Anchors with each implementation of the customers hook.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex},
};

use axum::Router;
use windlass_anchor::{
    Sessions,
    clock::{Clock, system_clock, system_random},
    config::Secret,
    hooks::{Customers, Notifier},
    remote::{HttpCustomers, HttpHook},
};
use windlass_example_customers::InMemory;

use super::{Alone, Inbox, NOW, Wallet, fronted, service_with, token};

/// The customer types that the examples also have.
const KINDS: &str = r#"
    default = "small"
    [types.small]
    required = ["first_name", "city"]
    [types.photo]
    required = ["first_name", "photo_id_front"]
    optional = ["photo_id_back"]
    [types.phone]
    required = ["mobile_number"]
    optional = ["city"]
"#;
/// A shared secret of 32 bytes.
pub(crate) const SHARED: &[u8; 32] = b"a secret of two servers, 32 long";

/// An anchor with one of the implementations.
pub(crate) enum Host {
    BuiltIn(Alone),
    InMemory(Front, Arc<Inbox>),
    OverHttp(Front, Business),
}

/// An anchor's router over a customers hook.
pub(crate) struct Front {
    router: Router,
    sessions: Sessions,
}

impl Front {
    async fn of(customers: Arc<dyn Customers>) -> Self {
        let (router, sessions) = fronted(customers).await;
        Self { router, sessions }
    }
}

/// The built-in customers, in a database.
pub(crate) async fn built_in() -> Host {
    Host::BuiltIn(service_with(KINDS).await)
}

/// The customers of the example crate.
pub(crate) async fn in_memory() -> Host {
    let inbox = Arc::new(Inbox::default());
    let notifier = Arc::clone(&inbox) as Arc<dyn Notifier>;
    let customers = InMemory::new(notifier, Clock::new(|| NOW), system_random());
    Host::InMemory(Front::of(Arc::new(customers)).await, inbox)
}

/// The customers of the example server in another language, over HTTP.
pub(crate) async fn over_http() -> Host {
    let business = Business::start();
    let customers = HttpCustomers::new(&hook(&business.url), system_clock(), system_random());
    Host::OverHttp(Front::of(Arc::new(customers.unwrap())).await, business)
}

/// The configuration of a hook at this URL, with two attempts per call.
pub(crate) fn hook(url: &str) -> HttpHook {
    HttpHook {
        url: url.parse().unwrap(),
        key_id: "main".to_owned(),
        secret: Secret(SHARED.to_vec()),
        timeout: 10,
        attempts: 2,
    }
}

impl Host {
    /// A wallet with a session of this subject.
    pub(crate) fn wallet(&self, subject: &str) -> Wallet<'_> {
        match self {
            Self::BuiltIn(service) => service.wallet(subject),
            Self::InMemory(front, _) | Self::OverHttp(front, _) => {
                Wallet { router: &front.router, token: token(&front.sessions, subject) }
            }
        }
    }

    /// The only code that was sent since the last call.
    pub(crate) async fn code(&self) -> String {
        match self {
            Self::BuiltIn(service) => service.code().await,
            Self::InMemory(_, inbox) => {
                let mut mail = inbox.take();
                assert_eq!(mail.len(), 1, "one message");
                mail.remove(0).code
            }
            Self::OverHttp(_, business) => business.code(),
        }
    }
}

/// The process of the example server. Dropping this ends it.
pub(crate) struct Business {
    pub(crate) url: String,
    server: Child,
    lines: Mutex<BufReader<ChildStdout>>,
}

impl Business {
    fn start() -> Self {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/business-server/server.py");
        let mut server = Command::new("python3")
            .arg(script)
            .args(["--port", "0", "--key-id", "main", "--secret"])
            .arg(data_encoding::BASE64.encode(SHARED))
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts: install it (Debian: apt-get install python3)");
        let mut lines = BufReader::new(server.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { url, server, lines: Mutex::new(lines) }
    }

    /// The last code, which the server prints before it answers the request.
    fn code(&self) -> String {
        let mut line = String::new();
        self.lines.lock().unwrap().read_line(&mut line).unwrap();
        let code = line.trim().strip_prefix("code ").and_then(|rest| rest.split_once(' '));
        code.unwrap().1.to_owned()
    }
}

impl Drop for Business {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
