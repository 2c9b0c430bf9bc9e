//! The traits that an anchor developer implements to put a business behind the endpoints.

use axum::http::StatusCode;
use windlass_core::{problem::Code, sep9::FieldError, sep12::IdentityError};

use crate::{
    Error,
    files::FileError,
    locale::{LocalizedText, MessageId},
};

mod customers;
mod ledger;
mod notifier;
mod review;
mod submitted;

pub use customers::{Caller, Customers};
pub use ledger::{Ledger, LedgerError};
pub use notifier::{Channel, Message, Notifier, NotifierError};
pub use review::{ReviewDecision, ReviewFile, ReviewProvider, ReviewRequest};
pub use submitted::{Given, SubmittedFields, wrong_code, wrong_field};

pub use crate::files::{Upload, Uploads};

/// Why a hook refused or failed.
///
/// The text reaches the client unchanged (P-40), except for [`HookError::Internal`] and [`HookError::Unavailable`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HookError {
    /// The request is wrong: 400.
    #[error("{message}")]
    Invalid {
        /// What is wrong and what to do, for the client.
        message: LocalizedText,
        /// The stable code.
        code: Code,
        /// The field at fault, if there is one.
        field: Option<String>,
    },
    /// It does not exist or is not the caller's: 404, the same answer for both.
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
    /// The client has asked too often: 429.
    #[error("{message}")]
    TooManyRequests {
        /// What the client had too much of, for the client.
        message: LocalizedText,
        /// The seconds to wait before the next try.
        retry_after: u64,
    },
    /// This anchor does not offer it: 501.
    #[error("this anchor does not offer {0}")]
    NotImplemented(&'static str),
    /// The service behind the hook cannot be reached: 503 without detail; the cause is logged.
    #[error("this part of the anchor cannot be reached at the moment: try again later")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Any other failure: 500 without detail; the cause is logged.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl HookError {
    /// A wrong request, with the code `invalid_request`.
    pub fn invalid(message: impl Into<LocalizedText>) -> Self {
        Self::Invalid { message: message.into(), code: Code::InvalidRequest, field: None }
    }

    /// A value that the field does not take.
    pub fn invalid_field(field: impl Into<String>, message: impl std::fmt::Display) -> Self {
        let field = field.into();
        Self::Invalid {
            message: format!("{field}: {message}").into(),
            code: Code::InvalidField,
            field: Some(field),
        }
    }

    /// The customer does not exist or is not the caller's.
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

impl From<FileError> for HookError {
    fn from(error: FileError) -> Self {
        Self::Internal(error.into())
    }
}

/// One refusal for all wrong values, so that a person can correct them at once (S12-75).
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
