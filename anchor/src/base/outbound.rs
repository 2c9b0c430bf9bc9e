//! The HTTP client for URLs that come from outside: client domains and callbacks.
//!
//! It prevents server-side request forgery: https only; public addresses only; a host name is
//! resolved once, and the connection goes to the checked addresses; no redirects; no proxies from
//! the environment; limits on time and size (S01-17, S12-123).
//!
//! In development it also calls servers on the same machine, over http as well.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Client;
use thiserror::Error;
use url::{Host, Url};
use windlass_endpoints::fetch::{Fetch, FetchError};

use super::http_client;

mod address;
mod lookup;
mod names;

use address::is_public;
use lookup::{Guard, Lookup};

/// The timeout of a whole request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest URL, in bytes (S12-123).
pub const MAX_URL: usize = 2048;

/// Which servers the client may call.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Policy {
    /// Whether it may also call servers on this machine, over http as well. For development only.
    pub development: bool,
}

/// The guarded client. Cheap to clone.
#[derive(Clone)]
pub struct Outbound(Arc<Inner>);

struct Inner {
    policy: Policy,
    lookup: Lookup,
    http: Client,
}

impl Outbound {
    /// A client that calls only URLs that `policy` allows.
    ///
    /// # Errors
    ///
    /// The TLS library cannot be set up.
    pub fn new(policy: Policy) -> Result<Self, OutboundError> {
        Self::with(policy, Lookup::system(), REQUEST_TIMEOUT)
    }

    fn with(policy: Policy, lookup: Lookup, timeout: Duration) -> Result<Self, OutboundError> {
        let guard = Guard { policy, lookup: lookup.clone() };
        let http = http_client::builder(timeout)
            .no_proxy()
            .referer(false)
            // No connection is reused, because its addresses were checked some time ago.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(guard))
            .build()
            .map_err(OutboundError::Setup)?;
        Ok(Self(Arc::new(Inner { policy, lookup, http })))
    }

    /// Which servers the client may call.
    pub fn policy(&self) -> Policy {
        self.0.policy
    }

    /// Checks whether the URL may be called: its text, and the current addresses of its host. A
    /// later call checks both again.
    ///
    /// # Errors
    ///
    /// The reason why the URL is not allowed, as a text for the client that named it.
    pub async fn check(&self, url: &Url) -> Result<(), OutboundError> {
        self.check_text(url)?;
        if let Some(Host::Domain(name)) = url.host() {
            self.0.lookup.allowed(name, self.0.policy).await?;
        }
        Ok(())
    }

    /// Fetches at most `max` bytes. Only status 200 is a success.
    ///
    /// # Errors
    ///
    /// The URL is not allowed, or the response is not 200 or too long.
    pub async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, OutboundError> {
        self.check_text(url)?;
        let mut response = self.0.http.get(url.clone()).send().await.map_err(failed)?;
        match response.status().as_u16() {
            200 => {
                let body = http_client::read_body(&mut response, max).await.map_err(failed)?;
                body.ok_or(OutboundError::TooLarge { max })
            }
            status => Err(OutboundError::Status(status)),
        }
    }

    /// Posts a body to a URL and returns the status. Does not read the response body.
    ///
    /// # Errors
    ///
    /// The URL is not allowed, or the server does not answer.
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<u16, OutboundError> {
        self.check_text(url)?;
        let mut request = self.0.http.post(url.clone()).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(request.send().await.map_err(failed)?.status().as_u16())
    }

    /// Checks the text of the URL, including an IP address in it, which would never reach the
    /// resolver.
    ///
    /// # Errors
    ///
    /// The reason why the URL is not allowed, as a text for the client that named it.
    pub(crate) fn check_text(&self, url: &Url) -> Result<(), OutboundError> {
        let Policy { development } = self.0.policy;
        if url.as_str().len() > MAX_URL {
            return Err(OutboundError::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OutboundError::UserInfo);
        }
        let here = match url.host() {
            None => return Err(OutboundError::NoHost),
            Some(Host::Domain("")) => return Err(OutboundError::NoHost),
            Some(Host::Domain(name)) => is_local(name),
            Some(Host::Ipv4(address)) => self.judge(address.into())?,
            Some(Host::Ipv6(address)) => self.judge(address.into())?,
        };
        match url.scheme() {
            _ if here && !development => Err(OutboundError::NotPublic),
            "https" => Ok(()),
            "http" if here => Ok(()),
            _ => Err(OutboundError::Scheme),
        }
    }

    /// Whether an address is on this machine. Fails if it is neither that nor public.
    fn judge(&self, address: std::net::IpAddr) -> Result<bool, OutboundError> {
        match (address.to_canonical().is_loopback(), is_public(address)) {
            (true, _) => Ok(true),
            (_, true) => Ok(false),
            _ => Err(OutboundError::NotPublic),
        }
    }
}

#[async_trait]
impl Fetch for Outbound {
    async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, FetchError> {
        Self::get(self, url, max).await.map_err(FetchError::new)
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outbound({:?})", self.0.policy)
    }
}

/// Whether a name always resolves to this machine (RFC 6761, section 6.3).
fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// Converts a reqwest error. Drops the URL, addresses and details, because clients see the text
///
fn failed(error: reqwest::Error) -> OutboundError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        match inner.downcast_ref::<OutboundError>() {
            Some(OutboundError::NotPublic) => return OutboundError::NotPublic,
            Some(OutboundError::UnknownHost) => return OutboundError::UnknownHost,
            _ => cause = inner.source(),
        }
    }
    if error.is_timeout() { OutboundError::TooSlow } else { OutboundError::Unreachable }
}

/// The error of a refused or failed call. The texts follow the name of the parameter, such as
/// `url`, and never reveal anything about the server's network.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutboundError {
    /// The URL is too long.
    #[error("must not be longer than {MAX_URL} bytes")]
    TooLong,
    /// The URL contains credentials.
    #[error("must not contain a user name or a password")]
    UserInfo,
    /// The URL has no host.
    #[error("must name a host")]
    NoHost,
    /// The URL is not https.
    #[error("must be https")]
    Scheme,
    /// The host is not on the public internet. The text is that of [`Self::UnknownHost`]: it must not
    /// tell which names exist inside the server's network.
    #[error("must name a host that is found on the public internet")]
    NotPublic,
    /// The host name does not resolve.
    #[error("must name a host that is found on the public internet")]
    UnknownHost,
    /// The connection failed.
    #[error("cannot be reached")]
    Unreachable,
    /// The server did not answer in time.
    #[error("did not answer in time")]
    TooSlow,
    /// The status is not 200.
    #[error("answered with status {0}")]
    Status(u16),
    /// The response body is too long.
    #[error("answered with more than {max} bytes")]
    TooLarge {
        /// The limit, in bytes.
        max: usize,
    },
    /// The HTTP client cannot be built. Occurs only at the start of the server.
    #[error("the TLS library cannot be set up")]
    Setup(#[source] reqwest::Error),
}

#[cfg(test)]
mod tests;
