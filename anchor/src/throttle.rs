//! The peer address of a connection, for limits on the number of requests.

use std::net::{IpAddr, SocketAddr};

use axum::{extract::ConnectInfo, http::Extensions};

pub use windlass_endpoints::throttle::{Bodies, By, PeerAddress, Throttle, subscriber};

/// The peer address of the connection. The server must be started with
/// `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn peer_address(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}
