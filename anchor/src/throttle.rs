//! Limits on how often a client may ask.

use std::net::{IpAddr, SocketAddr};

use axum::{extract::ConnectInfo, http::Extensions};

pub use windlass_endpoints::throttle::{By, PeerAddress, Throttle};

/// The address of the other end of the connection, for a server that is started with
/// `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn peer_address(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}
