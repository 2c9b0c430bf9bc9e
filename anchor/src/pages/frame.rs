//! The frame of all pages: `templates/frame.html`, and the response headers.

use askama::Template;
use axum::{
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use windlass_core::language::Language;

use crate::{Error, locale::Localized};

/// Headers that keep the page out of caches, `Referer` headers, search engines and frames, because
/// its URL is a secret, and that forbid scripts.
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

/// The attributes of the `html` element.
pub(super) struct Frame {
    pub(super) lang: String,
    pub(super) direction: &'static str,
}

impl Frame {
    pub(super) fn new(language: Language) -> Self {
        let direction = if language == Language::AR { "rtl" } else { "ltr" };
        Self { lang: language.as_str().to_owned(), direction }
    }
}

/// A page as a response.
pub(super) fn respond(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Localized(None, (status, HEADERS, Html(html))).into_response(),
        Err(cause) => Error::internal(cause).into_response(),
    }
}
