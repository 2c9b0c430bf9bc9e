//! The whole anchor, put together as the configuration says.

use std::sync::Arc;

use axum::{Router, extract::MatchedPath, http::Method};
use tokio::{sync::watch, task::JoinHandle};
use tower_http::trace::{DefaultOnRequest, TraceLayer};

use crate::{
    Config, Error,
    clock::{system_clock, system_random},
    config::{Secrets, Sep},
    database::Database,
    housekeeping::Housekeeping,
    kyc::Kyc,
    outbox::Worker,
    pages::confirm,
    remote::webhook::{self, Webhook},
    route::Routes,
    sep1, sep10, sep12,
    throttle::Throttle,
};

mod builder;
mod error;
mod health;
mod parts;

pub use builder::Builder;
pub use error::StartError;

use parts::{CONFIRM, Overrides, Parts};

/// An anchor, ready to be served.
#[derive(Clone)]
pub struct Anchor(Arc<Inner>);

struct Inner {
    config: Config,
    stellar_toml: String,
    web_auth: sep10::WebAuth,
    sign_in_throttle: Throttle,
    /// `None` if SEP-12 is not served.
    customers: Option<sep12::CustomerApi>,
    kyc_throttle: Throttle,
    /// `None` if the customers are kept elsewhere.
    kyc: Option<Arc<Kyc>>,
    webhook: Option<Webhook>,
    worker: Worker,
    housekeeping: Housekeeping,
    database: Database,
}

impl Anchor {
    /// Starts to put an anchor together.
    pub fn builder(config: Config) -> Builder {
        Builder::new(config)
    }

    /// The built-in customers alone, for the commands of operators: nothing is served, and messages stay in the outbox
    /// until a server delivers them.
    ///
    /// # Errors
    ///
    /// Says which part of the configuration cannot be used, and why.
    pub async fn open_kyc(config: &Config, secrets: Secrets) -> Result<Kyc, StartError> {
        let (clock, random) = (system_clock(), system_random());
        Parts::open(config, secrets, Overrides::default(), clock, random).await?.kyc(config, None)
    }

    /// What it was put together from.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The built-in customers; `None` if they are kept elsewhere.
    pub fn kyc(&self) -> Option<&Arc<Kyc>> {
        self.0.kyc.as_ref()
    }

    /// Delivers the messages of the outbox.
    pub fn worker(&self) -> &Worker {
        &self.0.worker
    }

    /// Deletes what has expired.
    pub fn housekeeping(&self) -> &Housekeeping {
        &self.0.housekeeping
    }

    /// Every route of the protocols that are switched on.
    ///
    /// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: without the addresses of clients, sign-ins
    /// cannot be limited by address.
    pub fn router(&self) -> Router {
        self.routes().into()
    }

    /// The same, with the list of what is routed.
    pub fn routes(&self) -> Routes {
        let inner = &*self.0;
        let mut routes = Routes::new()
            .public(Method::GET, "/health", health::health)
            .layer(|router| router.with_state(self.clone()));
        if inner.config.serves(Sep::Sep1) {
            routes = routes.merge(sep1::routes(inner.stellar_toml.clone()));
        }
        if inner.config.serves(Sep::Sep10) {
            let (web_auth, throttle) = (inner.web_auth.clone(), inner.sign_in_throttle.clone());
            routes = routes.nest(sep10::MOUNT, sep10::routes(web_auth, throttle));
        }
        if let Some(customers) = &inner.customers {
            let throttle = inner.kyc_throttle.clone();
            routes = routes.nest(sep12::MOUNT, sep12::routes(customers.clone(), throttle));
        }
        if let Some(kyc) = &inner.kyc {
            let pages = confirm::routes(Arc::clone(kyc), inner.config.language());
            routes = routes.nest(CONFIRM, pages);
        }
        if let Some(webhook) = &inner.webhook {
            routes = routes.nest("/reviews", webhook::routes(webhook.clone()));
        }
        // The route and not the path: paths and queries may contain accounts, which are not logged.
        let trace = TraceLayer::new_for_http()
            .make_span_with(|request: &axum::http::Request<_>| {
                let route =
                    request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
                tracing::info_span!("request", method = %request.method(), route)
            })
            .on_request(DefaultOnRequest::new().level(tracing::Level::DEBUG));
        routes.layer(|router| router.fallback(async || Error::not_found()).layer(trace))
    }

    /// Starts the worker and the housekeeping. They end when `stop` becomes true.
    pub fn spawn_workers(&self, stop: watch::Receiver<bool>) -> JoinHandle<()> {
        let (worker, housekeeping) = (self.0.worker.clone(), self.0.housekeeping.clone());
        tokio::spawn(async move {
            tokio::join!(worker.run(stop.clone()), housekeeping.run(stop));
        })
    }

    /// The database, for queries of one's own.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Closes the database once nothing uses it any more: SQLite then copies its log into the file.
    pub async fn close(&self) {
        self.0.database.close().await;
    }
}
