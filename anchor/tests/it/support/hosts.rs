//! An anchor in front of each implementation of the customers.

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

/// The types that the examples have as well.
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
/// 32 bytes.
pub(crate) const SHARED: &[u8; 32] = b"a secret of two servers, 32 long";

/// An anchor, whatever its customers are.
pub(crate) enum Host {
    BuiltIn(Alone),
    InMemory(Front, Arc<Inbox>),
    OverHttp(Front, Business),
}

/// The router in front of them.
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

/// Those of the example crate.
pub(crate) async fn in_memory() -> Host {
    let inbox = Arc::new(Inbox::default());
    let notifier = Arc::clone(&inbox) as Arc<dyn Notifier>;
    let customers = InMemory::new(notifier, Clock::new(|| NOW), system_random());
    Host::InMemory(Front::of(Arc::new(customers)).await, inbox)
}

/// Those of the example server in another language, over HTTP.
pub(crate) async fn over_http() -> Host {
    let business = Business::start();
    let customers = HttpCustomers::new(&hook(&business.url), system_clock(), system_random());
    Host::OverHttp(Front::of(Arc::new(customers.unwrap())).await, business)
}

/// A hook at this URL, tried twice.
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

    /// The one code that was sent since the last time.
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

/// The example server, which ends with this.
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

    /// It prints a code before it answers the request that sends it.
    fn code(&self) -> String {
        let mut line = String::new();
        self.lines.lock().unwrap().read_line(&mut line).unwrap();
        let code = line.trim().strip_prefix("code ").and_then(|rest| rest.split_once(' '));
        code.unwrap().1.to_owned()
    }
}

impl Drop for Business {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
