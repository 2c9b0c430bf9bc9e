//! A load generator: starts the server, sends requests over 32 connections that stay open, and
//! prints a table of what it measured. `cargo xtask bench server` runs it on SQLite and on
//! PostgreSQL.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::task::JoinSet;
use windlass_core::{
    account::SecretKey,
    network::Network,
    xdr::{DecoratedSignature, Envelope},
};
use windlass_test_common::connection::{Connection, request};

/// Concurrent connections.
const CONNECTIONS: usize = 32;
/// Accounts whose customers are requested.
const ACCOUNTS: u8 = 64;
/// The number of runs of each measurement. The median counts.
const RUNS: usize = 3;
/// The duration of one run.
const TIME: Duration = Duration::from_secs(5);
/// Signed challenges for one run of `POST /auth`; it ends when they are used up.
const CHALLENGES: usize = 8000;
/// Requests after which the memory is read again.
const MANY: usize = 100_000;

/// Requests, each for one of the connections.
type Requests = Arc<dyn Fn() -> Option<Vec<u8>> + Send + Sync>;

/// Arguments: the server's program, and its database (empty for SQLite in a folder of its own).
pub(crate) fn run() {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().unwrap();
    let database = arguments.next().unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure(Path::new(&program), &database));
}

async fn measure(program: &Path, database: &str) {
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let server = Server::start(program, folder.path(), database);
    let (start, memory) = (started.elapsed().as_secs_f64() * 1000.0, server.resident());
    println!("started in {start:.0} ms; {memory:.1} MiB");
    let heading = ["", "requests", "per second", "p50 ms", "p99 ms"];
    row(&heading.map(str::to_owned));
    let server = Arc::new(server);

    let mut tokens = Vec::new();
    for number in 0..ACCOUNTS {
        let key = key(number);
        let post = post_challenge(&sign(&server.challenge(&key).await, &key));
        tokens.push(server.ask(&post).await["token"].as_str().unwrap().to_owned());
    }
    let tokens = Arc::new(tokens);
    let counter = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let next = move || counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut total = 0;

    let (turn, all) = (next.clone(), Arc::clone(&tokens));
    let put: Requests = Arc::new(move || {
        let turn = turn();
        let fields = json!({"first_name": format!("Ada {turn}"), "last_name": "Lovelace", "birth_date": "1990-04-21"});
        Some(kyc("PUT", &all[turn % all.len()], &fields))
    });
    let (turn, all) = (next.clone(), Arc::clone(&tokens));
    let get: Requests = Arc::new(move || Some(kyc("GET", &all[turn() % all.len()], &Value::Null)));
    let turn = next.clone();
    let challenge: Requests = Arc::new(move || {
        let account = key(u8::try_from(turn() % usize::from(ACCOUNTS)).unwrap()).public();
        Some(request("GET", &format!("/auth?account={account}"), &[], b""))
    });

    for (name, requests) in
        [("PUT /customer", &put), ("GET /customer", &get), ("GET /auth", &challenge)]
    {
        flood(server.address, requests, Duration::from_millis(1500)).await;
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            runs.push(flood(server.address, requests, TIME).await);
        }
        total += middle(name, runs);
    }
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let signed = Mutex::new(signed_challenges(&server).await);
        let post: Requests = Arc::new(move || signed.lock().unwrap().pop_front());
        runs.push(flood(server.address, &post, Duration::from_secs(60)).await);
    }
    total += middle("POST /auth", runs);

    while total < MANY {
        total += flood(server.address, &get, TIME).await.times.len();
    }
    println!("{:.1} MiB after {total} requests", server.resident());
}

/// What one run has measured.
struct Run {
    /// How long each request took.
    times: Vec<Duration>,
    took: Duration,
}

/// Sends requests over all connections until the time is over or there are none left.
async fn flood(to: SocketAddr, requests: &Requests, time: Duration) -> Run {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let requests = Arc::clone(requests);
        tasks.spawn(async move {
            let mut connection = Connection::open(to).await.unwrap();
            let mut times = Vec::new();
            while started.elapsed() < time {
                let Some(request) = requests() else { break };
                let asked = Instant::now();
                let reply = connection.ask(&request).await.unwrap();
                times.push(asked.elapsed());
                assert!(!reply.last, "the connection is kept");
                assert!(
                    reply.status < 300,
                    "{} {}",
                    reply.status,
                    String::from_utf8_lossy(&reply.body)
                );
            }
            times
        });
    }
    let times = tasks.join_all().await.concat();
    Run { times, took: started.elapsed() }
}

/// Prints the middle run and returns the number of requests of all runs.
fn middle(name: &str, mut runs: Vec<Run>) -> usize {
    let rate = |run: &Run| run.times.len() as f64 / run.took.as_secs_f64();
    runs.sort_by(|a, b| rate(a).total_cmp(&rate(b)));
    let total = runs.iter().map(|run| run.times.len()).sum();
    let run = &mut runs[RUNS / 2];
    run.times.sort_unstable();
    let at = |part: usize| run.times[(run.times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    row(&[
        name.to_owned(),
        run.times.len().to_string(),
        format!("{:.0}", rate(run)),
        format!("{:.2}", at(50)),
        format!("{:.2}", at(99)),
    ]);
    total
}

async fn signed_challenges(server: &Arc<Server>) -> VecDeque<Vec<u8>> {
    let mut tasks = JoinSet::new();
    for part in 0..CONNECTIONS {
        let server = Arc::clone(server);
        tasks.spawn(async move {
            let mut connection = Connection::open(server.address).await.unwrap();
            let mut signed = Vec::new();
            for number in 0..CHALLENGES / CONNECTIONS {
                let key = key(u8::try_from((part + number) % usize::from(ACCOUNTS)).unwrap());
                let path = format!("/auth?account={}", key.public());
                let reply = connection.ask(&request("GET", &path, &[], b"")).await.unwrap();
                signed.push(post_challenge(&sign(&parse(&reply.body), &key)));
            }
            signed
        });
    }
    tasks.join_all().await.concat().into()
}

fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number + 1; 32])
}

fn sign(challenge: &Value, key: &SecretKey) -> String {
    let mut envelope = Envelope::from_base64(challenge["transaction"].as_str().unwrap()).unwrap();
    let hash = envelope.transaction.hash(&Network::new(Network::STANDALONE));
    envelope.signatures.push(DecoratedSignature::by(key, &hash));
    envelope.to_base64()
}

fn post_challenge(signed: &str) -> Vec<u8> {
    let body = json!({ "transaction": signed }).to_string();
    request("POST", "/auth", &[("Content-Type", "application/json")], body.as_bytes())
}

fn kyc(method: &str, token: &str, body: &Value) -> Vec<u8> {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    request(method, "/kyc/customer", &headers, body.as_bytes())
}

fn parse(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// Prints a row of the table.
fn row([name, cells @ ..]: &[String; 5]) {
    let cells: String = cells.iter().map(|cell| format!("{cell:>13}")).collect();
    println!("{name:<13}{cells}");
}

/// The server with its sandbox ledger, which it queries for every account that signs in.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(program: &Path, folder: &Path, database: &str) -> Self {
        let mut command = Command::new(program);
        command.args(["serve", "--bind", "127.0.0.1:0", "--data"]).arg(folder);
        if !database.is_empty() {
            command.env("WINDLASS_DATABASE_URL", database);
        }
        // No rate limits, and no log line for each request.
        command.env("WINDLASS_RATES__SIGN_IN", "0").env("WINDLASS_RATES__KYC", "0");
        command.env("WINDLASS_LOG", "warn").stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut address = None;
        for line in lines.by_ref() {
            if let Some(at) = line.rfind(" on 127.0.0.1:") {
                address = line[at + 4..].parse().ok();
            }
            if line.starts_with("Press Ctrl-C") {
                break;
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: address.expect("the server starts") }
    }

    async fn ask(&self, request: &[u8]) -> Value {
        let reply = Connection::open(self.address).await.unwrap().ask(request).await.unwrap();
        assert!(reply.status < 300, "{}", String::from_utf8_lossy(&reply.body));
        parse(&reply.body)
    }

    async fn challenge(&self, key: &SecretKey) -> Value {
        self.ask(&request("GET", &format!("/auth?account={}", key.public()), &[], b"")).await
    }

    /// The resident memory of its process, in MiB.
    fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
