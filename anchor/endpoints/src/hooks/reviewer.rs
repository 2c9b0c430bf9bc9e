//! The hook that decides about customers: a KYC provider, for example.

use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::HookError;

/// Reviews customers who have provided everything (`review = "provider"`).
///
/// The question is in the outbox, in the same database transaction as the change that it follows from, and is asked by a
/// worker until it is answered: at once, or later by `Kyc::take_verdict`. Meanwhile the customer is
/// `PROCESSING`. When the customer provides something else, a new question takes the place of the old one.
#[async_trait]
pub trait Reviewer: Send + Sync {
    /// The name for the access log.
    fn name(&self) -> &str;

    /// Decides about a customer. Called again with the same question after an error, with growing pauses and without end, and
    /// perhaps once more after a success that could not be recorded.
    async fn review(&self, question: &Question) -> Result<Verdict, HookError>;
}

/// A customer to be reviewed.
pub struct Question {
    /// The id of the question, the same at each try.
    pub id: String,
    /// The id of the customer.
    pub customer_id: String,
    /// The customer type.
    pub kind: String,
    /// What the type asks for and was provided, by the name that it asks under.
    pub fields: BTreeMap<String, Zeroizing<String>>,
    /// The same for files.
    pub files: BTreeMap<String, Evidence>,
}

/// A file of a customer.
pub struct Evidence {
    /// The media type that its bytes show.
    pub content_type: String,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

/// Without what was provided.
impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Question({} about {} as {})", self.id, self.customer_id, self.kind)
    }
}

/// Without the bytes.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({}, {} bytes)", self.content_type, self.content.len())
    }
}

/// The answer of a reviewer. As JSON `{"status": "ACCEPTED"}`, `{"status": "REJECTED", "message": "…"}`,
/// `{"status": "NEEDS_INFO", "fields": {"photo_id_front": "It is blurred."}}` or `{"status": "PROCESSING"}`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
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
    /// The answer comes later.
    Processing,
}
