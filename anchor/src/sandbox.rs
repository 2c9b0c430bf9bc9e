//! The sandbox in the server, for development: a ledger and an inbox.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use thiserror::Error;
use url::Url;
use windlass_sandbox::{Inbox, SandboxError};

use crate::{
    Config,
    clock::{Clock, system_clock},
    hooks::{Channel, Ledger, LedgerError, Message, Notifier, NotifierError},
    ledger::Horizon,
};

/// A sandbox ledger at `/horizon` and an inbox at `/inbox`, on the server's own port.
pub struct Sandbox {
    ledger: windlass_sandbox::Sandbox,
    horizon: Url,
    clock: Clock,
}

impl Sandbox {
    /// A sandbox for the configured network.
    ///
    /// # Errors
    ///
    /// The configured network is the public network.
    pub fn new(config: &Config) -> Result<Self, SandboxStartError> {
        let clock = system_clock();
        let now = clock.clone();
        let ledger = windlass_sandbox::Sandbox::new(windlass_sandbox::Config {
            passphrase: config.network.passphrase.clone(),
            ..windlass_sandbox::Config::new(Arc::new(move || now.now()))
        })?;
        // The anchor calls its sandbox over HTTP, in the same way as a real Horizon.
        let host = if config.bind.ip().is_unspecified() {
            std::net::Ipv4Addr::LOCALHOST.into()
        } else {
            config.bind.ip()
        };
        let horizon = Url::parse(&format!(
            "http://{}/horizon",
            std::net::SocketAddr::new(host, config.bind.port())
        ))?;
        Ok(Self { ledger, horizon, clock })
    }

    /// A client for the sandbox ledger.
    ///
    /// # Errors
    ///
    /// The HTTP client cannot be set up.
    pub fn ledger(&self) -> Result<Arc<dyn Ledger>, LedgerError> {
        Ok(Arc::new(Horizon::new(self.horizon.clone())?))
    }

    /// A notifier that delivers codes to the inbox.
    pub fn notifier(&self) -> Arc<dyn Notifier> {
        Arc::new(InboxNotifier { inbox: self.ledger.inbox(), clock: self.clock.clone() })
    }

    /// The routes `/horizon` and `/inbox`. Uses `nest_service`, because `nest` would not route
    /// `/horizon/`, which clients also request.
    pub fn router(&self) -> Router {
        Router::new()
            .nest_service("/horizon", self.ledger.ledger_router())
            .merge(self.ledger.inbox().router())
    }
}

struct InboxNotifier {
    inbox: Inbox,
    clock: Clock,
}

#[async_trait]
impl Notifier for InboxNotifier {
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError> {
        let channel = match message.channel {
            Channel::Sms => windlass_sandbox::Channel::Sms,
            Channel::Email => windlass_sandbox::Channel::Email,
        };
        self.inbox.deliver(windlass_sandbox::Message {
            to: message.to.clone(),
            channel,
            subject: None,
            field: None,
            text: message.text.clone(),
            code: Some(message.code.clone()),
            at: self.clock.now(),
        });
        Ok(())
    }
}

/// The error when the sandbox cannot start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SandboxStartError {
    /// The ledger cannot start.
    #[error(transparent)]
    Ledger(#[from] SandboxError),
    /// The URL of the ledger is invalid.
    #[error(transparent)]
    Address(#[from] url::ParseError),
}
