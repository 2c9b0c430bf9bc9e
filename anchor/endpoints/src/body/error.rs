//! The errors of reading a query or a body.

use axum::http::StatusCode;
use tower_http::timeout::TimeoutError;
use windlass_core::{
    problem::Code,
    sep9::{FieldError, MediaType, Name, ValueError},
};

use super::pace::HeadTooLong;
use crate::{
    Error,
    locale::{LocalizedText, MessageId},
};

/// The error when a query or a body is refused. Error texts never contain values of the request.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// 415: the endpoint does not accept this content type.
    #[error(
        "send application/json, application/x-www-form-urlencoded or, where files are accepted, multipart/form-data"
    )]
    UnsupportedMediaType,
    /// 400: the endpoint accepts only multipart bodies (S12-113).
    #[error("send the file as multipart/form-data")]
    MultipartExpected,
    /// The body is cut off, or its syntax is not that of its content type.
    #[error("the {0}")]
    Malformed(&'static str),
    /// A name occurs twice.
    #[error("{} is given twice", shown(.0))]
    Repeated(String),
    /// A required parameter is missing.
    #[error("{} is missing", shown(.0))]
    Missing(String),
    /// A parameter has the wrong type.
    #[error("{} must be text", shown(.0))]
    NotText(String),
    /// The endpoint accepts no file under this name.
    #[error("{} is not expected here", shown(.0))]
    Unexpected(String),
    /// A file has the name of a text field.
    #[error("{} {}", shown(.0), ValueError::NotAFileField)]
    NotAFileField(String),
    /// The field does not accept files of this media type.
    #[error("{} {}", shown(.name), ValueError::WrongFile(.takes))]
    WrongFile {
        /// The name of the part.
        name: String,
        /// The media types that the field accepts.
        takes: &'static [MediaType],
    },
    /// The body is too long.
    #[error("the request is too large")]
    TooLarge,
    /// A part of the body is too long.
    #[error("{} must have at most {limit} bytes", shown(.name))]
    PartTooLarge {
        /// The name of the part.
        name: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The body, or a part of it, took longer than the server waits.
    #[error("the request took too long to arrive")]
    TooSlow,
    /// There are too many parts.
    #[error("the request has more than {0} parts")]
    TooManyParts(usize),
}

impl BodyError {
    /// The error when the body cannot be received: by the status that axum gives it, and by its
    /// causes. `or` is the error if neither tells more.
    pub(super) fn of_transport(
        status: StatusCode,
        error: &(dyn std::error::Error + 'static),
        or: Self,
    ) -> Self {
        let causes = || std::iter::successors(Some(error), |error| error.source());
        if causes().any(|cause| cause.is::<HeadTooLong>()) {
            Self::Malformed("body has a part with too long headers, or text before the first part")
        } else if status == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else if causes().any(|cause| cause.is::<TimeoutError>()) {
            Self::TooSlow
        } else {
            or
        }
    }

    /// The name, if it is known. An unknown name may be a value in the wrong place and is not
    /// shown.
    fn shown(name: &str) -> Option<&str> {
        known(name).then_some(name)
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::PartTooLarge { .. } | Self::TooManyParts(_) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::UnsupportedMediaType | Self::MultipartExpected => Code::UnsupportedMediaType,
            Self::TooLarge | Self::PartTooLarge { .. } | Self::TooManyParts(_) => Code::TooLarge,
            Self::NotAFileField(_) | Self::WrongFile { .. } => Code::InvalidField,
            // `GET /auth` without an account.
            Self::Missing(name) if name == "account" => Code::InvalidAccount,
            _ => Code::InvalidRequest,
        }
    }

    /// The name of the invalid parameter or field, if it is known.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Repeated(name)
            | Self::Missing(name)
            | Self::NotText(name)
            | Self::Unexpected(name)
            | Self::NotAFileField(name)
            | Self::WrongFile { name, .. }
            | Self::PartTooLarge { name, .. } => known(name).then_some(name),
            _ => None,
        }
    }
}

impl From<BodyError> for Error {
    fn from(error: BodyError) -> Self {
        let refusal = Self::new(error.code(), &error).with_status(error.status());
        match error.field() {
            Some(field) => refusal.with_field(field),
            None => refusal,
        }
    }
}

impl From<&BodyError> for LocalizedText {
    fn from(error: &BodyError) -> Self {
        let named = |message: MessageId, name: &str| {
            let phrase = Self::from(message);
            match BodyError::shown(name) {
                Some(name) => phrase.with("name", name),
                None => phrase.with_message("name", MessageId::BodyAName),
            }
        };
        let field = |name: &str, error| {
            let field = BodyError::shown(name).unwrap_or("…").to_owned();
            Self::from(&FieldError { field, error })
        };
        match error {
            BodyError::UnsupportedMediaType => MessageId::BodyMediaType.into(),
            BodyError::MultipartExpected => MessageId::BodyMultipart.into(),
            BodyError::Malformed(what) => Self::from(MessageId::BodyMalformed).with("what", what),
            BodyError::Repeated(name) => named(MessageId::BodyRepeated, name),
            BodyError::Missing(name) => named(MessageId::BodyMissing, name),
            BodyError::NotText(name) => named(MessageId::BodyNotText, name),
            BodyError::Unexpected(name) => named(MessageId::BodyUnexpected, name),
            BodyError::NotAFileField(name) => field(name, ValueError::NotAFileField),
            BodyError::WrongFile { name, takes } => field(name, ValueError::WrongFile(takes)),
            BodyError::TooLarge => MessageId::BodyTooLarge.into(),
            BodyError::TooSlow => MessageId::BodyTooSlow.into(),
            BodyError::PartTooLarge { name, limit } => {
                named(MessageId::BodyPartTooLarge, name).with("limit", limit)
            }
            BodyError::TooManyParts(limit) => {
                Self::from(MessageId::BodyTooManyParts).with("limit", limit)
            }
        }
    }
}

/// The name, or the words "a name" if it is unknown.
fn shown(name: &str) -> &str {
    BodyError::shown(name).unwrap_or("a name")
}

fn known(name: &str) -> bool {
    const PARAMETERS: [&str; 14] = [
        "id",
        "account",
        "memo",
        "memo_type",
        "type",
        "transaction_id",
        "lang",
        "url",
        "file",
        "file_id",
        "customer_id",
        "transaction",
        "home_domain",
        "client_domain",
    ];
    PARAMETERS.contains(&name) || Name::parse(name) != Name::Unknown
}
