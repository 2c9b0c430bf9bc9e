//! The traits (hooks) through which an anchor connects its own systems to the endpoints.

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

/// The error of a hook: a refusal or a failure.
///
/// The client receives the text unchanged (P-40), except for [`HookError::Internal`] and
/// [`HookError::Unavailable`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HookError {
    /// 400: the request is invalid.
    #[error("{message}")]
    Invalid {
        /// The error and how to correct it, for the client.
        message: LocalizedText,
        /// The stable code.
        code: Code,
        /// The name of the invalid field, if there is one.
        field: Option<String>,
    },
    /// 404: the object is unknown or belongs to another account. Both get the same answer.
    #[error("{message}")]
    NotFound {
        /// The text for the client.
        message: LocalizedText,
        /// The stable code.
        code: Code,
    },
    /// 413: the body or a file is too large. Contains the text for the client.
    #[error("{0}")]
    TooLarge(String),
    /// 429: the client has sent too many requests.
    #[error("{message}")]
    TooManyRequests {
        /// Which limit was exceeded, for the client.
        message: LocalizedText,
        /// The `Retry-After`, in seconds.
        retry_after: u64,
    },
    /// 501: this anchor does not offer this feature.
    #[error("this anchor does not offer {0}")]
    NotImplemented(&'static str),
    /// 503: the service behind the hook is unreachable. The cause is logged and not sent to the
    /// client.
    #[error("unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// 500: any other failure. The cause is logged and not sent to the client.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl HookError {
    /// An invalid request, with the code `invalid_request`.
    pub fn invalid(message: impl Into<LocalizedText>) -> Self {
        Self::Invalid { message: message.into(), code: Code::InvalidRequest, field: None }
    }

    /// A value that the field does not accept.
    pub fn invalid_field(field: impl Into<String>, message: impl std::fmt::Display) -> Self {
        let field = field.into();
        Self::Invalid {
            message: format!("{field}: {message}").into(),
            code: Code::InvalidField,
            field: Some(field),
        }
    }

    /// The customer is unknown or belongs to another account.
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
            HookError::Unavailable(cause) => Self::unavailable(cause),
            HookError::Internal(cause) => Self::internal(cause),
        }
    }
}

impl From<FileError> for HookError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Unavailable(cause) => Self::Unavailable(cause),
            FileError::Failed(cause) => Self::Internal(cause),
        }
    }
}

/// One refusal for all invalid values, so that the user can correct them together (S12-75).
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
