use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use serde_json::Value;
use stellar_xdr::{AccountId, TransactionResult};
use tokio::sync::watch;

use crate::{
    error::SandboxError,
    fault::{Fault, Faults},
    friendbot, http,
    inbox::Inbox,
    ledger::{Included, Ledger},
    network::Network,
    submission::Submission,
};

/// Passphrase of a network of one's own, the sandbox's default.
pub const STANDALONE: &str = "Standalone Network ; February 2017";

/// Gives the present time in Unix seconds; the ledger's times and the `Date` header come from it.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// When ledgers close.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Close {
    /// Each accepted submission closes a ledger at once.
    #[default]
    Instant,
    /// Only [`Sandbox::close_ledger`] closes one, and friendbot, which closes its own.
    Manual,
}

/// How a sandbox is to be.
#[derive(Clone)]
pub struct Config {
    /// The network it stands for; any but the public one.
    pub passphrase: String,
    /// Where time comes from. Ledgers close at least a second apart, so many in one second run ahead of it.
    pub clock: Clock,
    /// When ledgers close.
    pub close: Close,
    /// How long `POST /transactions` waits for the transaction to be in a ledger before it answers 504.
    pub submit_timeout: Duration,
}

impl Config {
    /// A standalone network that closes a ledger for each submission.
    pub fn new(clock: Clock) -> Self {
        Self {
            passphrase: STANDALONE.to_owned(),
            clock,
            close: Close::default(),
            submit_timeout: Duration::from_secs(30), // Horizon's own
        }
    }
}

/// A ledger and an inbox in memory; clones share both.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    config: Config,
    network: Network,
    ledger: Mutex<Ledger>,
    /// The number of the last closed ledger, for those who wait for the next.
    closed: watch::Sender<u32>,
    faults: Faults,
    inbox: Inbox,
}

/// What became of a submission.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It is in a ledger, successful or not.
    Included(Arc<Included>),
    /// It was not let in.
    Refused(TransactionResult),
    /// It may still come into a ledger, or not.
    Unknown,
}

impl Sandbox {
    /// Starts a ledger with one account, the root, which friendbot pays from.
    ///
    /// # Errors
    ///
    /// Refuses the public network's passphrase.
    pub fn new(config: Config) -> Result<Self, SandboxError> {
        let network = Network::new(config.passphrase.clone())?;
        let ledger = Ledger::genesis(&network, (config.clock)());
        Ok(Self(Arc::new(Inner {
            closed: watch::Sender::new(ledger.last.sequence),
            ledger: Mutex::new(ledger),
            config,
            network,
            faults: Faults::default(),
            inbox: Inbox::new(),
        })))
    }

    /// Horizon's API over this ledger, with CORS open.
    ///
    /// Serve it alone, or mount it with `nest_service("/horizon", …)`; plain `nest` would miss `/horizon/`.
    pub fn ledger_router(&self) -> Router {
        http::router(self.clone())
    }

    /// The inbox for codes and messages; its routes are mounted on their own.
    pub fn inbox(&self) -> Inbox {
        self.0.inbox.clone()
    }

    /// The network's passphrase.
    pub fn passphrase(&self) -> &str {
        &self.0.network.passphrase
    }

    /// Does what `GET /friendbot` does: 10,000 XLM for an account that has less, in a ledger of its own.
    ///
    /// # Errors
    ///
    /// The address is not a `G…`; the account has 10,000 XLM or more; somebody changed the root account's signers.
    pub fn fund(&self, account: &str) -> Result<(), SandboxError> {
        let id = account.parse().map_err(|_| SandboxError::BadAddress(account.to_owned()))?;
        friendbot::fund(self, &id).map(drop)
    }

    /// The account as `GET /accounts/{account}` shows it, with links relative to the root; none if unknown.
    pub fn account_json(&self, account: &str) -> Option<Value> {
        let id: AccountId = account.parse().ok()?;
        http::account_json(&self.ledger(), &id)
    }

    /// Closes a ledger with everything that waits, and gives its number; an empty one if nothing does.
    pub fn close_ledger(&self) -> u32 {
        let now = self.now();
        let mut ledger = self.ledger();
        ledger.close(now);
        self.announce(&ledger)
    }

    /// Makes the next `count` requests to paths that start with `path_prefix` fail.
    ///
    /// Paths count from where the router is mounted: `/accounts`, `/transactions`, or `/` for all. Faults for the
    /// same path are used up in the order in which they were asked for.
    pub fn fail_next(&self, path_prefix: &str, fault: Fault, count: u32) {
        self.0.faults.add(path_prefix, fault, count);
    }

    pub(crate) fn network(&self) -> &Network {
        &self.0.network
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// The clock's time, which the ledger may be ahead of.
    pub(crate) fn now(&self) -> u64 {
        (self.0.config.clock)()
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A panic elsewhere is a bug to be seen there, not a reason to take every other request down with it.
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells those who wait that a ledger closed.
    pub(crate) fn announce(&self, ledger: &Ledger) -> u32 {
        self.0.closed.send_replace(ledger.last.sequence);
        ledger.last.sequence
    }

    /// Submits and waits until it is in a ledger, as `POST /transactions` does (HZ-121, HZ-122).
    pub(crate) async fn submit(&self, submission: Submission) -> Outcome {
        let mut closed = self.0.closed.subscribe();
        let hash = submission.hash;
        if let Err(result) = self.offer(submission) {
            return Outcome::Refused(result);
        }
        let included = async {
            loop {
                if let Some(included) = self.ledger().find(&hash).cloned() {
                    return Outcome::Included(included);
                }
                if closed.changed().await.is_err() {
                    return Outcome::Unknown;
                }
            }
        };
        tokio::time::timeout(self.0.config.submit_timeout, included)
            .await
            .unwrap_or(Outcome::Unknown)
    }

    /// Takes it into the queue, and into a ledger if these close at once; nothing if it is in one already.
    fn offer(&self, submission: Submission) -> Result<(), TransactionResult> {
        let now = self.now();
        let mut ledger = self.ledger();
        if ledger.find(&submission.hash).is_some() {
            return Ok(());
        }
        let accepted = ledger.offer(submission, now)?;
        tracing::debug!(?accepted, "submission accepted");
        if self.0.config.close == Close::Instant {
            ledger.close(now);
            self.announce(&ledger);
        }
        Ok(())
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("passphrase", &self.0.network.passphrase)
            .field("ledger", &self.ledger().last.sequence)
            .finish_non_exhaustive()
    }
}
