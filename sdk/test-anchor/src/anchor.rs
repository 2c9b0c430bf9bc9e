//! The anchor: the server's own endpoints over hooks in memory.

use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use assign::assign;
use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use tower::ServiceExt as _;
use url::Url;
use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    callback,
    json::to_string,
    network::Network,
    sep1::{Documentation, Entry, StellarToml, VERSION},
    sep10::{Claims, GetChallenge, Level, NewChallenge, OnLedger},
    sep12::CustomerKey,
};

use windlass_endpoints::{
    body::Limits,
    clock::{Clock, Random},
    hooks::{Ledger, LedgerError},
    memory::{MemoryFiles, Pages, UsedChallenges},
    route::Routes,
    sep1, sep10, sep12,
    sessions::Tokens,
    throttle::Throttle,
};

use crate::{customers::Scripted, flaw::Flaw, script::Step, tokens::Hs256};

/// The settings of an anchor, from JavaScript.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Settings {
    pub(crate) domain: String,
    pub(crate) seed: u64,
    pub(crate) network: String,
    pub(crate) session_lifetime: u64,
    pub(crate) organization: String,
    #[serde(default)]
    pub(crate) types: Vec<String>,
    #[serde(default)]
    pub(crate) client_domain_required: bool,
    pub(crate) default: Vec<Step>,
}

/// The error of a call from JavaScript.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    #[error("{0}")]
    Step(String),
    #[error("a script needs at least one step")]
    NoSteps,
    #[error("{what} \"{given}\" cannot be used: {why}")]
    Given { what: &'static str, given: String, why: String },
    #[error("the anchor never answers")]
    Stuck,
    #[error("the anchor cannot answer: {0}")]
    Broken(String),
}

/// An HTTP response.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A callback as the anchor sends it.
pub(crate) struct Callback {
    pub(crate) url: String,
    pub(crate) signature: String,
    pub(crate) body: String,
}

/// An anchor in memory.
pub(crate) struct Anchor {
    settings: Settings,
    key: SecretKey,
    network: Network,
    router: Router,
    customers: Arc<Scripted>,
    ledger: Arc<Accounts>,
    pages: Arc<Pages>,
    tokens: Arc<dyn Tokens>,
    random: Random,
    now: Arc<AtomicU64>,
}

impl Anchor {
    pub(crate) fn new(mut settings: Settings) -> Result<Self, Refused> {
        let default = complete(std::mem::take(&mut settings.default))?;
        let (clock, now) = Clock::manual(0);
        let random = random(settings.seed);
        let key = SecretKey::from_seed(&random.bytes());
        let network = Network::new(settings.network.clone());
        let at = |path: &str| format!("https://{}{path}", settings.domain);
        let toml = stellar_toml(&settings, key.public())?;

        let tokens: Arc<dyn Tokens> = Arc::new(Hs256 {
            issuer: at(sep10::MOUNT),
            secret: random.bytes(),
            clock: clock.clone(),
        });
        let ledger =
            Arc::new(Accounts { network: settings.network.clone(), known: Mutex::default() });
        let pages = Arc::new(Pages::default());
        let parts = sep10::Parts {
            ledger: Arc::clone(&ledger) as Arc<dyn Ledger>,
            fetch: Arc::clone(&pages) as _,
            tokens: Arc::clone(&tokens),
            challenges: Arc::new(UsedChallenges::default()),
            clock: clock.clone(),
            random: random.clone(),
        };
        let web_auth = sep10::Settings {
            signing_key: key.clone(),
            endpoint: at(sep10::MOUNT),
            network: network.clone(),
            home_domains: vec![settings.domain.clone()],
            web_auth_domain: settings.domain.clone(),
            session_lifetime: settings.session_lifetime,
            threshold: Level::Medium,
            applications: sep10::Applications {
                client_domain_required: settings.client_domain_required,
                ..sep10::Applications::default()
            },
            development: false,
        };
        let customers =
            Arc::new(Scripted::new(default, settings.types.clone(), clock, random.clone()));
        let api = sep12::CustomerApi::new(
            Arc::clone(&customers) as Arc<_>,
            Arc::clone(&tokens),
            Limits::default(),
            Arc::new(MemoryFiles),
        );
        let web_auth = sep10::WebAuth::new(web_auth, parts);
        let router = Routes::new()
            .merge(sep1::routes(toml))
            .nest(sep10::MOUNT, sep10::routes(web_auth, Throttle::NONE))
            .nest(sep12::MOUNT, sep12::routes(api, Throttle::NONE))
            .layer(|router| router.fallback(async || windlass_endpoints::Error::not_found()))
            .into();
        Ok(Self { settings, key, network, router, customers, ledger, pages, tokens, random, now })
    }

    /// Sets the clock, in Unix seconds.
    pub(crate) fn set_now(&self, now: u64) {
        self.now.store(now, Ordering::SeqCst);
    }

    pub(crate) fn signing_key(&self) -> PublicKey {
        self.key.public()
    }

    /// Answers a request; `path` may have a query.
    pub(crate) fn answer(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> Result<Answer, Refused> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body));
        let request = request.map_err(|cause| Refused::Broken(cause.to_string()))?;
        let router = self.router.clone();
        ready(async {
            let response = match router.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            let (head, body) = response.into_parts();
            let text = |value: &axum::http::HeaderValue| {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            let headers = head.headers.iter();
            let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
            let body = to_bytes(body, usize::MAX).await;
            let body = body.map_err(|cause| Refused::Broken(cause.to_string()))?.to_vec();
            Ok(Answer { status: head.status.as_u16(), headers, body })
        })?
    }

    /// Sets the steps of a customer; without an account, those of all customers without steps of
    /// their own.
    pub(crate) fn script(&self, account: Option<&str>, steps: Vec<Step>) -> Result<(), Refused> {
        let who = account.map(customer).transpose()?;
        self.customers.script(who, complete(steps)?);
        Ok(())
    }

    /// The callback for the current state of a customer. By default it goes to the URL that the
    /// wallet has registered.
    pub(crate) fn callback(&self, account: &str, url: Option<String>) -> Result<Callback, Refused> {
        let given = |why: &str| Refused::Given {
            what: "account",
            given: account.to_owned(),
            why: why.to_owned(),
        };
        let (told, registered) = self
            .customers
            .told(&customer(account)?)
            .ok_or_else(|| given("no customer and no script"))?;
        let url = url.or(registered).ok_or_else(|| given("no callback registered: give a url"))?;
        let parsed = Url::parse(&url).map_err(|cause| Refused::Given {
            what: "url",
            given: url.clone(),
            why: cause.to_string(),
        })?;
        let host = callback::signed_host(&url, parsed.host_str().unwrap_or_default());
        let body = to_string(&told);
        let now = self.now.load(Ordering::SeqCst);
        let signature = callback::sign(&self.key, &host, body.as_bytes(), now);
        Ok(Callback { url, signature, body })
    }

    /// A session token that expires in this number of seconds; a negative number gives an expired
    /// token.
    pub(crate) fn token(&self, account: &str, seconds: i32) -> Result<String, Refused> {
        let now = self.now.load(Ordering::SeqCst);
        let exp = now.saturating_add_signed(seconds.into());
        let claims = Claims::new(self.tokens.issuer(), subject(account)?, now.min(exp), exp);
        let claims = assign!(claims, {
            home_domain: Some(self.settings.domain.clone()),
        });
        self.tokens.issue(&claims).map_err(|cause| Refused::Broken(cause.to_string()))
    }

    /// A challenge for this request with one flaw.
    pub(crate) fn flawed(&self, request: &GetChallenge, flaw: Flaw) -> Result<String, Refused> {
        let account = Account::from_request(&request.account, request.memo.as_deref());
        let account = account.map_err(|cause| Refused::Given {
            what: "account",
            given: request.account.clone(),
            why: cause.to_string(),
        })?;
        let right = NewChallenge {
            account: &account,
            home_domain: &self.settings.domain,
            web_auth_domain: &self.settings.domain,
            client_domain: None,
            nonce: &self.random.bytes(),
            now: self.now.load(Ordering::SeqCst),
        };
        let made = flaw.challenge(right, &self.key, &self.network);
        made.ok_or_else(|| Refused::Broken("no such challenge can be made".to_owned()))
    }

    /// Sets the signers of an account on the ledger.
    pub(crate) fn set_account(&self, account: &str, on_ledger: OnLedger) -> Result<(), Refused> {
        self.ledger.known().insert(key(account)?, on_ledger);
        Ok(())
    }

    /// Sets the key of a client domain.
    pub(crate) fn set_client_domain(&self, domain: &str, address: &str) -> Result<(), Refused> {
        let key = key(address)?;
        let url = format!("https://{domain}/.well-known/stellar.toml");
        let url = Url::parse(&url).map_err(|cause| Refused::Given {
            what: "client domain",
            given: domain.to_owned(),
            why: cause.to_string(),
        })?;
        self.pages.insert(&url, format!("SIGNING_KEY = \"{key}\"\n").into_bytes());
        Ok(())
    }
}

/// The accounts on the ledger. An account that was not set does not exist, and signs in with its
/// own key.
struct Accounts {
    network: String,
    known: Mutex<BTreeMap<PublicKey, OnLedger>>,
}

impl Accounts {
    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<PublicKey, OnLedger>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Ledger for Accounts {
    async fn account(&self, account: &PublicKey) -> Result<OnLedger, LedgerError> {
        Ok(self.known().get(account).cloned().unwrap_or(OnLedger::Missing))
    }

    async fn network_passphrase(&self) -> Result<String, LedgerError> {
        Ok(self.network.clone())
    }
}

pub(crate) fn key(address: &str) -> Result<PublicKey, Refused> {
    Ok(subject(address)?.key())
}

fn customer(account: &str) -> Result<CustomerKey, Refused> {
    Ok(CustomerKey::of(&subject(account)?))
}

fn subject(account: &str) -> Result<Account, Refused> {
    account.parse::<Account>().map_err(|cause| Refused::Given {
        what: "account",
        given: account.to_owned(),
        why: cause.to_string(),
    })
}

fn complete(steps: Vec<Step>) -> Result<Vec<Step>, Refused> {
    if steps.is_empty() {
        return Err(Refused::NoSteps);
    }
    steps.into_iter().map(Step::complete).collect::<Result<_, _>>().map_err(Refused::Step)
}

fn stellar_toml(settings: &Settings, key: PublicKey) -> Result<String, Refused> {
    let link = |path: &str| {
        let url = format!("https://{}{path}", settings.domain);
        url.parse().map(Entry::Given).map_err(|cause| Refused::Given {
            what: "domain",
            given: settings.domain.clone(),
            why: format!("{cause}"),
        })
    };
    let file = StellarToml {
        version: Entry::Given(VERSION.to_owned()),
        network_passphrase: Entry::Given(settings.network.clone()),
        signing_key: Entry::Given(key),
        web_auth_endpoint: link(sep10::MOUNT)?,
        kyc_server: link(sep12::MOUNT)?,
        documentation: Entry::Given(Documentation {
            org_name: Entry::Given(settings.organization.clone()),
            org_url: link("")?,
            ..Documentation::default()
        }),
        ..StellarToml::default()
    };
    file.print(false).map_err(|cause| Refused::Broken(cause.to_string()))
}

/// A deterministic source: the same seed gives the same bytes in the same order.
fn random(seed: u64) -> Random {
    let drawn = AtomicU64::new(0);
    Random::new(move |bytes| {
        for chunk in bytes.chunks_mut(32) {
            let count = drawn.fetch_add(1, Ordering::SeqCst);
            let block = Sha256::new()
                .chain_update(b"windlass testing")
                .chain_update(seed.to_be_bytes())
                .chain_update(count.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    })
}

/// Runs a future that waits for nothing outside of it: polls it until it is ready.
fn ready<T>(future: impl Future<Output = T>) -> Result<T, Refused> {
    /// More polls than any body has chunks.
    const MAX_POLLS: u32 = 1_000_000;
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..MAX_POLLS {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
    }
    Err(Refused::Stuck)
}
