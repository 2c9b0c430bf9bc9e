//! The layer that chooses the language of an answer.

use std::convert::Infallible;

use assign::assign;
use axum::{
    body::Body,
    extract::{FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_LENGTH, VARY},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use windlass_core::{language::Language, problem::Problem};

use super::{LocalizedText, negotiation::choose};

/// The languages that an API answers in.
#[derive(Clone, Debug)]
pub struct LanguagePolicy {
    /// All languages that the API has texts in.
    pub languages: Vec<Language>,
    /// The language of answers to requests that ask for none of [`Self::languages`].
    pub default: Language,
}

impl LanguagePolicy {
    fn choose(&self, lang: Option<Language>, headers: &HeaderMap) -> Language {
        let accepted =
            headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        choose(lang, accepted, &self.languages, self.default)
    }
}

/// A middleware that chooses the language of the answer and translates refusals.
pub async fn localize(
    State(policy): State<LanguagePolicy>,
    mut request: Request,
    next: Next,
) -> Response {
    let language = policy.choose(lang(request.uri().query()), request.headers());
    request.extensions_mut().insert(RequestLanguage(language));
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let localized = response.extensions_mut().remove::<LocalizedIn>();
    let language = match &localized {
        // `lang` in a body is known only after the handler has read the body.
        Some(LocalizedIn(Some(lang))) => policy.choose(Some(*lang), &headers),
        _ => language,
    };
    let mut content = localized.map(|_| language);
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        content = Some(refusal.text.language(language));
        response = refusal.put_into(response, language);
    }
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    if let Some(value) = content.and_then(|content| HeaderValue::from_str(content.as_str()).ok()) {
        headers.insert(CONTENT_LANGUAGE, value);
    }
    response
}

/// The `lang` of a query; `None` if it is not a language. The handler refuses it then.
fn lang(query: Option<&str>) -> Option<Language> {
    let value = query?.split('&').find_map(|pair| pair.strip_prefix("lang="))?;
    Language::parse(value)
}

/// An extractor for the language to answer in; English without the middleware [`localize`].
#[derive(Clone, Copy, Debug)]
pub struct RequestLanguage(pub Language);

impl<S: Sync> FromRequestParts<S> for RequestLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(Language::EN)))
    }
}

/// An answer that contains texts, with the `lang` of the request's body.
pub struct Localized<T>(pub Option<Language>, pub T);

#[derive(Clone, Copy)]
struct LocalizedIn(Option<Language>);

impl<T: IntoResponse> IntoResponse for Localized<T> {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        response.extensions_mut().insert(LocalizedIn(self.0));
        response
    }
}

/// The text of a refusal before translation. An extension of the response, whose body has the text
/// in English.
#[derive(Clone)]
pub(crate) struct Refusal {
    pub(crate) problem: Problem,
    pub(crate) text: LocalizedText,
}

impl Refusal {
    fn put_into(self, response: Response, language: Language) -> Response {
        let error = self.text.in_language(language);
        if error == self.problem.error {
            return response;
        }
        let Ok(body) = serde_json::to_vec(&assign!(self.problem, { error })) else {
            return response;
        };
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(body))
    }
}
