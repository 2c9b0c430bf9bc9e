//! The sandbox: a ledger, an inbox and the requested faults, shared by all clones.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use stellar_xdr::TransactionResult;
use tokio::sync::watch;

use crate::{
    error::SandboxError,
    fault::{Fault, Faults},
    inbox::Inbox,
    ledger::{Included, Ledger},
    network::Network,
    submission::Submission,
};

/// The passphrase of Stellar's standalone networks, which is the default.
pub const STANDALONE: &str = "Standalone Network ; February 2017";

/// Returns the current time in Unix seconds. The ledgers' close times and the `Date` header come
/// from it.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// When ledgers close.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Close {
    /// Each accepted submission is in a ledger immediately. Those of one second share a ledger,
    /// which closes at the end of that second.
    #[default]
    Instant,
    /// Only [`Sandbox::close_ledger`] closes a ledger, and friendbot, which closes one for each
    /// payment.
    Manual,
}

/// The settings of a sandbox.
#[derive(Clone)]
pub struct Config {
    /// The passphrase of the network that it stands for. The public network's is refused.
    pub passphrase: String,
    /// The clock. With [`Close::Instant`], submissions never take the ledger more than a second
    /// ahead of it. Each [`Sandbox::close_ledger`] takes it a second further.
    pub clock: Clock,
    /// When ledgers close.
    pub close: Close,
    /// How long `POST /transactions` waits for the transaction to be in a ledger before it answers
    /// 504.
    pub submit_timeout: Duration,
}

impl Config {
    /// A standalone network that includes each submission immediately.
    pub fn new(clock: Clock) -> Self {
        Self {
            passphrase: STANDALONE.to_owned(),
            clock,
            close: Close::default(),
            submit_timeout: Duration::from_secs(30), // as Horizon does
        }
    }
}

/// A ledger and an inbox in memory. Clones share both.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    config: Config,
    network: Network,
    ledger: Mutex<Ledger>,
    /// The number of the last closed ledger. A submission waits here for the next one.
    closed: watch::Sender<u32>,
    faults: Faults,
    inbox: Inbox,
}

/// The outcome of a submission.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It is in a ledger, successful or not.
    Included(Arc<Included>),
    /// It was not accepted.
    Refused(TransactionResult),
    /// The time-out passed. It may still come into a ledger.
    Unknown,
}

impl Sandbox {
    /// Starts a ledger with one account: the root, from which friendbot pays.
    ///
    /// # Errors
    ///
    /// Refuses the public network's passphrase.
    pub fn new(config: Config) -> Result<Self, SandboxError> {
        let network = Network::new(config.passphrase.clone())?;
        let joins = config.close == Close::Instant;
        let ledger = Ledger::genesis(&network, (config.clock)(), joins);
        Ok(Self(Arc::new(Inner {
            closed: watch::Sender::new(ledger.last.sequence),
            ledger: Mutex::new(ledger),
            config,
            network,
            faults: Faults::default(),
            inbox: Inbox::new(),
        })))
    }

    /// The inbox for codes and messages. Its routes are not part of [`Self::ledger_router`].
    pub fn inbox(&self) -> Inbox {
        self.0.inbox.clone()
    }

    /// The network's passphrase.
    pub fn passphrase(&self) -> &str {
        &self.0.network.passphrase
    }

    /// Closes a ledger with all queued transactions, or an empty one, and returns its number.
    pub fn close_ledger(&self) -> u32 {
        let now = self.now();
        let mut ledger = self.ledger();
        ledger.close(now);
        self.announce(&ledger)
    }

    /// Makes the next `count` requests to paths that start with `path_prefix` fail.
    ///
    /// Paths are relative to where the router is mounted: `/accounts`, `/transactions`, or `/` for
    /// all. Faults for the same path are used up in the order of the calls.
    pub fn fail_next(&self, path_prefix: &str, fault: Fault, count: u32) {
        self.0.faults.add(path_prefix, fault, count);
    }

    pub(crate) fn network(&self) -> &Network {
        &self.0.network
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// The clock's time. The ledger may be ahead of it.
    pub(crate) fn now(&self) -> u64 {
        (self.0.config.clock)()
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A panic in one request must not make every later request fail on a poisoned mutex.
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the submissions that wait for a ledger to close.
    pub(crate) fn announce(&self, ledger: &Ledger) -> u32 {
        self.0.closed.send_replace(ledger.last.sequence);
        ledger.last.sequence
    }

    /// Submits a transaction and waits until it is in a ledger, as `POST /transactions` does.
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

    /// Queues the transaction, and closes a ledger if [`Close::Instant`] is set. Does nothing if a
    /// ledger has it already.
    fn offer(&self, submission: Submission) -> Result<(), TransactionResult> {
        let now = self.now();
        let mut ledger = self.ledger();
        if ledger.find(&submission.hash).is_some() {
            return Ok(());
        }
        let accepted = ledger.offer(submission, now)?;
        tracing::debug!(?accepted, "submission accepted");
        if self.0.config.close == Close::Instant {
            ledger.settle(now);
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
