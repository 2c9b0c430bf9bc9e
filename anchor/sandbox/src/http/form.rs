//! Parameters from a form body or from the query.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{FromRequest as _, Query, Request},
    http::{HeaderValue, Method, StatusCode, header},
};

use super::Problem;

const FORM: &str = "application/x-www-form-urlencoded";

type Fields = BTreeMap<String, String>;

/// A field of the form body, or else of the query. Empty if it is in neither.
pub(super) async fn field(mut request: Request, name: &str) -> Result<String, Problem> {
    if request.method() == Method::POST {
        if request.headers().get(header::CONTENT_TYPE).is_some_and(|value| !is_form(value)) {
            return Err(Problem::unsupported_media_type());
        }
        // The extractor requires the header, and accepts only this spelling of it.
        let form = HeaderValue::from_static(FORM);
        request.headers_mut().insert(header::CONTENT_TYPE, form);
    }
    let Query(mut query) = Query::<Fields>::try_from_uri(request.uri()).unwrap_or_default();
    let mut fields = match Form::<Fields>::from_request(request, &()).await {
        Ok(Form(fields)) => fields,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Err(Problem::too_large());
        }
        Err(rejection) => {
            return Err(Problem::bad_request(name, &rejection.body_text()));
        }
    };
    Ok(fields.remove(name).or_else(|| query.remove(name)).unwrap_or_default())
}

fn is_form(content_type: &HeaderValue) -> bool {
    let text = content_type.to_str().unwrap_or_default();
    let media_type = text.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case(FORM)
}
