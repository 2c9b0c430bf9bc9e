//! The last look at what a hook answers: what breaks the protocol is not sent out (P-09).

use axum::Json;
use thiserror::Error;
use windlass_core::sep12::{Customer, FieldStatus, Status};

use crate::Error as ApiError;

/// A customer as SEP-12 wants it, or an internal error.
pub(super) fn customer(customer: Customer) -> Result<Json<Customer>, ApiError> {
    match broken(&customer) {
        None => Ok(Json(customer)),
        Some(rule) => Err(ApiError::Internal(Box::new(Unlawful(rule)))),
    }
}

/// The id of a customer, or an internal error: with an empty one no later request would be understood.
pub(super) fn id(id: String) -> Result<String, ApiError> {
    if id.is_empty() { Err(ApiError::Internal(Box::new(Unlawful("an empty id")))) } else { Ok(id) }
}

/// The hook is not a good implementation of the protocol.
#[derive(Debug, Error)]
#[error("the Customers hook broke SEP-12: {0}")]
struct Unlawful(&'static str);

fn broken(customer: &Customer) -> Option<&'static str> {
    let mut provided = customer.provided_fields.iter().flat_map(|fields| fields.values());
    let wants =
        customer.fields.iter().flat_map(|fields| fields.values()).any(|field| !field.optional);
    match customer.status {
        Status::Other(_) => Some("a status that is none of its four"),
        Status::NeedsInfo if customer.fields.is_none() => Some("NEEDS_INFO without fields"),
        Status::Rejected if customer.message.is_none() => Some("REJECTED without a message"),
        Status::Accepted if wants => Some("ACCEPTED with a required field wanted"),
        _ if provided.any(|field| matches!(field.status, Some(FieldStatus::Other(_)))) => {
            Some("a field with a status that is none of its four")
        }
        _ if customer.id.as_ref().is_some_and(String::is_empty) => Some("an empty id"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(json: &str) -> Option<&'static str> {
        broken(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn answers_that_break_the_protocol_are_found() {
        for json in [
            r#"{"status":"ON_HOLD"}"#,
            r#"{"status":"NEEDS_INFO"}"#,
            r#"{"status":"REJECTED"}"#,
            r#"{"status":"ACCEPTED","fields":{"city":{}}}"#,
            r#"{"status":"ACCEPTED","provided_fields":{"city":{"status":"GOOD"}}}"#,
            r#"{"id":"","status":"ACCEPTED"}"#,
        ] {
            assert!(rule(json).is_some(), "{json}");
        }
        for json in [
            r#"{"status":"NEEDS_INFO","fields":{}}"#,
            r#"{"id":"1","status":"REJECTED","message":"no"}"#,
            r#"{"id":"1","status":"ACCEPTED","fields":{"city":{"optional":true}}}"#,
            r#"{"id":"1","status":"PROCESSING","provided_fields":{"city":{"status":"PROCESSING"},"address":{}}}"#,
        ] {
            assert_eq!(rule(json), None, "{json}");
        }
    }
}
