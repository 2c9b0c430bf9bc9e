//! SEP-1: the stellar.toml, made from the configuration.

use axum::{
    Router,
    http::{HeaderValue, Method, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{Error, cors, route::Routes};

#[cfg(not(target_arch = "wasm32"))]
mod published;

#[cfg(not(target_arch = "wasm32"))]
pub use published::{StellarTomlError, stellar_toml};

/// Serves a stellar.toml where wallets look for it (S01-01 to S01-04). `HEAD` is answered as well.
pub fn router(text: String) -> Router {
    routes(text).into()
}

/// The same, with the list of what is routed.
pub fn routes(text: String) -> Routes {
    Routes::new()
        .public(Method::GET, "/.well-known/stellar.toml", async move || text.clone())
        .layer(|router| {
            router
                .method_not_allowed_fallback(async || Error::method_not_allowed())
                .layer(SetResponseHeaderLayer::if_not_present(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("text/plain; charset=utf-8"),
                ))
                .layer(cors::layer())
        })
}
