//! Cross-origin access (CORS), because web wallets have other origins than the anchor.

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{Any, CorsLayer};

/// Allows any origin, the methods of the protocols, and the headers that wallets send (S10-03 to
/// S10-05, S12-11).
///
/// @stellar/typescript-wallet-sdk sends the last two headers; without permission for them it fails
/// in a browser.
pub fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-client-name"),
            HeaderName::from_static("x-client-version"),
        ])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(86_400))
}
