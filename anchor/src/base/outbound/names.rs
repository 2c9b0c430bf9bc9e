//! Asks name servers, without a thread for each question.
//!
//! The operating system's `getaddrinfo` cannot be given up: each name whose name server is silent
//! holds a thread of the blocking pool for half a minute, which files and databases need as well.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hickory_resolver::{
    TokioResolver,
    config::{ResolverConfig, ResolverOpts},
    net::runtime::TokioRuntimeProvider,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};

use super::is_local;

/// The longest time for a name, including the wait for its turn.
const LIMIT: Duration = Duration::from_secs(5);
/// The longest time for one question. It is asked twice.
const QUESTION: Duration = Duration::from_secs(2);
/// The most names that are asked for at the same time. Each may need two sockets.
const AT_ONCE: usize = 64;
/// How long a failure is remembered.
const REMEMBERED: Duration = Duration::from_secs(30);
/// The largest number of remembered failures.
const MAX_REMEMBERED: usize = 1000;

/// The system's name servers (`/etc/resolv.conf`) and hosts file. Cheap to clone.
#[derive(Clone)]
pub(super) struct Names(Arc<Inner>);

struct Inner {
    /// `None` if the system's configuration cannot be used.
    resolver: Option<TokioResolver>,
    turns: Semaphore,
    /// When each failure is forgotten.
    failed: Mutex<BTreeMap<String, Instant>>,
}

impl Names {
    /// The configuration of this machine, as it is now.
    pub(super) fn system() -> Self {
        let (config, options) = hickory_resolver::system_conf::read_system_conf()
            .inspect_err(|cause| tracing::warn!(%cause, "no name servers are configured"))
            .unwrap_or_default();
        Self::asking(config, options)
    }

    pub(super) fn asking(config: ResolverConfig, mut options: ResolverOpts) -> Self {
        options.timeout = QUESTION;
        options.attempts = 1;
        let resolver = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            .with_options(options)
            .build()
            .inspect_err(|cause| tracing::warn!(%cause, "names cannot be resolved"))
            .ok();
        let (turns, failed) = (Semaphore::new(AT_ONCE), Mutex::default());
        Self(Arc::new(Inner { resolver, turns, failed }))
    }

    /// All addresses of a host, without those that the search domains of this machine would add.
    pub(super) async fn find(self, name: String) -> io::Result<Vec<SocketAddr>> {
        let unknown = || io::Error::from(io::ErrorKind::NotFound);
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if self.failed().get(&name).is_some_and(|until| Instant::now() < *until) {
            return Err(unknown());
        }
        let found = timeout(LIMIT, self.ask(&name)).await.ok().flatten();
        found.ok_or_else(unknown).inspect_err(|_| self.remember(name))
    }

    async fn ask(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let resolver = self.0.resolver.as_ref()?;
        // Names of this machine are answered without a name server.
        let _turn = match is_local(name) {
            true => None,
            false => Some(self.0.turns.acquire().await.ok()?),
        };
        let found = resolver.lookup_ip(format!("{name}.")).await.ok()?;
        Some(found.iter().map(|address| SocketAddr::new(address, 0)).collect())
    }

    fn remember(&self, name: String) {
        let now = Instant::now();
        let mut failed = self.failed();
        if failed.len() >= MAX_REMEMBERED {
            failed.retain(|_, until| now < *until);
        }
        if failed.len() >= MAX_REMEMBERED {
            failed.clear();
        }
        failed.insert(name, now + REMEMBERED);
    }

    fn failed(&self) -> MutexGuard<'_, BTreeMap<String, Instant>> {
        self.0.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
