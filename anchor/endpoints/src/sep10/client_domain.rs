//! Client domains: which ones are accepted, and the keys that their stellar.toml names.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::sync::Mutex as AsyncMutex;
use url::Url;
use windlass_core::{
    account::PublicKey,
    sep1::{HomeDomain, MAX_READ_BYTES, StellarToml},
};

use super::WebAuthError;
use crate::{clock::Clock, fetch::Fetch};

/// The longest client domain, in bytes: the limit of a ManageData value (S10-20).
const MAX_DOMAIN: usize = 64;
/// How long a key is cached (S01-18).
const REMEMBERED: Duration = Duration::from_secs(300);
/// How long it is remembered that a file cannot be used.
const FAILURE_REMEMBERED: Duration = Duration::from_secs(30);
/// The time between two fetches of a file because of signatures that did not match.
const DOUBT_PAUSE: Duration = Duration::from_secs(60);
/// The largest number of cached keys and failures.
const MAX_REMEMBERED: usize = 1000;

/// Which wallet applications may sign in their users.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Applications {
    /// Whether each application must prove a client domain.
    pub client_domain_required: bool,
    /// The accepted client domains; empty accepts all.
    pub allowed: Vec<String>,
    /// The refused client domains.
    pub denied: Vec<String>,
    /// Whether each request for a challenge must be signed (S10-32).
    pub authorization_required: bool,
}

impl Applications {
    /// The domain that the sign-in must prove, if any.
    ///
    /// A domain that is not accepted is ignored (S10-18), unless the request is signed: its
    /// signature can only be verified with the domain's key (S10-34).
    pub(super) fn judge<'a>(
        &self,
        asked: Option<&'a str>,
        vouched_for: bool,
    ) -> Result<Option<&'a str>, WebAuthError> {
        let Some(domain) = asked else {
            return if self.client_domain_required {
                Err(WebAuthError::ClientDomainRequired)
            } else {
                Ok(None)
            };
        };
        let listed = |list: &[String]| list.iter().any(|other| other.eq_ignore_ascii_case(domain));
        if listed(&self.denied) {
            return Err(WebAuthError::ClientNotAllowed(domain.to_owned()));
        }
        if self.allowed.is_empty() || listed(&self.allowed) {
            return Ok(Some(domain));
        }
        if self.client_domain_required || vouched_for {
            return Err(WebAuthError::ClientNotAllowed(domain.to_owned()));
        }
        Ok(None)
    }
}

/// Fetches and caches the keys of client domains, one request at a time for each.
pub(super) struct ClientDomains {
    fetch: Arc<dyn Fetch>,
    /// Whether domains on this machine are accepted, with ports and over http.
    development: bool,
    clock: Clock,
    known: Mutex<BTreeMap<String, Known>>,
    /// Held while a file is fetched.
    fetching: Mutex<BTreeMap<String, Weak<AsyncMutex<()>>>>,
}

#[derive(Clone, Copy, Default)]
struct Known {
    /// `None` if the file cannot be used.
    key: Option<PublicKey>,
    until: Duration,
    /// Whether a signature did not match the key.
    doubted: bool,
    /// When the key can be doubted again.
    doubt_from: Duration,
}

impl ClientDomains {
    pub(super) fn new(fetch: Arc<dyn Fetch>, development: bool, clock: Clock) -> Self {
        let (known, fetching) = (Mutex::default(), Mutex::default());
        Self { fetch, development, clock, known, fetching }
    }

    /// The URL of a domain's stellar.toml. Accepts only a bare host name (S10-20).
    pub(super) fn locate(&self, domain: &str) -> Result<Url, WebAuthError> {
        locate(domain, self.development).ok_or_else(|| {
            WebAuthError::InvalidClientDomain(domain.chars().take(MAX_DOMAIN).collect())
        })
    }

    /// The `SIGNING_KEY` in the stellar.toml at this URL, and whether it came from the cache.
    pub(super) async fn key(&self, at: &Url) -> Result<(PublicKey, bool), WebAuthError> {
        let cached = |key: Option<PublicKey>| {
            key.map(|key| (key, true)).ok_or(WebAuthError::ClientDomainUnavailable)
        };
        if let Some(key) = self.cached(at) {
            return cached(key);
        }
        let fetching = self.fetching(at);
        let _turn = fetching.lock().await;
        // Another request may have fetched the file in the meantime.
        if let Some(key) = self.cached(at) {
            return cached(key);
        }
        let read = self.read(at).await;
        self.remember(at, read.as_ref().ok().copied());
        read.map(|key| (key, false)).or_else(|error| match self.cached(at) {
            Some(Some(key)) => Ok((key, true)),
            _ => Err(error),
        })
    }

    /// Lets the file be fetched again after a signature did not match: the domain may have changed
    /// its key (S01-18). Returns whether the next [`Self::key`] does; each domain can be doubted
    /// once a minute, because anybody can send a wrong signature.
    pub(super) fn doubt(&self, at: &Url) -> bool {
        let now = self.clock.elapsed();
        match self.known().get_mut(at.as_str()) {
            Some(known) if known.key.is_some() && now >= known.doubt_from => {
                (known.doubted, known.doubt_from) = (true, now + DOUBT_PAUSE);
                true
            }
            _ => false,
        }
    }

    /// What the cache has about a file; `None` if it must be fetched.
    fn cached(&self, at: &Url) -> Option<Option<PublicKey>> {
        let now = self.clock.elapsed();
        let known = self.known();
        let known = known.get(at.as_str())?;
        (now < known.until && !known.doubted).then_some(known.key)
    }

    fn remember(&self, at: &Url, key: Option<PublicKey>) {
        let now = self.clock.elapsed();
        let mut all = self.known();
        let old = all.get(at.as_str()).copied().unwrap_or_default();
        let new = match key {
            // A key that was only doubted stays in use until it expires.
            None if old.key.is_some() && now < old.until => Known { doubted: false, ..old },
            None => Known { until: now + FAILURE_REMEMBERED, ..Known::default() },
            Some(_) => {
                Known { key, until: now + REMEMBERED, doubted: false, doubt_from: old.doubt_from }
            }
        };
        if all.len() >= MAX_REMEMBERED {
            all.retain(|_, known| now < known.until);
        }
        if all.len() >= MAX_REMEMBERED {
            all.retain(|_, known| known.key.is_some());
        }
        if all.len() >= MAX_REMEMBERED {
            all.clear();
        }
        all.insert(at.as_str().to_owned(), new);
    }

    /// The lock of one file.
    fn fetching(&self, at: &Url) -> Arc<AsyncMutex<()>> {
        let mut all = self.fetching.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fetching) = all.get(at.as_str()).and_then(Weak::upgrade) {
            return fetching;
        }
        all.retain(|_, fetching| fetching.strong_count() > 0);
        let fetching = Arc::default();
        all.insert(at.as_str().to_owned(), Arc::downgrade(&fetching));
        fetching
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(&self, at: &Url) -> Result<PublicKey, WebAuthError> {
        let unavailable = |cause: &dyn std::fmt::Display| {
            // Only the log contains the cause: otherwise a client could explore the server's
            // network.
            tracing::info!(domain = at.host_str(), %cause, "client domain refused");
            WebAuthError::ClientDomainUnavailable
        };
        let bytes =
            self.fetch.get(at, MAX_READ_BYTES).await.map_err(|cause| unavailable(&cause))?;
        let text = String::from_utf8(bytes).map_err(|cause| unavailable(&cause))?;
        let file = StellarToml::parse(&text).map_err(|cause| unavailable(&cause))?;
        let key = file.signing_key.get().map_err(|cause| unavailable(&cause))?;
        key.copied().ok_or_else(|| unavailable(&"SIGNING_KEY is missing"))
    }
}

/// Whether this can be a client domain: a bare host name or, in development, a host on this
/// machine.
pub fn is_client_domain(domain: &str) -> bool {
    locate(domain, true).is_some()
}

fn locate(domain: &str, development: bool) -> Option<Url> {
    if domain.len() > MAX_DOMAIN {
        return None;
    }
    let domain = domain.to_ascii_lowercase();
    let local = domain.parse::<HomeDomain>().is_ok_and(|domain| domain.is_loopback());
    if development && local {
        return Url::parse(&format!("http://{domain}/.well-known/stellar.toml")).ok();
    }
    let url = Url::parse(&format!("https://{domain}/.well-known/stellar.toml")).ok()?;
    // A user, port, path or IP address would make the parsed domain differ from the text. A name
    // with a dot at its end is the same host, but would not be found in the lists.
    let labels = domain.split('.').all(|label| !label.is_empty());
    (url.domain() == Some(domain.as_str()) && labels).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    // S10-20, S01-17
    #[test]
    fn client_domain_is_a_bare_host_name() {
        let at = |domain| locate(domain, false).map(String::from);
        let file = |host: &str| Some(format!("https://{host}/.well-known/stellar.toml"));
        assert_eq!(at("wallet.example.org"), file("wallet.example.org"));
        assert_eq!(at("Wallet.Example.ORG"), file("wallet.example.org"));
        let long = format!("{}.example.org", "a".repeat(52));
        assert_eq!(at(&long), file(&long));
        for bad in [
            "",
            " ",
            "https://wallet.example.org",
            "wallet.example.org/",
            "wallet.example.org/path",
            "wallet.example.org?q",
            "wallet.example.org#f",
            "wallet.example.org:443",
            "wallet.example.org:8443",
            "user@wallet.example.org",
            "user:pass@wallet.example.org",
            "wallet.example.org\\@evil.example",
            "wallet example",
            "wallet.exam\nple.org",
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "8.8.8.8",
            "[::1]",
            "[2606:4700::1111]",
            "münchen.example",
            "wallet.example.org.",
            ".wallet.example.org",
            "wallet..example.org",
            ".",
            "%77allet.example",
            &format!("a{long}"),
        ] {
            assert_eq!(at(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn development_accepts_ports_only_on_this_machine() {
        let at = |domain| locate(domain, true).map(String::from);
        let file = |host: &str| Some(format!("http://{host}/.well-known/stellar.toml"));
        assert_eq!(at("localhost:3000"), file("localhost:3000"));
        assert_eq!(at("127.0.0.1:3000"), file("127.0.0.1:3000"));
        assert_eq!(at("wallet.example.org:3000"), None);
        assert_eq!(at("10.0.0.1:3000"), None);
        assert_eq!(locate("localhost:3000", false), None);
    }

    // S10-18, S10-34, S10-35, S10-108
    #[test]
    fn client_domain_lists_decide_between_proof_ignoring_and_refusal() {
        let applications = |required, allowed: &[&str], denied: &[&str]| Applications {
            client_domain_required: required,
            allowed: allowed.iter().map(ToString::to_string).collect(),
            denied: denied.iter().map(ToString::to_string).collect(),
            authorization_required: false,
        };
        let judge =
            |applications: Applications, asked: Option<&str>, vouched_for| match applications
                .judge(asked, vouched_for)
            {
                Ok(Some(_)) => "proved",
                Ok(None) => "ignored",
                Err(WebAuthError::ClientDomainRequired) => "400",
                Err(WebAuthError::ClientNotAllowed(_)) => "403",
                Err(other) => panic!("{other}"),
            };
        for (required, allowed, denied, asked, vouched_for, expected) in [
            (false, &[][..], &[][..], None, false, "ignored"),
            (false, &[], &[], Some("a.example"), false, "proved"),
            (true, &[], &[], None, false, "400"),
            (true, &[], &[], None, true, "400"),
            (true, &[], &[], Some("a.example"), false, "proved"),
            (false, &["a.example"], &[], Some("A.example"), false, "proved"),
            (false, &["a.example"], &[], Some("b.example"), false, "ignored"),
            (false, &["a.example"], &[], Some("b.example"), true, "403"),
            (true, &["a.example"], &[], Some("b.example"), false, "403"),
            (false, &[], &["b.example"], Some("B.example"), false, "403"),
            (false, &["b.example"], &["b.example"], Some("b.example"), false, "403"),
            (false, &[], &["b.example"], Some("a.example"), false, "proved"),
        ] {
            let found = judge(applications(required, allowed, denied), asked, vouched_for);
            assert_eq!(
                found, expected,
                "{required} {allowed:?} {denied:?} {asked:?} {vouched_for}"
            );
        }
    }
}
