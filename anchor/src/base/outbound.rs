//! The client for URLs that come from outside: client domains and callbacks.
//!
//! Such a URL must not reach into the network of the server. So only https is used, and only to public addresses; the
//! addresses of a host name are looked up once, checked, and connected to; redirects are not followed; proxies of the
//! environment are not used; time and size are limited (S01-17, S12-123).
//!
//! Only in development, servers on the same machine may be called, also by http.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Client;
use thiserror::Error;
use url::{Host, Url};
use windlass_endpoints::fetch::{Fetch, FetchError};

use super::http_client;

mod address;
mod lookup;

use address::is_public;
use lookup::{Guard, Lookup};

/// How long a whole request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest URL, in bytes (S12-123).
pub const MAX_URL: usize = 2048;

/// Which servers may be called.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Policy {
    /// Whether servers on this machine may be called, by http as well. For development only.
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
    /// A client that calls what `policy` allows.
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
            // The addresses of a connection that is kept were checked some time ago.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(guard))
            .build()
            .map_err(OutboundError::Setup)?;
        Ok(Self(Arc::new(Inner { policy, lookup, http })))
    }

    /// Which servers may be called.
    pub fn policy(&self) -> Policy {
        self.0.policy
    }

    /// Whether the URL may be called: by what it says, and by where its host is now. Calling it checks again.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, in words for the client that named it.
    pub async fn check(&self, url: &Url) -> Result<(), OutboundError> {
        self.check_text(url)?;
        if let Some(Host::Domain(name)) = url.host() {
            self.0.lookup.allowed(name, self.0.policy).await?;
        }
        Ok(())
    }

    /// Reads the body behind a URL, of at most `max` bytes; success is 200 and nothing else.
    ///
    /// # Errors
    ///
    /// The URL may not be called, or the answer is not what was asked for.
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

    /// Sends a body to a URL and answers with the status; what the other server writes is not read.
    ///
    /// # Errors
    ///
    /// The URL may not be called, or there is no answer.
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

    /// Checks the text of the URL. An address in it never reaches the resolver, so it is checked here.
    fn check_text(&self, url: &Url) -> Result<(), OutboundError> {
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

    /// Whether an address is on this machine; an error if it is neither that nor public.
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

/// Names that always stand for this machine (RFC 6761, section 6.3).
fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// An error without the URL, the addresses and the words of the library, because the client is told it.
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

/// Why a URL was not called, or why the call failed. The texts continue the name of the parameter, such as `url`; none
/// of them reveals anything about the network of the server.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutboundError {
    /// It is too long.
    #[error("must not be longer than {MAX_URL} bytes")]
    TooLong,
    /// It holds credentials.
    #[error("must not hold a user name or a password")]
    UserInfo,
    /// It names no host.
    #[error("must name a host")]
    NoHost,
    /// It is not https.
    #[error("must be https")]
    Scheme,
    /// It is not on the public internet.
    #[error("must name a host on the public internet")]
    NotPublic,
    /// There is no such host.
    #[error("names a host that cannot be found")]
    UnknownHost,
    /// No connection, or a broken one.
    #[error("cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("did not answer in time")]
    TooSlow,
    /// Another status than 200.
    #[error("answered with status {0}")]
    Status(u16),
    /// A longer answer than is read.
    #[error("answered with more than {max} bytes")]
    TooLarge {
        /// The bytes that are read at most.
        max: usize,
    },
    /// The client cannot be made: at the start only.
    #[error("the TLS library cannot be set up")]
    Setup(#[source] reqwest::Error),
}

#[cfg(test)]
mod tests;
