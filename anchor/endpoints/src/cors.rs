//! Cross-origin access: wallets are web pages of other origins.

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{Any, CorsLayer};

/// Any origin, the methods of the protocols, and the headers that wallets send (S10-03 to S10-05, S12-11).
///
/// The last two are sent by @stellar/typescript-wallet-sdk, which fails in a browser if they are not allowed.
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
