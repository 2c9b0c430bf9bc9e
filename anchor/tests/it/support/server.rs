//! A server in a process of its own, which tests can kill.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use windlass_core::{
    account::SecretKey,
    network::Network,
    xdr::{DecoratedSignature, Envelope},
};

use super::{
    FreshDatabase,
    connection::{Connection, Reply, request},
    fresh_database, multipart,
};

/// `windlass serve` with its sandbox, on a free port. Database and folder outlive the process.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    settings: Vec<(&'static str, &'static str)>,
    folder: TempDir,
    database: FreshDatabase,
}

impl Server {
    /// Starts a server with these environment variables.
    pub(crate) async fn start(settings: &[(&'static str, &'static str)]) -> Self {
        let (folder, database) = (tempfile::tempdir().unwrap(), fresh_database().await);
        let (child, address) = spawn(&data(&folder), &database.url, settings);
        Self { child, address, settings: settings.to_vec(), folder, database }
    }

    /// Kills the process as in a power cut, and starts it again.
    pub(crate) fn crash(&mut self) {
        self.kill();
        (self.child, self.address) = spawn(&data(&self.folder), &self.database.url, &self.settings);
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder of the server's secrets and files.
    pub(crate) fn folder(&self) -> PathBuf {
        data(&self.folder)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether the database is a file, which the server itself writes.
    pub(crate) fn has_file(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }

    /// Limits the size of the files that the server writes, in bytes: a longer write fails.
    #[cfg(target_os = "linux")]
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};

        let pid = Pid::from_raw(self.pid().try_into().unwrap());
        prlimit(pid, Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
    }

    /// Runs a command on the server's data.
    pub(crate) fn command(&self, args: &[&str]) -> Child {
        let mut command = windlass(&self.database.url);
        command.args(args).arg("--data").arg(self.folder());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    pub(crate) async fn connect(&self) -> Connection {
        Connection::open(self.address).await.unwrap()
    }

    /// Sends one request on a new connection.
    pub(crate) async fn ask(&self, request: &[u8]) -> std::io::Result<Reply> {
        Connection::open(self.address).await?.ask(request).await
    }

    /// Signs in with a key whose account is not on the ledger.
    pub(crate) async fn sign_in(&self, key: &SecretKey) -> String {
        let signed = self.signed_challenge(key).await;
        let reply = self.ask(&post_challenge(&signed)).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()["token"].as_str().unwrap().to_owned()
    }

    /// A challenge of the server's, signed.
    pub(crate) async fn signed_challenge(&self, key: &SecretKey) -> String {
        let path = format!("/auth?account={}", key.public());
        let reply = self.ask(&request("GET", &path, &[], b"")).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        let challenge = reply.json()["transaction"].as_str().unwrap().to_owned();
        let mut envelope = Envelope::from_base64(&challenge).unwrap();
        let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
        envelope.signatures.push(DecoratedSignature::by(key, &hash));
        envelope.to_base64()
    }

    /// The newest code to this number, once it has arrived in the sandbox's inbox.
    pub(crate) async fn code_for(&self, number: &str) -> String {
        let path = format!("/inbox?to=%2B{}", number.trim_start_matches('+'));
        let arrived = async {
            loop {
                let messages = self.ask(&request("GET", &path, &[], b"")).await.unwrap().json();
                let newest = messages.as_array().and_then(|all| all.first().cloned());
                if let Some(code) = newest.as_ref().and_then(|message| message["code"].as_str()) {
                    super::logs::secret(code);
                    return code.to_owned();
                }
            }
        };
        let patience = std::time::Duration::from_secs(30);
        tokio::time::timeout(patience, arrived).await.expect("a code arrives")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `POST /auth` with this challenge.
pub(crate) fn post_challenge(signed: &str) -> Vec<u8> {
    let body = json!({ "transaction": signed }).to_string();
    request("POST", "/auth", &[("Content-Type", "application/json")], body.as_bytes())
}

/// A request under `/kyc` with a token and a JSON body.
pub(crate) fn kyc(method: &str, path: &str, token: &str, body: &Value) -> Vec<u8> {
    let bearer = format!("Bearer {token}");
    let path = format!("/kyc{path}");
    let mut headers = vec![("Authorization", bearer.as_str())];
    if body.is_null() {
        return request(method, &path, &headers, b"");
    }
    headers.push(("Content-Type", "application/json"));
    request(method, &path, &headers, body.to_string().as_bytes())
}

/// `POST /kyc/customer/files` with a photo.
pub(crate) fn upload(token: &str, photo: &[u8]) -> Vec<u8> {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", super::MULTIPART)];
    let body = multipart(&[super::Part::File("file", photo)]);
    request("POST", "/kyc/customer/files", &headers, &body)
}

/// The server's data folder, which does not exist before the server's first start.
fn data(folder: &TempDir) -> PathBuf {
    folder.path().join("data")
}

/// Starts servers with the same folder and database at the same time. Returns their processes.
pub(crate) fn start_at_once(count: usize, folder: &Path, database: &str) -> Vec<Child> {
    std::thread::scope(|scope| {
        let starts = std::iter::repeat_with(|| scope.spawn(|| spawn(folder, database, &[]).0));
        let starts: Vec<_> = starts.take(count).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    })
}

/// The program with this database, and without the machine's own configuration. Limits on files are
/// errors of a write, and do not end the process.
fn windlass(database: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_windlass")]);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WINDLASS_") {
            command.env_remove(name);
        }
    }
    command.env("WINDLASS_DATABASE_URL", database);
    command
}

fn spawn(
    folder: &Path,
    database: &str,
    settings: &[(&'static str, &'static str)],
) -> (Child, SocketAddr) {
    let mut command = windlass(database);
    command.args(["serve", "--bind", "127.0.0.1:0", "--data"]).arg(folder);
    // Fixed, because the port changes with each start but tokens contain the URL.
    command.env("WINDLASS_PUBLIC_URL", "http://localhost:8000");
    // Tests send many requests per minute.
    command.env("WINDLASS_RATES__SIGN_IN", "0").env("WINDLASS_RATES__KYC", "0");
    command.env("WINDLASS_LOG", super::logs::FILTER);
    command.envs(settings.iter().copied());
    let log = fs::File::options().create(true).append(true).open(super::logs::file("server"));
    let log = log.unwrap();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut address = None;
    for line in lines.by_ref() {
        let line = line.unwrap();
        if let Some(at) = line.rfind(" on 127.0.0.1:") {
            address = line[at + 4..].parse().ok();
        }
        if line.starts_with("Press Ctrl-C") {
            break;
        }
    }
    // Reads and drops later output, so that the process never blocks on a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (child, address.expect("the server starts and says where; see its log"))
}
