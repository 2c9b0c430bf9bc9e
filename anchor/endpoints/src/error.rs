//! A refusal: the status, the body and the headers that a handler answers with instead of a result.
//!
//! Each module turns its own errors into an [`Error`] by a `From` that stands beside them.

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

/// Seconds that a client is asked to wait when a service behind the anchor does not answer.
const RETRY_UNAVAILABLE: u64 = 5;

/// Why a request was refused. As a response it is `{"error": "…", "code": "…"}`.
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
    /// A refusal with the status that belongs to the code.
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

    /// The same with another status, where a protocol asks for it.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same with the name of the field or parameter at fault.
    #[must_use]
    pub fn with_field(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// The same with a `Retry-After` in seconds.
    #[must_use]
    pub fn with_retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// A fault of this server: 500. The cause is logged and not shown.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal, MessageId::Internal) }
    }

    /// A service behind this server does not answer: 503. The cause is logged and not shown.
    pub fn unavailable(
        code: Code,
        text: impl Into<LocalizedText>,
        cause: impl Into<Cause>,
    ) -> Self {
        let error = Self::new(code, text)
            .with_status(StatusCode::SERVICE_UNAVAILABLE)
            .with_retry_after(RETRY_UNAVAILABLE);
        Self { cause: Some(cause.into()), ..error }
    }

    /// There is nothing at this path: 404.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, MessageId::NotFound)
    }

    /// The path does not take this method: 405.
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

    /// The field or parameter at fault.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Logs a cause that the operator has to see. This is the only place that does.
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
