//! The pages of confirmation links in e-mails: a button confirms the address that received the
//! e-mail.
//!
//! Opening a link changes nothing, because mail programs and scanners also open links. Only the
//! button confirms. The page works without JavaScript.

use std::sync::Arc;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{Method, StatusCode},
    middleware::from_fn_with_state,
    response::Response,
};
use windlass_core::language::Language;

use super::frame;
use crate::{
    Error,
    kyc::{Kyc, Link},
    locale::{LANGUAGES, LanguagePolicy, RequestLanguage, localize},
    route::Routes,
};

mod page;

use page::ConfirmPage;

/// The routes of the confirmation pages. Nest them at the path at which confirmation links begin.
///
/// Each page is in the language that the browser asks for, or else in `language`.
pub(crate) fn routes(kyc: Arc<Kyc>, language: Language) -> Routes {
    let policy = LanguagePolicy { languages: LANGUAGES.to_vec(), default: language };
    Routes::new()
        .public(Method::GET, "/{secret}", show)
        .public(Method::POST, "/{secret}", confirm)
        .layer(|router| {
            router
                .fallback(async |RequestLanguage(language): RequestLanguage| {
                    page(&Link::Gone, language)
                })
                .method_not_allowed_fallback(async || Error::method_not_allowed())
                .with_state(kyc)
                .layer(from_fn_with_state(policy, localize))
        })
}

/// `GET`: the page with the button.
async fn show(
    State(kyc): State<Arc<Kyc>>,
    RequestLanguage(language): RequestLanguage,
    secret: Secret,
) -> Result<Response, Error> {
    let Ok(Path(secret)) = secret else { return Ok(page(&Link::Gone, language)) };
    Ok(page(&kyc.link(&secret).await?, language))
}

/// `POST`: the button was pressed.
async fn confirm(
    State(kyc): State<Arc<Kyc>>,
    RequestLanguage(language): RequestLanguage,
    secret: Secret,
) -> Result<Response, Error> {
    let Ok(Path(secret)) = secret else { return Ok(page(&Link::Gone, language)) };
    Ok(page(&kyc.confirm_link(&secret).await?, language))
}

type Secret = Result<Path<String>, PathRejection>;

fn page(link: &Link, language: Language) -> Response {
    let status = match link {
        Link::Waiting { .. } | Link::Confirmed { .. } => StatusCode::OK,
        Link::Gone => StatusCode::NOT_FOUND,
    };
    frame::respond(status, &ConfirmPage::new(link, language))
}
