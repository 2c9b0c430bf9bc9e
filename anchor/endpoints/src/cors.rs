//! Cross-origin access (CORS), because web wallets have other origins than the anchor.

use std::time::Duration;

use axum::http::{Method, header};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// Allows any origin, the methods of the protocols, and any header (S10-03 to S10-05, S12-11).
///
/// There are no cookies, so a header of a page gives it nothing. The headers of wallet SDKs and of
/// tracing (`traceparent`, `sentry-trace`) must be allowed, or the request fails in the browser.
pub fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(86_400))
}
