//! Resolves host names and checks the addresses before a connection is made.

use std::{future::Future, io, net::SocketAddr, pin::Pin, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{OutboundError, Policy, is_public, names::Names};

type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Resolves host names.
#[derive(Clone)]
pub(super) struct Lookup(Arc<dyn Fn(String) -> Answer + Send + Sync>);

impl Lookup {
    /// Resolves with the configuration of this machine.
    pub(super) fn system() -> Self {
        let names = Names::system();
        Self::new(move |name| names.clone().find(name))
    }

    pub(super) fn new<F>(find: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name| Box::pin(find(name))))
    }

    /// The addresses of a host, if all of them are allowed. A host with both a public and a private
    /// address is an attempt to reach the private one.
    pub(super) async fn allowed(
        &self,
        name: &str,
        Policy { development }: Policy,
    ) -> Result<Vec<SocketAddr>, OutboundError> {
        let found = (self.0)(name.to_owned()).await.map_err(|_| OutboundError::UnknownHost)?;
        if found.is_empty() {
            return Err(OutboundError::UnknownHost);
        }
        let allowed = |address: &SocketAddr| {
            is_public(address.ip()) || (development && address.ip().to_canonical().is_loopback())
        };
        if found.iter().all(allowed) { Ok(found) } else { Err(OutboundError::NotPublic) }
    }
}

/// The resolver of the HTTP client: it returns only checked addresses, so the client connects to no
/// others.
pub(super) struct Guard {
    pub(super) policy: Policy,
    pub(super) lookup: Lookup,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, policy) = (self.lookup.clone(), self.policy);
        Box::pin(async move {
            let found = lookup.allowed(name.as_str(), policy).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
