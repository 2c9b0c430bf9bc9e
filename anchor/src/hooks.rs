//! Where an anchor developer puts a business: traits, each with a built-in default.

use axum::http::StatusCode;
use windlass_core::{problem::Code, sep9::FieldError, sep12::IdentityError};

use crate::{
    Error,
    locale::{LocalizedText, MessageId},
    storage::StorageError,
};

mod customers;
mod ledger;
mod notifier;
mod reviewer;
mod submitted;
#[cfg(not(target_arch = "wasm32"))]
mod transactions;

#[cfg(not(target_arch = "wasm32"))]
pub use crate::remote::{HttpCustomers, HttpHook, HttpHookError, HttpReviewer, signature};
pub use customers::{Caller, Customers};
#[cfg(not(target_arch = "wasm32"))]
pub use ledger::Horizon;
pub use ledger::{Ledger, LedgerError};
pub use notifier::{Channel, Message, Notifier, NotifierError};
pub use reviewer::{Evidence, Question, Reviewer, Verdict};
pub use submitted::{Given, SubmittedFields};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use submitted::{wrong_code, wrong_field};
#[cfg(not(target_arch = "wasm32"))]
pub use transactions::{Execution, Named, Transactions, Waiting};

pub use crate::storage::{Upload, Uploads};

/// Why a hook did not do what it was asked. A text of one's own reaches the client unchanged (P-40), except for
/// [`HookError::Internal`] and [`HookError::Unavailable`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HookError {
    /// The request is wrong: 400.
    #[error("{message}")]
    Invalid {
        /// For the client: what is wrong, and what to do.
        message: LocalizedText,
        /// The stable code.
        code: Code,
        /// The field at fault, if there is one.
        field: Option<String>,
    },
    /// There is no such thing, or it is not the caller's: 404, the same answer for both.
    #[error("{message}")]
    NotFound {
        /// For the client.
        message: LocalizedText,
        /// The stable code.
        code: Code,
    },
    /// The body or a file is too large: 413.
    #[error("{0}")]
    TooLarge(String),
    /// Asked for too often: 429.
    #[error("{message}")]
    TooManyRequests {
        /// For the client: what there was too much of.
        message: LocalizedText,
        /// The seconds to wait.
        retry_after: u64,
    },
    /// This anchor does not do that: 501.
    #[error("this anchor does not offer {0}")]
    NotImplemented(&'static str),
    /// What is behind the hook cannot be reached: 503 without detail; the cause goes to the log.
    #[error("this part of the anchor cannot be reached at the moment: try again later")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else: 500 without detail; the cause goes to the log.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl HookError {
    /// A request that is wrong, with the general code.
    pub fn invalid(message: impl Into<LocalizedText>) -> Self {
        Self::Invalid { message: message.into(), code: Code::InvalidRequest, field: None }
    }

    /// A value that its field does not take.
    pub fn invalid_field(field: impl Into<String>, message: impl std::fmt::Display) -> Self {
        let field = field.into();
        Self::Invalid {
            message: format!("{field}: {message}").into(),
            code: Code::InvalidField,
            field: Some(field),
        }
    }

    /// No such customer, or not the caller's.
    pub fn no_customer() -> Self {
        Self::NotFound { message: MessageId::CustomerUnknown.into(), code: Code::CustomerNotFound }
    }
}

impl From<HookError> for Error {
    fn from(error: HookError) -> Self {
        match error {
            HookError::Invalid { message, code, field } => {
                let refusal = Self::new(code, message).with_status(StatusCode::BAD_REQUEST);
                match field {
                    Some(field) => refusal.with_field(field),
                    None => refusal,
                }
            }
            HookError::NotFound { message, code } => {
                Self::new(code, message).with_status(StatusCode::NOT_FOUND)
            }
            HookError::TooLarge(message) => Self::new(Code::TooLarge, message),
            HookError::TooManyRequests { message, retry_after } => {
                Self::new(Code::TooManyRequests, message).with_retry_after(retry_after)
            }
            HookError::NotImplemented(what) => Self::new(
                Code::NotImplemented,
                LocalizedText::from(MessageId::NotImplemented).with("what", what),
            ),
            HookError::Unavailable(cause) => {
                let text =
                    "this part of the anchor cannot be reached at the moment: try again later";
                Self::unavailable(Code::Internal, text, cause)
            }
            HookError::Internal(cause) => Self::internal(cause),
        }
    }
}

impl From<StorageError> for HookError {
    fn from(error: StorageError) -> Self {
        Self::Internal(error.into())
    }
}

/// One refusal for all that is wrong, so that a person can mend it in one go (S12-75).
impl From<Vec<FieldError>> for HookError {
    fn from(errors: Vec<FieldError>) -> Self {
        let message = LocalizedText::list(errors.iter().map(LocalizedText::from));
        let field = errors.into_iter().next().map(|error| error.field);
        Self::Invalid { message, code: Code::InvalidField, field }
    }
}

impl From<IdentityError> for HookError {
    fn from(error: IdentityError) -> Self {
        Self::Invalid { message: (&error).into(), code: error.code(), field: None }
    }
}
