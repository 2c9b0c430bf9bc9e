//! The hook for an external review of customers, for example by a KYC company.

use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::HookError;

/// Reviews customers that have provided all required fields (`review = "provider"`).
///
/// The outbox stores each [`ReviewRequest`] in the same database transaction as the change that
/// caused it. A worker sends it until there is a [`ReviewDecision`]: the return value, or a later
/// call of `Kyc::decide_review`. Until then the customer is `PROCESSING`. When the customer changes
/// a field, a new request replaces the old one.
#[async_trait]
pub trait ReviewProvider: Send + Sync {
    /// The provider's name in the access log.
    fn name(&self) -> &str;

    /// Decides about a customer. After an error the worker calls again with the same request,
    /// without end, with growing pauses. It may also call once more after a success that it could
    /// not store.
    async fn review(&self, request: &ReviewRequest) -> Result<ReviewDecision, HookError>;
}

/// A customer to review.
pub struct ReviewRequest {
    /// The id of the request, the same at each attempt.
    pub id: String,
    /// The id of the customer.
    pub customer_id: String,
    /// The customer type to review the customer for.
    pub kind: String,
    /// The provided text fields that the type asks for, under the names that the configuration
    /// uses.
    pub fields: BTreeMap<String, Zeroizing<String>>,
    /// The provided files that the type asks for, under the names that the configuration uses.
    pub files: BTreeMap<String, ReviewFile>,
}

/// A file of a customer.
pub struct ReviewFile {
    /// The media type, determined from the content.
    pub content_type: String,
    /// The content.
    pub content: Zeroizing<Vec<u8>>,
}

/// Leaves out the customer's data.
impl fmt::Debug for ReviewRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewRequest({} about {} as {})", self.id, self.customer_id, self.kind)
    }
}

/// Leaves out the content.
impl fmt::Debug for ReviewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewFile({}, {} bytes)", self.content_type, self.content.len())
    }
}

/// The decision of a review provider. Its forms in JSON:
///
/// - `{"status": "ACCEPTED"}`
/// - `{"status": "REJECTED", "message": "…"}`
/// - `{"status": "NEEDS_INFO", "fields": {"photo_id_front": "It is blurred."}}`
/// - `{"status": "PROCESSING"}`
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewDecision {
    /// Accepts the customer.
    Accepted,
    /// Rejects the customer. A rejection is final.
    Rejected {
        /// The message for the customer.
        message: String,
    },
    /// Rejects some values, which the customer must send again, and accepts the others.
    NeedsInfo {
        /// The reason for each rejected field, for the customer.
        fields: BTreeMap<String, String>,
    },
    /// The decision follows later.
    Processing,
}
