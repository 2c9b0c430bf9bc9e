//! An anchor, discovered by its home domain (SEP-1).

use std::{fmt, sync::Arc};

use windlass_core::{
    account::PublicKey,
    endpoint::{Method, Service},
    link::Link,
    network::Network,
    sep1::{self, Entry, HomeDomain, StellarToml, TomlError, TomlFile},
    sep10::Claims,
};

use crate::{
    Clock, Error, ErrorKind, Request, Session, Transport, TransportError,
    exchange::{refusal, send},
};

/// Options of [`Anchor::discover`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The wallet's network. By default the one that the stellar.toml names, and the public network
    /// if it names none.
    pub network: Option<Network>,
    /// Allows plain http for an anchor on this machine. For development only.
    pub allow_http: bool,
    /// The clock. By default the system's.
    pub clock: Clock,
}

/// An anchor whose stellar.toml has been read. Cloning is cheap.
pub struct Anchor<T> {
    pub(crate) shared: Arc<Shared<T>>,
}

/// State that an anchor shares with its sessions.
pub(crate) struct Shared<T> {
    pub(crate) transport: Arc<T>,
    pub(crate) home_domain: HomeDomain,
    pub(crate) toml: TomlFile,
    pub(crate) network: Network,
    pub(crate) allow_http: bool,
    pub(crate) clock: Clock,
}

impl<T> Clone for Anchor<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T> fmt::Debug for Anchor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Anchor({})", self.shared.home_domain)
    }
}

impl<T: Transport> Anchor<T> {
    /// Reads the stellar.toml of `home_domain`, a bare host name such as `anchor.example.com`.
    ///
    /// # Errors
    ///
    /// The domain is malformed, the stellar.toml is missing or cannot be read, or it names another
    /// network than the wallet's (S01-41).
    pub async fn discover(
        transport: T,
        home_domain: &str,
        options: Options,
    ) -> Result<Self, Error> {
        Self::read(Arc::new(transport), home_domain.parse()?, options).await
    }

    /// Whether both come from the same reading of the stellar.toml.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Reads the stellar.toml again, because keys are rotated (S01-18).
    pub(crate) async fn read_again(&self) -> Result<Self, Error> {
        let Shared { transport, home_domain, network, allow_http, clock, .. } = &*self.shared;
        let options = Options {
            network: Some(network.clone()),
            allow_http: *allow_http,
            clock: clock.clone(),
        };
        Self::read(Arc::clone(transport), home_domain.clone(), options).await
    }

    async fn read(
        transport: Arc<T>,
        home_domain: HomeDomain,
        options: Options,
    ) -> Result<Self, Error> {
        let Options { network, allow_http, clock } = options;
        let request = Request {
            method: Method::Get,
            url: sep1::well_known(&home_domain, allow_http),
            headers: Vec::new(),
            body: None,
            max_response: sep1::MAX_READ_BYTES,
            // Some organizations publish it behind a redirect, to www for example.
            follow_redirects: true,
        };
        let no_https = home_domain.is_loopback() && !allow_http;
        let response = send(&*transport, request).await.map_err(|error| match error.kind() {
            ErrorKind::Transport { error: TransportError::TooLong(limit), .. } => {
                TomlError::TooLong(limit + 1).into()
            }
            ErrorKind::Transport { url, error } if no_https => {
                ErrorKind::NoHttps { url: url.clone(), error: error.clone() }.into()
            }
            _ => error,
        })?;
        if response.status != 200 {
            return Err(refusal(&response));
        }
        let toml = TomlFile::parse(&String::from_utf8_lossy(&response.body))?;
        let network = choose_network(network, toml.keys().network_passphrase())?;
        Ok(Self {
            shared: Arc::new(Shared { transport, home_domain, toml, network, allow_http, clock }),
        })
    }

    /// Resumes a session with a token that [`Session::token`] returned.
    ///
    /// # Errors
    ///
    /// The token is malformed, is for another home domain, or has expired.
    pub fn resume(&self, token: &str) -> Result<Session<T>, Error> {
        let claims = Claims::peek(token)?;
        if let Some(home_domain) = &claims.home_domain
            && home_domain != self.shared.home_domain.as_str()
        {
            let message =
                format!("the token is not for {}, but for another domain", self.home_domain());
            return Err(ErrorKind::TokenInvalid(message).into());
        }
        let now = self.shared.clock.now();
        if claims.exp <= now {
            return Err(ErrorKind::TokenExpired { at: claims.exp, now }.into());
        }
        Ok(Session::new(Arc::clone(&self.shared), token.to_owned(), claims))
    }
}

impl<T> Anchor<T> {
    /// The home domain.
    pub fn home_domain(&self) -> &str {
        self.shared.home_domain.as_str()
    }

    /// The stellar.toml, whose values are read on demand.
    pub fn published(&self) -> &TomlFile {
        &self.shared.toml
    }

    /// All supported keys of the stellar.toml.
    pub fn toml(&self) -> StellarToml {
        self.shared.toml.all()
    }

    /// The network that challenges are signed for.
    pub fn network(&self) -> &Network {
        &self.shared.network
    }

    /// The URL of SEP-10.
    ///
    /// # Errors
    ///
    /// The anchor does not offer SEP-10, or its URL is not usable.
    pub fn web_auth_endpoint(&self) -> Result<Link, Error> {
        self.shared.url_of(Service::WebAuth)
    }

    /// The key that signs challenges and callbacks.
    ///
    /// # Errors
    ///
    /// It is missing or malformed.
    pub fn signing_key(&self) -> Result<PublicKey, Error> {
        self.shared
            .toml
            .keys()
            .signing_key()
            .into_value()?
            .ok_or(ErrorKind::NotOffered("SIGNING_KEY").into())
    }

    /// The base URL of SEP-12.
    ///
    /// # Errors
    ///
    /// The anchor does not offer SEP-12, or its URL is not usable.
    pub fn kyc_server(&self) -> Result<Link, Error> {
        self.shared.url_of(Service::Kyc)
    }
}

impl<T> Shared<T> {
    /// The base URL of a service.
    pub(crate) fn url_of(&self, service: Service) -> Result<Link, Error> {
        let url = match service {
            Service::WebAuth => self.toml.web_auth_endpoint(self.allow_http)?,
            Service::Kyc => self.toml.kyc_server(self.allow_http)?,
            // `Service` may grow in a later version.
            _ => None,
        };
        url.ok_or_else(|| ErrorKind::NotOffered(service.toml_key()).into())
    }
}

/// The wallet's network, if the anchor is on it; the anchor's, if the wallet names none.
fn choose_network(wallet: Option<Network>, published: Entry<String>) -> Result<Network, Error> {
    let published = published.into_value()?;
    match (wallet, published) {
        (Some(wallet), Some(anchor)) if wallet.passphrase() != anchor => {
            Err(ErrorKind::WrongNetwork { anchor, wallet }.into())
        }
        (Some(wallet), _) => Ok(wallet),
        (None, Some(anchor)) => Ok(Network::new(anchor)),
        (None, None) => Ok(Network::new(Network::PUBLIC)),
    }
}

#[cfg(test)]
mod tests;
