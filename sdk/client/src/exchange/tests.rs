use windlass_core::{endpoint::Endpoint as _, problem::Code, sep12::GetCustomer};

use super::{by_status, refusal};
use crate::{
    ErrorKind, Response, TransportError,
    testing::{Scripted, session},
};

fn answer(status: u16, body: &str, retry_after: Option<u64>) -> Response {
    Response { status, content_type: None, retry_after, body: body.into() }
}

fn refused(status: u16, body: &str) -> (Code, String) {
    let error = refusal(&answer(status, body, None));
    assert_eq!(error.status(), Some(status));
    (error.code(), error.to_string())
}

#[test]
fn code_of_the_anchor_wins_over_the_status() {
    let (code, text) = refused(
        400,
        r#"{"error":"birth_date must be a date","code":"invalid_field","field":"birth_date"}"#,
    );
    assert_eq!((code, text.as_str()), (Code::InvalidField, "birth_date must be a date"));
    let error = refusal(&answer(400, r#"{"error":"x","field":"city"}"#, None));
    assert_eq!((error.field(), error.code()), (Some("city"), Code::Refused));
}

#[test]
fn refusal_with_an_unknown_code_keeps_its_message() {
    let (code, text) = refused(418, r#"{"error":"I am a teapot","code":"teapot","more":[1]}"#);
    assert_eq!((code, text.as_str()), (Code::Refused, "I am a teapot"));
}

#[test]
fn status_decides_where_there_is_no_code() {
    for (status, code) in [
        (400, Code::Refused),
        (401, Code::TokenInvalid),
        (403, Code::Refused),
        (404, Code::NotFound),
        (405, Code::MethodNotAllowed),
        (413, Code::TooLarge),
        (415, Code::UnsupportedMediaType),
        (429, Code::TooManyRequests),
        (500, Code::Internal),
        (501, Code::NotImplemented),
        (503, Code::Internal),
    ] {
        assert_eq!(by_status(status), code);
        assert_eq!(refused(status, r#"{"error":"text"}"#).0, code);
        assert_eq!(refused(status, "<html>").0, code);
    }
}

#[test]
fn body_without_an_error_message_is_quoted_in_part() {
    assert_eq!(refused(502, "").1, "the anchor answered 502: an empty body");
    assert_eq!(
        refused(502, &"é".repeat(5000)).1,
        format!("the anchor answered 502: {}", "é".repeat(200))
    );
    assert_eq!(refused(500, r#"{"message":"x"}"#).1, r#"the anchor answered 500: {"message":"x"}"#);
    assert_eq!(refused(500, r#"{"error":{"x":1}}"#).0, Code::Internal);
}

#[test]
fn redirect_is_an_error_of_its_own() {
    for status in [0, 301, 302, 307, 308] {
        assert_eq!(refused(status, "").0, Code::UnexpectedResponse);
    }
}

#[tokio::test]
async fn expired_session_has_a_code_of_its_own() {
    let scripted = Scripted::default();
    let session = session(&scripted).await;
    scripted.push(401, r#"{"error":"the token has expired","code":"token_expired"}"#);
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap_err().code(), Code::TokenExpired);
}

#[tokio::test]
async fn success_that_is_not_json_is_unexpected() {
    for body in ["", "{", "[]", "null", r#"{"id":"1"}"#, r#"{"status":5}"#] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        scripted.push(200, body);
        let error = session.customer(&GetCustomer::new()).await.unwrap_err();
        assert_eq!(
            (error.code(), error.status()),
            (Code::UnexpectedResponse, Some(200)),
            "{body:?}: {error}"
        );
    }
    assert!(
        GetCustomer::response(br#"{"status":"ACCEPTED"}"#).is_ok(),
        "the smallest valid customer"
    );
}

#[tokio::test]
async fn transport_errors_name_url_and_cause() {
    for (failure, code) in [
        (TransportError::Failed("connection refused".to_owned()), Code::Network),
        (TransportError::TimedOut(30), Code::Network),
        (TransportError::TooLong(1 << 20), Code::UnexpectedResponse),
    ] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        let scripted = scripted.fail(failure.clone());
        let error = session.customer(&GetCustomer::new()).await.unwrap_err();
        assert_eq!((error.code(), error.status()), (code, None));
        assert_eq!(
            error.to_string(),
            format!("cannot reach https://anchor.example.com/kyc/customer: {failure}")
        );
        assert!(matches!(error.kind(), ErrorKind::Transport { .. }));
        assert_eq!(scripted.count(), 2);
    }
}
