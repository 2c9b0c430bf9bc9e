//! The pages behind the links in e-mails: one button that confirms the address that the e-mail went to.
//!
//! Opening a link changes nothing, because mail programs and scanners open links as well. The button does, and it works
//! without JavaScript.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderName, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{
    Error,
    kyc::{Kyc, Link},
    route::Routes,
};

mod page;

/// Kept from everywhere: the address of the page is its secret.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
];

/// The pages of `kyc`: nest it where [`Kyc::with_links`] says that links begin.
pub fn router(kyc: Arc<Kyc>) -> Router {
    routes(kyc).into()
}

/// The same, with the list of what is routed.
pub fn routes(kyc: Arc<Kyc>) -> Routes {
    Routes::new()
        .public(Method::GET, "/{secret}", show)
        .public(Method::POST, "/{secret}", confirm)
        .dress(|router| {
            router
                .fallback(async || page(&Link::Gone))
                .method_not_allowed_fallback(async || Error::MethodNotAllowed)
                .with_state(kyc)
        })
}

/// What the link is for, and the button.
async fn show(State(kyc): State<Arc<Kyc>>, secret: Secret) -> Result<Response, Error> {
    let Ok(Path(secret)) = secret else { return Ok(page(&Link::Gone)) };
    Ok(page(&kyc.link(&secret).await?))
}

/// The button.
async fn confirm(State(kyc): State<Arc<Kyc>>, secret: Secret) -> Result<Response, Error> {
    let Ok(Path(secret)) = secret else { return Ok(page(&Link::Gone)) };
    Ok(page(&kyc.confirm_link(&secret).await?))
}

type Secret = Result<Path<String>, PathRejection>;

fn page(link: &Link) -> Response {
    let status = match link {
        Link::Waiting { .. } | Link::Confirmed { .. } => StatusCode::OK,
        Link::Gone => StatusCode::NOT_FOUND,
    };
    (status, HEADERS, Html(page::render(link, &page::ENGLISH))).into_response()
}
