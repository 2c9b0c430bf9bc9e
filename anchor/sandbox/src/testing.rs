//! A sandbox with a clock that tests move, keys by name, and envelopes built and signed from
//! scratch.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use serde_json::Value;
use stellar_xdr::{Limits, TransactionEnvelope, TransactionResult, WriteXdr as _};
use tower::ServiceExt as _;

use crate::{
    amount::UNIT,
    codes,
    ledger::{Included, Ledger},
    sandbox::{Clock, Close, Config, Sandbox},
    state::{Account, Accounts as _, State},
    submission::Submission,
};

mod envelope;
mod keys;

pub(crate) use envelope::{Tx, bump, create, home_domain, options, pay};
pub(crate) use keys::{Key, hash_x_signature, payload_signature};

/// 2026-08-20T12:00:00Z
pub(crate) const NOW: u64 = 1_787_227_200;

pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    now: Arc<AtomicU64>,
}

/// The result of an envelope, with the codes as Horizon spells them.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) tx: &'static str,
    pub(crate) inner: Option<&'static str>,
    pub(crate) operations: Vec<&'static str>,
    pub(crate) fee: i64,
    pub(crate) xdr: String,
    /// Whether it is in a ledger.
    pub(crate) included: bool,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Close::Instant)
    }

    pub(crate) fn manual() -> Self {
        Self::with(Close::Manual)
    }

    fn with(close: Close) -> Self {
        let now = Arc::new(AtomicU64::new(NOW));
        let read = now.clone();
        let clock: Clock = Arc::new(move || read.load(Ordering::Relaxed));
        let sandbox = Sandbox::new(Config { close, ..Config::new(clock) }).unwrap();
        Self { sandbox, now }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The key of this name, with 10,000 XLM.
    pub(crate) fn funded(&self, name: &str) -> Key {
        let key = Key::named(name);
        self.sandbox.fund(&key.address()).unwrap();
        key
    }

    /// The key of this name, with so many stroops.
    pub(crate) fn with_balance(&self, name: &str, stroops: i64) -> Key {
        let (funder, key) = (self.funded(&format!("funder of {name}")), Key::named(name));
        let created = self.tx(&funder).op(create(&key, stroops)).sign(&[&funder]);
        assert_eq!(self.submit(&created).tx, "tx_success");
        key
    }

    pub(crate) fn tx(&self, source: &Key) -> Tx {
        let sequence = self.find(source).map_or(0, |account| account.sequence);
        Tx::new(self.sandbox.network().id, source, sequence.wrapping_add(1))
    }

    pub(crate) fn ledger<T>(&self, read: impl FnOnce(&mut Ledger) -> T) -> T {
        read(&mut self.sandbox.ledger())
    }

    pub(crate) fn state(&self) -> State {
        self.ledger(|ledger| ledger.state.clone())
    }

    pub(crate) fn find(&self, key: &Key) -> Option<Account> {
        self.ledger(|ledger| ledger.state.account(&key.id()).cloned())
    }

    pub(crate) fn account(&self, key: &Key) -> Account {
        self.find(key).unwrap()
    }

    pub(crate) fn read(&self, envelope: &TransactionEnvelope) -> Submission {
        Submission::read(&base64(envelope), self.sandbox.network()).unwrap()
    }

    /// Offers the envelope and closes a ledger.
    pub(crate) fn submit(&self, envelope: &TransactionEnvelope) -> Verdict {
        let submission = self.read(envelope);
        let hash = submission.hash;
        let now = self.sandbox.now();
        self.ledger(|ledger| match ledger.offer(submission, now) {
            Err(result) => Verdict::new(&result, false),
            Ok(_) => {
                ledger.close(now);
                Verdict::new(&ledger.find(&hash).unwrap().result, true)
            }
        })
    }

    pub(crate) fn included(&self, envelope: &TransactionEnvelope) -> Option<Arc<Included>> {
        let hash = self.read(envelope).hash;
        self.ledger(|ledger| ledger.find(&hash).cloned())
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response {
        self.sandbox.ledger_router().oneshot(request).await.unwrap()
    }

    pub(crate) async fn get(&self, uri: &str) -> (StatusCode, Value) {
        json(self.send(Request::get(uri).body(Body::empty()).unwrap()).await).await
    }

    pub(crate) async fn post(&self, envelope: &TransactionEnvelope) -> (StatusCode, Value) {
        json(self.send(form("/transactions", "tx", &base64(envelope))).await).await
    }
}

impl Verdict {
    pub(crate) fn new(result: &TransactionResult, included: bool) -> Self {
        let operations = codes::operations(result).unwrap_or_default();
        Self {
            tx: codes::transaction(result.result.discriminant()),
            inner: codes::inner(result).map(codes::transaction),
            operations: operations.iter().map(codes::operation).collect(),
            fee: result.fee_charged,
            xdr: result.to_xdr_base64(Limits::none()).unwrap(),
            included,
        }
    }
}

pub(crate) fn xlm(amount: i64) -> i64 {
    amount * UNIT
}

pub(crate) fn base64(envelope: &TransactionEnvelope) -> String {
    envelope.to_xdr_base64(Limits::none()).unwrap()
}

/// A form post of one field, percent-encoded byte by byte.
pub(crate) fn form(uri: &str, name: &str, value: &str) -> Request<Body> {
    let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    Request::post(uri)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("{name}={encoded}")))
        .unwrap()
}

pub(crate) async fn json(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}
