//! Horizon's API: what every request and answer have in common, and which path is served where.

use axum::{
    Router,
    extract::{DefaultBodyLimit, OriginalUri, Request, State},
    http::{
        Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri, header, uri::PathAndQuery,
    },
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};
use tower::ServiceExt as _;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use crate::{fault::Fault, sandbox::Sandbox, time};
use base::Base;

mod accounts;
mod base;
mod form;
mod friendbot;
mod problem;
mod root;
#[cfg(test)]
mod tests;
mod transactions;

pub(crate) use accounts::account_json;
pub(crate) use problem::Problem;

/// Bytes that a request may have (HZ-14).
const MAX_BODY: usize = 200 * 1024;
const LATEST_LEDGER: HeaderName = HeaderName::from_static("latest-ledger");
const X_SANDBOX: HeaderName = HeaderName::from_static("x-sandbox");

pub(crate) fn router(sandbox: Sandbox) -> Router {
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

/// What stands before the routes.
#[derive(Clone)]
struct Front {
    sandbox: Sandbox,
    routes: Router,
}

/// Decides about faults and `Accept`, lets the routes answer, and adds the headers of every answer.
async fn serve(
    State(Front { sandbox, routes }): State<Front>,
    OriginalUri(original): OriginalUri,
    mut request: Request,
) -> Response {
    let base = Base::of(&original, request.uri().path(), request.headers());
    // Nothing of the outer routing may stay, or its path parameters would be taken for ours.
    *request.extensions_mut() = Extensions::new();
    request.extensions_mut().insert(base);
    *request.uri_mut() = without_trailing_slash(request.uri());
    let path = request.uri().path().to_owned();

    let fault = sandbox.faults().take(&path);
    let mut response = if let Some(answer) = fault.and_then(Fault::answer) {
        answer
    } else if is_acceptable(request.headers()) {
        let Ok(response) = routes.oneshot(request).await;
        response
    } else {
        Problem::not_acceptable().into_response()
    };
    if let Some(fault) = fault {
        response = fault.spoil(response).await;
    }
    add_headers(response.headers_mut(), &sandbox, &path);
    response
}

/// The headers of HZ-12 and HZ-207; CORS is added outside.
fn add_headers(headers: &mut HeaderMap, sandbox: &Sandbox, path: &str) {
    let (ledger, now) = {
        let ledger = sandbox.ledger();
        (ledger.last.sequence, ledger.time(sandbox.now()))
    };
    // Clients set time bounds by this header, so it has to come from the ledger's clock (HZ-13).
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

/// A success in Horizon's content type (HZ-11).
fn hal(body: &serde_json::Value) -> Response {
    let content_type = (header::CONTENT_TYPE, "application/hal+json; charset=utf-8");
    ([content_type], body.to_string()).into_response()
}

/// Horizon speaks JSON under three names; event streams are not served yet.
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

/// `/accounts/G…/` is `/accounts/G…` (HZ-10).
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
