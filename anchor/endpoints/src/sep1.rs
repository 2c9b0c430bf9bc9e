//! SEP-1: the endpoint that serves the stellar.toml.

use axum::{
    Router,
    http::{HeaderValue, Method, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{
    Error, cors,
    route::{Routes, nosniff},
};

/// The path of a domain's stellar.toml.
const PATH: &str = "/.well-known/stellar.toml";

/// A router that serves `text` as the stellar.toml, for `GET` and `HEAD` (S01-01 to S01-04).
pub fn router(text: String) -> Router {
    routes(text).into()
}

/// Like [`router`], with the list of endpoints.
pub fn routes(text: String) -> Routes {
    Routes::new().public(Method::GET, PATH, async move || text.clone()).layer(|router| {
        router
            .method_not_allowed_fallback(async || Error::method_not_allowed())
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            ))
            .layer(nosniff())
            .layer(cors::layer())
    })
}
