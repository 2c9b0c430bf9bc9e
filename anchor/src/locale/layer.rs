//! The language of requests and answers.

use std::convert::Infallible;

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
use windlass_core::{problem::Problem, sep12::Language};

use super::{LocalizedText, negotiation::choose};

/// The languages that can be had, and the one for whoever asks for none.
#[derive(Clone, Debug)]
pub(crate) struct LanguagePolicy {
    pub(crate) spoken: Vec<Language>,
    pub(crate) default: Language,
}

impl LanguagePolicy {
    fn choose(&self, lang: Option<Language>, headers: &HeaderMap) -> Language {
        let accepted =
            headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        choose(lang, accepted, &self.spoken, self.default)
    }
}

/// Chooses the language of the answer, and puts refusals into it.
pub(crate) async fn localize(
    State(speech): State<LanguagePolicy>,
    mut request: Request,
    next: Next,
) -> Response {
    let language = speech.choose(lang(request.uri().query()), request.headers());
    request.extensions_mut().insert(RequestLanguage(language));
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let told = response.extensions_mut().remove::<LocalizedIn>();
    let language = match &told {
        // What the body asks for is known only now.
        Some(LocalizedIn(Some(lang))) => speech.choose(Some(*lang), &headers),
        _ => language,
    };
    let mut content = told.map(|_| language);
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

/// The `lang` of a query, if it is a language. That it is none is for the handler to say.
fn lang(query: Option<&str>) -> Option<Language> {
    let value = query?.split('&').find_map(|pair| pair.strip_prefix("lang="))?;
    Language::parse(value)
}

/// The language to answer in. English where nobody has chosen one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for RequestLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(Language::EN)))
    }
}

/// An answer that holds texts, with the language that its request asked for in the body.
pub(crate) struct Localized<T>(pub(crate) Option<Language>, pub(crate) T);

#[derive(Clone, Copy)]
struct LocalizedIn(Option<Language>);

impl<T: IntoResponse> IntoResponse for Localized<T> {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        response.extensions_mut().insert(LocalizedIn(self.0));
        response
    }
}

/// What a refusal says, beside the response that says it in English.
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
        let Ok(body) = serde_json::to_vec(&Problem { error, ..self.problem }) else {
            return response;
        };
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(body))
    }
}
