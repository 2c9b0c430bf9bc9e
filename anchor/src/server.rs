//! The whole anchor, as the configuration says.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{MatchedPath, State},
    http::{Method, StatusCode},
};
use serde::Serialize;
use thiserror::Error;
use tokio::{sync::watch, task::JoinHandle};
use tower_http::trace::{DefaultOnRequest, TraceLayer};

use crate::{
    Config, Error, Sessions,
    clock::{Clock, Random},
    config::{ConfigError, Rates, Secrets, Sep, Watch},
    database::{Database, DatabaseError},
    hooks::{
        Customers, Horizon, HttpCustomers, HttpHookError, HttpReviewer, Ledger, LedgerError,
        Notifier, Reviewer, Transactions,
    },
    kyc::{Kyc, RequirementsError},
    pages::confirm,
    outbound::{Outbound, OutboundError, Policy},
    outbox::{Outbox, Reviews},
    remote::webhook::{self, Webhook},
    route::Routes,
    sep1, sep10, sep12,
    sessions::WeakSecret,
    storage::{Storage, StorageError},
    throttle::{By, Throttle},
    vault::Vault,
};

/// Where links to confirm begin.
const LINKS: &str = "/confirm";

/// An anchor, ready to be served.
#[derive(Clone)]
pub struct Anchor(Arc<Inner>);

struct Inner {
    config: Config,
    stellar_toml: String,
    web_auth: sep10::WebAuth,
    customers: sep12::CustomerApi,
    throttles: Throttles,
    database: Database,
    outbox: Outbox,
    kyc: Arc<Kyc>,
    webhook: Option<Webhook>,
}

/// How often clients may ask.
struct Throttles {
    sign_in: Throttle,
    kyc: Throttle,
}

impl Throttles {
    fn new(rates: Rates, clock: &Clock) -> Self {
        let throttle = |by, rate| Throttle::new(by, rate, rates.proxies, clock.clone());
        Self {
            sign_in: throttle(By::Address, rates.sign_in),
            kyc: throttle(By::Session, rates.kyc),
        }
    }
}

/// Puts an anchor together; what is not given is built in.
pub struct Builder {
    config: Config,
    clock: Clock,
    random: Random,
    ledger: Option<Arc<dyn Ledger>>,
    notifier: Option<Arc<dyn Notifier>>,
    customers: Option<Arc<dyn Customers>>,
    transactions: Option<Arc<dyn Transactions>>,
    reviewer: Option<Arc<dyn Reviewer>>,
}

impl Builder {
    /// Takes the time from here.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Takes random bytes from here.
    #[must_use]
    pub fn random(self, random: Random) -> Self {
        Self { random, ..self }
    }

    /// Asks this ledger instead of the configured Horizon.
    #[must_use]
    pub fn ledger(self, ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// Sends codes this way. Without it no field can be verified, and a configuration that wants one is refused.
    #[must_use]
    pub fn notifier(self, notifier: Arc<dyn Notifier>) -> Self {
        Self { notifier: Some(notifier), ..self }
    }

    /// Keeps customers here instead of in the built-in [`Kyc`].
    #[must_use]
    pub fn customers(self, customers: Arc<dyn Customers>) -> Self {
        Self { customers: Some(customers), ..self }
    }

    /// Wakes these transactions when a customer of the built-in [`Kyc`] has given what they wait for.
    #[must_use]
    pub fn transactions(self, transactions: Arc<dyn Transactions>) -> Self {
        Self { transactions: Some(transactions), ..self }
    }

    /// Asks this one about the customers of types with `review = "provider"`, instead of the configured one.
    #[must_use]
    pub fn reviewer(self, reviewer: Arc<dyn Reviewer>) -> Self {
        Self { reviewer: Some(reviewer), ..self }
    }

    /// Opens the database, runs the migrations and checks that the parts fit together.
    ///
    /// # Errors
    ///
    /// Says which part of the configuration cannot be used, and why.
    pub async fn open(self) -> Result<Anchor, StartError> {
        let Self { config, clock, random, ledger, notifier, customers, transactions, reviewer } =
            self;
        let customers = match (customers, &config.hooks.customers) {
            (None, Some(hook)) => {
                let http = HttpCustomers::new(hook, clock.clone(), random.clone());
                let http = http.map_err(|cause| StartError::Hook { name: "customers", cause })?;
                Some(Arc::new(http) as Arc<dyn Customers>)
            }
            (given, _) => given,
        };
        let webhook = match &config.hooks.reviewer {
            Some(hook) => {
                let http = HttpReviewer::new(hook, clock.clone(), random.clone());
                let http = http.map_err(|cause| StartError::Hook { name: "reviewer", cause })?;
                Some(Arc::new(http))
            }
            None => None,
        };
        let reviewer = reviewer.or_else(|| webhook.clone().map(|http| http as Arc<dyn Reviewer>));
        if reviewer.is_none() && customers.is_none() && config.kyc.needs_reviewer() {
            return Err(StartError::NoReviewer);
        }
        make_private(&config.data_dir).map_err(|cause| StartError::DataDir {
            path: config.data_dir.display().to_string(),
            cause,
        })?;
        let secrets = match &config.secrets {
            Some(secrets) => secrets.clone(),
            None => Secrets::in_folder(&config.data_dir, &random)?,
        };
        let signing_key = secrets.signing_seed.0.clone();
        let stellar_toml = sep1::stellar_toml(&config, signing_key.public())?;

        let ledger = match (ledger, &config.network.horizon_url) {
            (Some(ledger), _) => ledger,
            (None, Some(url)) => Arc::new(Horizon::new(url.clone())?) as Arc<dyn Ledger>,
            (None, None) => return Err(StartError::NoLedger),
        };
        // Whoever reaches the server on this machine only has its callbacks there as well.
        let development = config.public_url().scheme() == "http";
        let outbound = Outbound::new(Policy { development })?;
        let database = Database::connect(&config.database_url()).await?;
        let sessions =
            Sessions::with_keys(config.endpoint("/auth"), &secrets.session_keys, clock.clone())?;
        let vault = match &config.secrets {
            Some(_) => Vault::new(&secrets.vault_keys()),
            None => {
                let watch = Watch::new(&config.data_dir);
                Vault::following(&secrets.vault_keys(), move || watch.data_keys())
            }
        };
        let vault = vault.ok_or(StartError::NoDataKey)?;

        let settings = sep10::Settings {
            signing_key: signing_key.clone(),
            endpoint: config.endpoint("/auth"),
            network: config.network(),
            home_domains: config.home_domains(),
            web_auth_domain: config.web_auth_domain(),
            session_lifetime: config.sep10.session_lifetime,
            threshold: config.sep10.threshold,
            applications: config.sep10.applications(),
        };
        let parts = sep10::Parts {
            ledger,
            outbound: outbound.clone(),
            sessions: sessions.clone(),
            database: database.clone(),
            clock: clock.clone(),
            random: random.clone(),
        };
        let web_auth = sep10::WebAuth::new(settings, parts);
        if config.serves(Sep::Sep12)
            && customers.is_none()
            && notifier.is_none()
            && config.kyc.verifies()
        {
            return Err(StartError::NoNotifier);
        }
        let mut outbox =
            Outbox::new(database.clone(), vault.clone(), clock.clone(), random.clone(), notifier)
                .with_callbacks(signing_key, outbound.clone());
        let reviews = reviewer.map(Reviews::new);
        if let Some(reviews) = &reviews {
            outbox = outbox.with_reviews(reviews);
        }
        if let Some(transactions) = &transactions {
            outbox = outbox.with_transactions(Arc::clone(transactions));
        }
        let storage = Storage::open(
            &config.storage,
            &config.data_dir,
            database.clone(),
            clock.clone(),
            random.clone(),
        )?;
        let throttles = Throttles::new(config.rates, &clock);
        let mut kyc = Kyc::new(
            database.clone(),
            vault,
            storage.clone(),
            config.kyc.clone(),
            outbox.clone(),
            clock,
            random,
        )?
        .with_callbacks(outbound)
        .with_links(config.endpoint(LINKS));
        if let Some(transactions) = transactions {
            kyc = kyc.with_transactions(transactions);
        }
        let kyc = Arc::new(kyc);
        if let Some(reviews) = reviews {
            reviews.serve(&kyc);
        }
        let webhook = webhook.map(|reviewer| Webhook { kyc: Arc::clone(&kyc), reviewer });
        let customers = sep12::CustomerApi::new(
            customers.unwrap_or_else(|| Arc::clone(&kyc) as Arc<dyn Customers>),
            sessions,
            config.limits,
            storage,
        )
        .speaking(config.language());
        Ok(Anchor(Arc::new(Inner {
            config,
            stellar_toml,
            web_auth,
            customers,
            throttles,
            database,
            outbox,
            kyc,
            webhook,
        })))
    }
}

impl Anchor {
    /// Starts to put an anchor together.
    pub fn builder(config: Config) -> Builder {
        Builder {
            config,
            clock: Clock::system(),
            random: Random::system(),
            ledger: None,
            notifier: None,
            customers: None,
            transactions: None,
            reviewer: None,
        }
    }

    /// What it was put together from.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The built-in customers, for whoever reviews them.
    pub fn kyc(&self) -> &Kyc {
        &self.0.kyc
    }

    /// The messages that wait to be delivered.
    pub fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    /// Every route of the protocols that are switched on.
    ///
    /// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: without the addresses of clients nobody who
    /// signs in too often can be held back.
    pub fn router(&self) -> Router {
        self.routes().into()
    }

    /// The same, with the list of what is routed.
    pub fn routes(&self) -> Routes {
        let Inner { config, stellar_toml, web_auth, customers, kyc, throttles, webhook, .. } =
            &*self.0;
        let mut routes = Routes::new()
            .public(Method::GET, "/health", health)
            .layer(|router| router.with_state(self.clone()));
        if config.serves(Sep::Sep1) {
            routes = routes.merge(sep1::routes(stellar_toml.clone()));
        }
        if config.serves(Sep::Sep10) {
            routes =
                routes.nest("/auth", sep10::routes(web_auth.clone(), throttles.sign_in.clone()));
        }
        if config.serves(Sep::Sep12) {
            routes = routes.nest("/kyc", sep12::routes(customers.clone(), throttles.kyc.clone()));
            routes = routes.nest(LINKS, confirm::routes(Arc::clone(kyc), config.language()));
            if let Some(webhook) = webhook {
                routes = routes.nest("/kyc-provider", webhook::routes(webhook.clone()));
            }
        }
        // The route and not the path: accounts and queries are nobody's business in a log.
        let trace = TraceLayer::new_for_http()
            .make_span_with(|request: &axum::http::Request<_>| {
                let route =
                    request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
                tracing::info_span!("request", method = %request.method(), route)
            })
            .on_request(DefaultOnRequest::new().level(tracing::Level::DEBUG));
        routes.layer(|router| router.fallback(async || Error::not_found()).layer(trace))
    }

    /// Starts the workers that deliver messages and throw away what has expired. They end when `stop` says so.
    pub fn spawn_workers(&self, stop: watch::Receiver<bool>) -> JoinHandle<()> {
        let anchor = self.clone();
        tokio::spawn(async move {
            tokio::join!(anchor.0.outbox.run(stop.clone()), anchor.0.kyc.run_housekeeping(stop));
        })
    }
    /// Closes the database, when nothing uses it any more: SQLite then puts its log back into the file.
    pub async fn close(&self) {
        self.0.database.close().await;
    }
}

/// Makes a folder that nobody else may look into, unless it is there already.
pub(crate) fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// What `GET /health` answers.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    seps: Vec<&'static str>,
    database: &'static str,
}

/// `GET /health`: whether the server can work, and which versions of the protocols it speaks.
async fn health(State(anchor): State<Anchor>) -> (StatusCode, Json<Health>) {
    let database = anchor.0.database.ping().await;
    if let Err(cause) = &database {
        tracing::error!(%cause, "database unavailable");
    }
    let seps = anchor.0.config.seps.iter().map(|sep| match sep {
        Sep::Sep1 => "SEP-1 2.7.0",
        Sep::Sep10 => "SEP-10 3.4.1",
        Sep::Sep12 => "SEP-12 1.15.0",
    });
    let (status, text, state) = match database {
        Ok(()) => (StatusCode::OK, "ok", "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "unavailable"),
    };
    (
        status,
        Json(Health {
            status: text,
            version: env!("CARGO_PKG_VERSION"),
            seps: seps.collect(),
            database: state,
        }),
    )
}

/// Why an anchor does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("cannot make the data folder {path}: {cause}")]
    DataDir {
        /// Where.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The secrets.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The stellar.toml would not be valid.
    #[error(transparent)]
    StellarToml(#[from] sep1::StellarTomlError),
    /// No ledger was given and none is configured.
    #[error(
        "network.horizon_url is not set: name a Horizon server, or run the sandbox with `windlass serve`"
    )]
    NoLedger,
    /// The ledger's client.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The client for URLs that others name.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The storage of files.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A session key.
    #[error(transparent)]
    Sessions(#[from] WeakSecret),
    /// No key for personal data.
    #[error("secrets.data_keys is empty: make one with `windlass keygen`")]
    NoDataKey,
    /// What customers have to tell.
    #[error(transparent)]
    Requirements(#[from] RequirementsError),
    /// Nobody decides about customers that somebody has to decide about.
    #[error(
        "the configuration has a customer type with review = \"provider\": set hooks.reviewer, or give a Reviewer"
    )]
    NoReviewer,
    /// A hook that another server answers.
    #[error("hooks.{name}.{cause}")]
    Hook {
        /// Which one.
        name: &'static str,
        /// What is wrong with it.
        cause: HttpHookError,
    },
    /// Codes are wanted and nobody can send them.
    #[error(
        "the configuration verifies fields (verify = true), but nothing can send the codes: give a Notifier, or switch the verification off"
    )]
    NoNotifier,
}
