//! Builds an anchor.

use std::sync::Arc;

use object_store::ObjectStore;

use super::{
    Anchor, Inner, StartError,
    health::LastCheck,
    parts::{Overrides, Parts},
};
use crate::{
    Config, Sessions, base,
    callbacks::GuardedCustomers,
    clock::{Clock, Random, system_clock, system_random},
    config::{self, Secrets, Sep},
    hooks::{Customers, Ledger, Notifier, ReviewProvider},
    housekeeping::Housekeeping,
    kyc::{Deliverers, Transactions},
    ledger::Horizon,
    outbound::Policy,
    outbox::Worker,
    remote::{HttpCustomers, HttpReviewProvider, webhook::Webhook},
    sep10, sep12,
    throttle::{Bodies, By, Throttle, peer_address},
    vault::Vault,
};

/// Builds an anchor. Parts that are not set are built in.
pub struct Builder {
    config: Config,
    clock: Clock,
    random: Random,
    ledger: Option<Arc<dyn Ledger>>,
    notifier: Option<Arc<dyn Notifier>>,
    customers: Option<Arc<dyn Customers>>,
    transactions: Option<Arc<dyn Transactions>>,
    review_provider: Option<Arc<dyn ReviewProvider>>,
    overrides: Overrides,
}

impl Builder {
    pub(super) fn new(config: Config) -> Self {
        Self {
            config,
            clock: system_clock(),
            random: system_random(),
            ledger: None,
            notifier: None,
            customers: None,
            transactions: None,
            review_provider: None,
            overrides: Overrides::default(),
        }
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Sets the source of random bytes.
    #[must_use]
    pub fn random(self, random: Random) -> Self {
        Self { random, ..self }
    }

    /// Sets the ledger, in place of the configured Horizon.
    #[must_use]
    pub fn ledger(self, ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// Sets the notifier, which sends codes. Without one, a configuration that requires codes is
    /// refused.
    #[must_use]
    pub fn notifier(self, notifier: Arc<dyn Notifier>) -> Self {
        Self { notifier: Some(notifier), ..self }
    }

    /// Sets the customers, in place of the built-in [`Kyc`](crate::kyc::Kyc).
    #[must_use]
    pub fn customers(self, customers: Arc<dyn Customers>) -> Self {
        Self { customers: Some(customers), ..self }
    }

    /// Sets the transactions that resume when a customer of the built-in [`Kyc`](crate::kyc::Kyc)
    /// is accepted. Transfers will replace this.
    #[doc(hidden)]
    #[must_use]
    pub fn transactions(self, transactions: Arc<dyn Transactions>) -> Self {
        Self { transactions: Some(transactions), ..self }
    }

    /// Sets the review provider, in place of the configured one. It reviews customers whose type
    /// has `review = "provider"`.
    #[must_use]
    pub fn review_provider(self, review_provider: Arc<dyn ReviewProvider>) -> Self {
        Self { review_provider: Some(review_provider), ..self }
    }

    /// Sets the keys for personal data, in place of the configured ones.
    #[must_use]
    pub fn vault(self, vault: Vault) -> Self {
        let overrides = Overrides { vault: Some(vault), ..self.overrides };
        Self { overrides, ..self }
    }

    /// Sets the object store for files, in place of the configured one. Objects are written in
    /// parts of at least 5 MiB.
    #[must_use]
    pub fn objects(self, objects: Arc<dyn ObjectStore>) -> Self {
        let overrides = Overrides { objects: Some(objects), ..self.overrides };
        Self { overrides, ..self }
    }

    /// Sets which servers the anchor may call. By default, servers on this machine are allowed only
    /// if the public URL is `http://`.
    #[must_use]
    pub fn outbound(self, policy: Policy) -> Self {
        let overrides = Overrides { policy: Some(policy), ..self.overrides };
        Self { overrides, ..self }
    }

    /// Opens the database, runs the migrations and checks that the parts fit together.
    ///
    /// # Errors
    ///
    /// A part of the configuration cannot be used; the text names it and the reason.
    pub async fn open(self) -> Result<Anchor, StartError> {
        let Self { config, clock, random, ledger, notifier, .. } = self;
        let customers = match self.customers {
            Some(customers) => Some(customers),
            None => remote_customers(&config, &clock, &random)?,
        };
        // Only the built-in customers use these.
        for (part, is_set) in [
            ("transactions", self.transactions.is_some()),
            ("a review provider", self.review_provider.is_some()),
        ] {
            if customers.is_some() && is_set {
                return Err(StartError::Unused(part));
            }
        }
        let remote_review_provider = remote_review_provider(&config, &clock, &random)?;
        let remote = remote_review_provider.clone();
        let review_provider = self
            .review_provider
            .or_else(|| remote.map(|provider| provider as Arc<dyn ReviewProvider>));
        let serves_kyc = config.serves(Sep::Sep12) && customers.is_none();
        if serves_kyc && review_provider.is_none() && config.kyc.needs_review_provider() {
            return Err(StartError::NoReviewProvider);
        }
        if serves_kyc && notifier.is_none() && config.kyc.verifies() {
            return Err(StartError::NoNotifier);
        }
        base::make_private(&config.data_dir).map_err(|cause| StartError::DataDir {
            path: config.data_dir.display().to_string(),
            cause,
        })?;
        let secrets = match &config.secrets {
            Some(secrets) => secrets.clone(),
            None => Secrets::in_folder(&config.data_dir, &random)?,
        };
        let stellar_toml = config::stellar_toml(&config, secrets.signing_seed.0.public())?;
        let ledger = match (ledger, &config.network.horizon_url) {
            (Some(ledger), _) => ledger,
            (None, Some(url)) => Arc::new(Horizon::new(url.clone())?) as Arc<dyn Ledger>,
            (None, None) => return Err(StartError::NoLedger),
        };

        let parts = Parts::open(&config, secrets, self.overrides, clock, random).await?;
        let sessions = sessions(&config, &parts)?;
        let web_auth = web_auth(&config, &parts, &sessions, ledger);
        let kyc = match serves_kyc {
            true => Some(Arc::new(parts.kyc(&config, self.transactions)?)),
            false => None,
        };
        let deliverers = Deliverers {
            notifier,
            review_provider,
            outbound: parts.outbound.clone(),
            signing_key: parts.signing_key().clone(),
        };
        // Built last, because the topics depend on all other parts.
        let topics = kyc.as_ref().map(|kyc| kyc.topics(deliverers)).unwrap_or_default();
        let webhook = match (&kyc, remote_review_provider) {
            (Some(kyc), Some(provider)) => Some(Webhook { kyc: Arc::clone(kyc), provider }),
            _ => None,
        };
        let outbound = parts.outbound.clone();
        let customers = customers.map(|customers| {
            Arc::new(GuardedCustomers { customers, outbound }) as Arc<dyn Customers>
        });
        let customers = customers.or_else(|| kyc.clone().map(|kyc| kyc as Arc<dyn Customers>));
        let customers =
            customers.map(|customers| customer_api(&config, &parts, sessions, customers));
        let housekeeping = Housekeeping {
            database: parts.database.clone(),
            storage: parts.storage.clone(),
            outbox: parts.outbox.clone(),
            kyc: kyc.clone(),
            clock: parts.clock.clone(),
        };
        let limits = &config.connections;
        let bodies =
            Bodies::new(limits.bodies, limits.bodies_per_address, limits.bodies_per_session);
        let throttle = |by, rate| {
            Throttle::new(by, rate, config.rates.proxies, peer_address, parts.clock.clone())
                .with_bodies(Arc::clone(&bodies))
        };
        Ok(Anchor(Arc::new(Inner {
            sign_in_throttle: throttle(By::Address, config.rates.sign_in),
            kyc_throttle: throttle(By::Session, config.rates.kyc),
            worker: Worker::new(&parts.database, &parts.clock, &parts.outbox, topics),
            database: parts.database,
            clock: parts.clock,
            last_check: LastCheck::default(),
            config,
            stellar_toml,
            web_auth,
            customers,
            kyc,
            webhook,
            housekeeping,
        })))
    }
}

fn remote_customers(
    config: &Config,
    clock: &Clock,
    random: &Random,
) -> Result<Option<Arc<dyn Customers>>, StartError> {
    let Some(hook) = &config.hooks.customers else { return Ok(None) };
    let customers = HttpCustomers::new(hook, clock.clone(), random.clone());
    let customers = customers.map_err(|cause| StartError::Hook { name: "customers", cause })?;
    Ok(Some(Arc::new(customers)))
}

fn remote_review_provider(
    config: &Config,
    clock: &Clock,
    random: &Random,
) -> Result<Option<Arc<HttpReviewProvider>>, StartError> {
    let Some(hook) = &config.hooks.review_provider else { return Ok(None) };
    let provider = HttpReviewProvider::new(hook, clock.clone(), random.clone());
    let provider = provider.map_err(|cause| StartError::Hook { name: "review_provider", cause })?;
    Ok(Some(Arc::new(provider)))
}

fn sessions(config: &Config, parts: &Parts) -> Result<Sessions, StartError> {
    let keys = &parts.secrets.session_keys;
    Ok(Sessions::with_keys(config.endpoint(sep10::MOUNT), keys, parts.clock.clone())?)
}

fn web_auth(
    config: &Config,
    parts: &Parts,
    sessions: &Sessions,
    ledger: Arc<dyn Ledger>,
) -> sep10::WebAuth {
    let settings = sep10::Settings {
        signing_key: parts.signing_key().clone(),
        endpoint: config.endpoint(sep10::MOUNT),
        network: config.network(),
        home_domains: config.home_domains(),
        web_auth_domain: config.web_auth_domain(),
        session_lifetime: config.sep10.session_lifetime,
        threshold: config.sep10.threshold,
        applications: config.sep10.applications(),
        development: parts.outbound.policy().development,
    };
    let parts = sep10::Parts {
        ledger,
        fetch: Arc::new(parts.outbound.clone()),
        tokens: Arc::new(sessions.clone()),
        challenges: Arc::new(parts.database.clone()),
        clock: parts.clock.clone(),
        random: parts.random.clone(),
    };
    sep10::WebAuth::new(settings, parts)
}

fn customer_api(
    config: &Config,
    parts: &Parts,
    sessions: Sessions,
    customers: Arc<dyn Customers>,
) -> sep12::CustomerApi {
    let storage = Arc::new(parts.storage.clone());
    sep12::CustomerApi::new(customers, Arc::new(sessions), config.limits, storage)
        .default_language(config.language())
}
