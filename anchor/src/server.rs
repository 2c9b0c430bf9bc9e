//! The anchor server, built from the configuration.

use std::sync::Arc;

use axum::{Router, extract::MatchedPath, http::Method};
use tokio::{sync::watch, task::JoinHandle};
use tower_http::trace::{DefaultOnRequest, TraceLayer};

use crate::{
    Config, Error,
    clock::{Clock, system_clock, system_random},
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

/// An anchor, ready to serve. Cheap to clone.
#[derive(Clone)]
pub struct Anchor(Arc<Inner>);

struct Inner {
    config: Config,
    stellar_toml: String,
    web_auth: sep10::WebAuth,
    sign_in_throttle: Throttle,
    /// `None` if SEP-12 is switched off.
    customers: Option<sep12::CustomerApi>,
    kyc_throttle: Throttle,
    /// `None` if another system stores the customers.
    kyc: Option<Arc<Kyc>>,
    webhook: Option<Webhook>,
    worker: Worker,
    housekeeping: Housekeeping,
    database: Database,
    clock: Clock,
    last_check: health::LastCheck,
}

impl Anchor {
    /// A builder for an anchor with this configuration.
    pub fn builder(config: Config) -> Builder {
        Builder::new(config)
    }

    /// Opens only the built-in customers, for operators' commands. Serves nothing; messages stay in
    /// the outbox until a server delivers them.
    ///
    /// # Errors
    ///
    /// A part of the configuration cannot be used; the text names it and the reason.
    pub async fn open_kyc(config: &Config, secrets: Secrets) -> Result<Kyc, StartError> {
        let (clock, random) = (system_clock(), system_random());
        Parts::open(config, secrets, Overrides::default(), clock, random).await?.kyc(config, None)
    }

    /// The configuration of this anchor.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The built-in customers; `None` if another system stores the customers.
    pub fn kyc(&self) -> Option<&Arc<Kyc>> {
        self.0.kyc.as_ref()
    }

    /// The worker that delivers the messages of the outbox.
    pub fn worker(&self) -> &Worker {
        &self.0.worker
    }

    /// The housekeeping, which deletes expired data.
    pub fn housekeeping(&self) -> &Housekeeping {
        &self.0.housekeeping
    }

    /// The router with all protocols that are switched on.
    ///
    /// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: without the clients'
    /// addresses, sign-ins cannot be limited by address.
    pub fn router(&self) -> Router {
        self.routes().into()
    }

    /// Like [`Self::router`], with the list of routes.
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
        // Logs the route instead of the path: paths and queries may contain accounts, which must
        // not be logged.
        let trace = TraceLayer::new_for_http()
            .make_span_with(|request: &axum::http::Request<_>| {
                let route =
                    request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
                tracing::info_span!("request", method = %request.method(), route)
            })
            .on_request(DefaultOnRequest::new().level(tracing::Level::DEBUG));
        routes.layer(|router| router.fallback(async || Error::not_found()).layer(trace))
    }

    /// Starts the worker and the housekeeping in a task, which ends when `stop` becomes true.
    pub fn spawn_workers(&self, stop: watch::Receiver<bool>) -> JoinHandle<()> {
        let (worker, housekeeping) = (self.0.worker.clone(), self.0.housekeeping.clone());
        tokio::spawn(async move {
            tokio::join!(worker.run(stop.clone()), housekeeping.run(stop));
        })
    }

    /// The database, for your own queries.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Closes the database when no task uses it any more. SQLite then copies its log into the file.
    pub async fn close(&self) {
        self.0.database.close().await;
    }
}
