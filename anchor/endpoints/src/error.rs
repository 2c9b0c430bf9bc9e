//! The error of a handler: status, body and headers of the refusal.
//!
//! Each module converts its own errors by an `impl From<…> for Error` beside them.

use std::fmt;

use assign::assign;
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use windlass_core::problem::{Code, Problem};

use crate::locale::{LocalizedText, MessageId, Refusal};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The `Retry-After` when a service behind the anchor does not answer, in seconds.
const RETRY_UNAVAILABLE: u64 = 5;

/// A refused request. As a response it is `{"error": "…", "code": "…"}`.
#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    code: Code,
    field: Option<String>,
    text: LocalizedText,
    retry_after: Option<u64>,
    cause: Option<Cause>,
}

impl Error {
    /// A refusal with this code and the status that belongs to it.
    pub fn new(code: Code, text: impl Into<LocalizedText>) -> Self {
        let status = StatusCode::from_u16(code.status());
        Self {
            status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            code,
            field: None,
            text: text.into(),
            retry_after: None,
            cause: None,
        }
    }

    /// Replaces the status, where a protocol requires another one.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Adds the name of the invalid field or parameter.
    #[must_use]
    pub fn with_field(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// Adds a `Retry-After` header, in seconds.
    #[must_use]
    pub fn with_retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// 500: an error of this server. The cause is logged and not sent to the client.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal, MessageId::Internal) }
    }

    /// 503: a part of this server, or a service behind it, cannot answer at the moment. The cause is
    /// logged and not sent to the client.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::unavailable_as(Code::Unavailable, MessageId::Unavailable, cause)
    }

    /// Like [`Self::unavailable`], with a code and a text that name the part.
    pub fn unavailable_as(
        code: Code,
        text: impl Into<LocalizedText>,
        cause: impl Into<Cause>,
    ) -> Self {
        let error = Self::new(code, text)
            .with_status(StatusCode::SERVICE_UNAVAILABLE)
            .with_retry_after(RETRY_UNAVAILABLE);
        Self { cause: Some(cause.into()), ..error }
    }

    /// 404: no endpoint has this path.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, MessageId::NotFound)
    }

    /// 405: the endpoint does not accept this method.
    pub fn method_not_allowed() -> Self {
        Self::new(Code::MethodNotAllowed, MessageId::MethodNotAllowed)
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The name of the invalid field or parameter.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Logs the cause of a 500 or 503. No other code logs the causes of refusals.
    fn log(&self) {
        let Some(cause) = &self.cause else { return };
        if self.status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(%cause, "request failed");
        } else {
            tracing::warn!(%cause, code = self.code.as_str(), "a service that the request needs is unavailable");
        }
    }
}

/// The text for the client, in English.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        let problem = assign!(Problem::new(self.text.to_string()), {
            code: Some(self.code.as_str().to_owned()),
            field: self.field,
        });
        let mut response = (self.status, Json(problem.clone())).into_response();
        response.extensions_mut().insert(Refusal { problem, text: self.text });
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
