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
fn body_is_quoted_only_if_it_is_short_plain_text() {
    for (body, shown) in [
        ("", "the anchor answered 502 with an empty body"),
        (" \n", "the anchor answered 502 with an empty body"),
        ("<!DOCTYPE html><p>Bad gateway", "the anchor answered 502 with a web page (HTML)"),
        ("\n<html>", "the anchor answered 502 with a web page (HTML)"),
        (" upstream is down\n", "the anchor answered 502: upstream is down"),
        ("up\u{1b}[31m", "the anchor answered 502 without an error text"),
        (&"é".repeat(101), "the anchor answered 502 without an error text"),
        (r#"{"message":"x"}"#, "the anchor answered 502 without an error text"),
        (r#"{"error":{"x":1}}"#, "the anchor answered 502 without an error text"),
        (r#"[{}]"#, "the anchor answered 502 without an error text"),
        (r#"{"error":"x","code":5,"field":[]}"#, "x"),
        (r#"{"error":"a\u001b[31mb\nc"}"#, "a [31mb c"),
    ] {
        assert_eq!(refused(502, body), (Code::Internal, shown.to_owned()), "{body:?}");
    }
}

#[test]
fn refusal_of_the_token_may_have_status_403() {
    for body in [
        r#"{"type":"authentication_required"}"#,
        r#"{"error":"unable to decode jwt"}"#,
        r#"{"error":"JWT must be passed as 'Authorization' header"}"#,
        r#"{"error":"The token has expired","code":"EXPIRED"}"#,
        r#"{"error":"x","code":"token_invalid"}"#,
        "Invalid token",
    ] {
        let error = refusal(&answer(403, body, None));
        assert_eq!((error.code(), error.ends_session()), (Code::TokenInvalid, true), "{body}");
    }
    for body in [
        r#"{"error":"this token may not be withdrawn in your country"}"#,
        r#"{"error":"this customer is not yours"}"#,
        "",
        "<html>",
        r#"{"status":"denied"}"#,
    ] {
        let error = refusal(&answer(403, body, None));
        assert_eq!((error.code(), error.ends_session()), (Code::Refused, false), "{body}");
    }
}

#[tokio::test]
async fn success_is_never_quoted() {
    for body in ["secret", r#"{"status":5,"x":"secret"}"#, "<b>secret", r#"["secret"]"#] {
        let scripted = Scripted::default();
        let session = session(&scripted).await;
        scripted.push(200, body);
        let error = session.customer(&GetCustomer::default()).await.unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
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
        (TransportError::Failed("connection refused".to_owned().into()), Code::Network),
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
