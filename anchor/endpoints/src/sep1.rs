//! SEP-1: the endpoint that serves the stellar.toml.

use axum::{
    Router,
    http::{HeaderValue, Method, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{Error, cors, route::Routes};

/// Where wallets look for the stellar.toml of a domain.
const PATH: &str = "/.well-known/stellar.toml";

/// Serves a stellar.toml where wallets look for it (S01-01 to S01-04). `HEAD` is answered as well.
pub fn router(text: String) -> Router {
    routes(text).into()
}

/// The same with its list of endpoints.
pub fn routes(text: String) -> Routes {
    Routes::new().public(Method::GET, PATH, async move || text.clone()).layer(|router| {
        router
            .method_not_allowed_fallback(async || Error::method_not_allowed())
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            ))
            .layer(cors::layer())
    })
}
