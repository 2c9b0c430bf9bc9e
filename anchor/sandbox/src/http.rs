//! Horizon's API: the routes, and what all requests and responses have in common.

use axum::{
    Router,
    extract::{DefaultBodyLimit, OriginalUri, Request, State},
    http::{
        Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri, header, uri::PathAndQuery,
    },
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};
use serde_json::Value;
use tower::ServiceExt as _;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use crate::{sandbox::Sandbox, time};
use base::Base;
use problem::Problem;

mod accounts;
mod base;
mod fault;
mod form;
mod friendbot;
mod problem;
mod root;
#[cfg(test)]
mod tests;
mod transactions;

/// The most bytes that a request may have.
const MAX_BODY: usize = 200 * 1024;
const LATEST_LEDGER: HeaderName = HeaderName::from_static("latest-ledger");
const X_SANDBOX: HeaderName = HeaderName::from_static("x-sandbox");

impl Sandbox {
    /// Horizon's API over this ledger, with CORS open.
    ///
    /// Serve it alone, or mount it with `nest_service("/horizon", …)`; plain `nest` would not match
    /// `/horizon/`.
    pub fn ledger_router(&self) -> Router {
        router(self.clone())
    }

    /// The account as `GET /accounts/{account}` shows it, with links relative to the root. `None`
    /// if there is none.
    pub fn account_json(&self, account: &str) -> Option<Value> {
        accounts::account_json(&self.ledger(), &account.parse().ok()?)
    }
}

fn router(sandbox: Sandbox) -> Router {
    let routes = Router::new()
        .route("/", get(root::root))
        .route("/health", get(root::health))
        .route("/accounts/{id}", get(accounts::account))
        .route("/transactions", post(transactions::submit))
        .route("/transactions/{hash}", get(transactions::transaction))
        .route("/friendbot", get(friendbot::friendbot).post(friendbot::friendbot))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(sandbox.clone());
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::DATE, LATEST_LEDGER, X_SANDBOX]);
    Router::new()
        .route("/", any(serve))
        .route("/{*path}", any(serve))
        .with_state(Front { sandbox, routes })
        .layer(cors)
}

/// The state of [`serve`], which handles every request before the routes do.
#[derive(Clone)]
struct Front {
    sandbox: Sandbox,
    routes: Router,
}

/// Applies faults, checks `Accept`, calls the routes, and adds the headers that every response has.
async fn serve(
    State(Front { sandbox, routes }): State<Front>,
    OriginalUri(original): OriginalUri,
    mut request: Request,
) -> Response {
    let base = Base::of(&original, request.uri().path(), request.headers());
    // Extensions of an outer router must go: its path parameters would be mixed with ours.
    *request.extensions_mut() = Extensions::new();
    request.extensions_mut().insert(base);
    *request.uri_mut() = without_trailing_slash(request.uri());
    let path = request.uri().path().to_owned();

    let fault = sandbox.faults().take(&path);
    let mut response = if let Some(response) = fault.and_then(fault::response_instead) {
        response
    } else if is_acceptable(request.headers()) {
        let Ok(response) = routes.oneshot(request).await;
        response
    } else {
        Problem::not_acceptable().into_response()
    };
    if let Some(fault) = fault {
        response = fault::change(fault, response).await;
    }
    add_headers(response.headers_mut(), &sandbox, &path);
    response
}

/// The headers that every response has, except for CORS.
fn add_headers(headers: &mut HeaderMap, sandbox: &Sandbox, path: &str) {
    let (ledger, now) = {
        let ledger = sandbox.ledger();
        (ledger.last.sequence, ledger.time(sandbox.now()))
    };
    // Clients compute time bounds from this header, so it must come from the ledger's clock.
    if let Ok(date) = HeaderValue::from_str(&time::http_date(now)) {
        headers.insert(header::DATE, date);
    }
    let no_cache = HeaderValue::from_static("no-cache, no-store, max-age=0");
    headers.insert(header::CACHE_CONTROL, no_cache);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(X_SANDBOX, HeaderValue::from_static("1"));
    if path.starts_with("/accounts") {
        headers.insert(LATEST_LEDGER, HeaderValue::from(ledger));
    }
}

/// A success, with Horizon's content type.
fn hal(body: &Value) -> Response {
    let content_type = (header::CONTENT_TYPE, "application/hal+json; charset=utf-8");
    ([content_type], body.to_string()).into_response()
}

/// Whether the client accepts JSON under one of its media types. Event streams are not served.
fn is_acceptable(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    if accepted.peek().is_none() {
        return true;
    }
    let ranges = accepted.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(','));
    let mut types = ranges.map(|range| range.split(';').next().unwrap_or_default().trim());
    types.any(|media_type| {
        ["", "*/*", "application/*", "application/json", "application/hal+json"]
            .iter()
            .any(|known| media_type.eq_ignore_ascii_case(known))
    })
}

/// Serves `/accounts/G…/` as `/accounts/G…`.
fn without_trailing_slash(uri: &Uri) -> Uri {
    let path = match uri.path().trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(text).ok();
    Uri::from_parts(parts).unwrap_or_else(|_| uri.clone())
}
