//! The hook for an outside review of customers, such as by a company for KYC.

use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::HookError;

/// Reviews customers who have provided everything (`review = "provider"`).
///
/// A [`ReviewRequest`] is a message in the outbox, written in the same database transaction as the change that it follows
/// from. A worker sends it until there is a [`ReviewDecision`]: at once, or later by `Kyc::decide_review`. Meanwhile the
/// customer is `PROCESSING`. When the customer provides something else, a new request replaces the old one.
#[async_trait]
pub trait ReviewProvider: Send + Sync {
    /// The name for the access log.
    fn name(&self) -> &str;

    /// Decides about a customer. Called again with the same request after an error, with growing pauses and without end, and
    /// perhaps once more after a success that could not be recorded.
    async fn review(&self, request: &ReviewRequest) -> Result<ReviewDecision, HookError>;
}

/// A customer to review.
pub struct ReviewRequest {
    /// The id of the request, the same at each try.
    pub id: String,
    /// The id of the customer.
    pub customer_id: String,
    /// The customer type.
    pub kind: String,
    /// What the type asks for and was provided, by the name that it asks under.
    pub fields: BTreeMap<String, Zeroizing<String>>,
    /// The same for files.
    pub files: BTreeMap<String, ReviewFile>,
}

/// A file of a customer.
pub struct ReviewFile {
    /// The media type that its bytes show.
    pub content_type: String,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

/// Without what was provided.
impl fmt::Debug for ReviewRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewRequest({} about {} as {})", self.id, self.customer_id, self.kind)
    }
}

/// Without the bytes.
impl fmt::Debug for ReviewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewFile({}, {} bytes)", self.content_type, self.content.len())
    }
}

/// The decision of a review provider. As JSON `{"status": "ACCEPTED"}`, `{"status": "REJECTED", "message": "…"}`,
/// `{"status": "NEEDS_INFO", "fields": {"photo_id_front": "It is blurred."}}` or `{"status": "PROCESSING"}`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewDecision {
    /// The customer is good.
    Accepted,
    /// It is refused for good.
    Rejected {
        /// What the customer is told.
        message: String,
    },
    /// Some values are not good and have to be sent again; the others are.
    NeedsInfo {
        /// What the customer is told about each, by field.
        fields: BTreeMap<String, String>,
    },
    /// The decision comes later.
    Processing,
}
