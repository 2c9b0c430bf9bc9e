//! The pages behind the links in e-mails: one button that confirms the address that the e-mail went to.
//!
//! Opening a link changes nothing, because mail programs and scanners open links as well. The button does, and it works
//! without JavaScript.

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

/// The pages of `kyc`, to be nested where its confirmation links begin.
///
/// Each is in the language that its reader's browser asks for, or else in `language`.
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

/// `GET`: the button.
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
