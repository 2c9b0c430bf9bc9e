//! Horizon's error responses.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use stellar_xdr::{Limits, TransactionResult, WriteXdr as _};

use crate::codes;

const HORIZON: &str = "https://stellar.org/horizon-errors/";
const FRIENDBOT: &str = "https://stellar.org/friendbot-errors/";

/// Horizon's error body.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    /// The last part of `type`, by which clients tell problems apart.
    slug: &'static str,
    namespace: &'static str,
    title: &'static str,
    detail: String,
    extras: Option<Value>,
}

impl Problem {
    /// The path, the account or the transaction does not exist.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "Resource Missing",
            "The resource at the url requested was not found. This usually occurs for one of two reasons: \
             The url requested is not valid, or no data in our database could be found with the parameters provided.",
        )
    }

    /// A parameter is missing or wrong.
    pub(crate) fn bad_request(field: &str, reason: &str) -> Self {
        let detail = "The request you sent was invalid in some way.";
        Self::new(StatusCode::BAD_REQUEST, "bad_request", "Bad Request", detail)
            .with(json!({"invalid_field": field, "reason": reason}))
    }

    /// Friendbot refuses to pay.
    pub(crate) fn friendbot(detail: &str) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, "bad_request", "Bad Request", detail);
        Self { namespace: FRIENDBOT, ..problem }
    }

    /// The parameter of friendbot is not an account.
    pub(crate) fn friendbot_address() -> Self {
        let reason = "invalid address: must be a valid G address";
        Self { namespace: FRIENDBOT, ..Self::bad_request("addr", reason) }
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::from_status(StatusCode::METHOD_NOT_ALLOWED)
    }

    pub(crate) fn not_acceptable() -> Self {
        Self::from_status(StatusCode::NOT_ACCEPTABLE)
    }

    pub(crate) fn unsupported_media_type() -> Self {
        Self::from_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    }

    pub(crate) fn too_large() -> Self {
        Self::from_status(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// The parameter is not a transaction envelope.
    pub(crate) fn malformed(envelope: &str) -> Self {
        let detail = "Horizon could not decode the transaction envelope in this request. A transaction should be an \
             XDR TransactionEnvelope struct encoded using base64.";
        let status = StatusCode::BAD_REQUEST;
        Self::new(status, "transaction_malformed", "Transaction Malformed", detail)
            .with(json!({"envelope_xdr": envelope}))
    }

    /// The transaction was refused, or is in a ledger and failed.
    pub(crate) fn failed(envelope: &str, result: &TransactionResult) -> Self {
        let detail = "The transaction failed when submitted to the stellar network. The `extras.result_codes` \
             field on this response contains further details.";
        let status = StatusCode::BAD_REQUEST;
        Self::new(status, "transaction_failed", "Transaction Failed", detail).with(json!({
            "envelope_xdr": envelope,
            "result_codes": result_codes(result),
            "result_xdr": result.to_xdr_base64(Limits::none()).unwrap_or_default(),
        }))
    }

    /// The transaction was not in a ledger before the time-out. It may still come into one.
    pub(crate) fn submission_timeout(hash: &str, envelope: &str) -> Self {
        let detail = "Your transaction submission request has timed out. This does not necessarily mean the \
             submission has failed.";
        let status = StatusCode::GATEWAY_TIMEOUT;
        Self::new(
            status,
            "transaction_submission_timeout",
            "Transaction Submission Timeout",
            detail,
        )
        .with(json!({"hash": hash, "envelope_xdr": envelope}))
    }

    /// The problem that Horizon sends with this status.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        let (slug, title, detail) = match status {
            StatusCode::NOT_FOUND => return Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method_not_allowed",
                "Method Not Allowed",
                "The path is served, but not with this method.",
            ),
            StatusCode::NOT_ACCEPTABLE => (
                "not_acceptable",
                "An acceptable response content-type could not be provided for this request",
                "The request's Accept header names nothing that is served here: application/hal+json and \
                 application/json are.",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "unsupported_media_type",
                "Unsupported Media Type",
                "The request has an unsupported content type. Presently, the only supported content type is \
                 application/x-www-form-urlencoded.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "payload_too_large",
                "Payload Too Large",
                "The request body is larger than 200 KB.",
            ),
            StatusCode::TOO_MANY_REQUESTS => (
                "rate_limit_exceeded",
                "Rate Limit Exceeded",
                "The rate limit for the requesting IP address is over its alloted limit.",
            ),
            StatusCode::SERVICE_UNAVAILABLE => (
                "service_unavailable",
                "Service Unavailable",
                "The service is not available at the moment.",
            ),
            StatusCode::GATEWAY_TIMEOUT => {
                ("timeout", "Timeout", "Your request timed out before completing.")
            }
            StatusCode::BAD_REQUEST => {
                ("bad_request", "Bad Request", "The request you sent was invalid in some way.")
            }
            _ => (
                "server_error",
                "Internal Server Error",
                "An error occurred while processing this request.",
            ),
        };
        Self::new(status, slug, title, detail)
    }

    fn new(status: StatusCode, slug: &'static str, title: &'static str, detail: &str) -> Self {
        Self { status, slug, namespace: HORIZON, title, detail: detail.to_owned(), extras: None }
    }

    fn with(self, extras: Value) -> Self {
        Self { extras: Some(extras), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": format!("{}{}", self.namespace, self.slug),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(extras) = self.extras {
            body["extras"] = extras;
        }
        let content_type = (header::CONTENT_TYPE, "application/problem+json; charset=utf-8");
        (self.status, [content_type], body.to_string()).into_response()
    }
}

/// The result codes as Horizon spells them.
fn result_codes(result: &TransactionResult) -> Value {
    let mut codes = json!({"transaction": codes::transaction(result.result.discriminant())});
    if let Some(inner) = codes::inner(result) {
        codes["inner_transaction"] = codes::transaction(inner).into();
    }
    if let Some(operations) = codes::operations(result) {
        codes["operations"] = operations.iter().map(codes::operation).collect();
    }
    codes
}
