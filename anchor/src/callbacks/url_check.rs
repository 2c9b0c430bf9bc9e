//! Checks the text of a callback URL.

use url::Url;
use windlass_core::problem::Code;

use crate::{
    hooks::HookError,
    locale::{LocalizedText, MessageId},
    outbound::{MAX_URL, OutboundError},
};

/// A callback URL whose text is valid (S12-123). Its host is checked separately.
pub(crate) struct CallbackUrl {
    text: String,
    url: Url,
}

impl CallbackUrl {
    /// # Errors
    ///
    /// The error in the text, for the wallet.
    pub(crate) fn parse(text: &str) -> Result<Self, HookError> {
        if text.len() > MAX_URL {
            return Err(refused(&OutboundError::TooLong.to_string()));
        }
        let url = Url::parse(text)
            .map_err(|_| refused("must be a whole URL, such as https://wallet.example.com/kyc"))?;
        // The parser is too tolerant: it reads `https:///kyc` as the host kyc, and drops blanks.
        let rest = text.split_once("://").map(|(_, rest)| rest);
        let named =
            rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '\\', '?', '#']));
        if !named || url.host_str().is_none_or(str::is_empty) {
            return Err(refused("must name a host"));
        }
        if text.bytes().any(|b| b <= b' ') {
            return Err(refused("must not contain blanks"));
        }
        if url.fragment().is_some() {
            return Err(refused("must not have a fragment: it would not be sent"));
        }
        Ok(Self { text: text.to_owned(), url })
    }

    /// The URL as the wallet wrote it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) const fn parsed(&self) -> &Url {
        &self.url
    }
}

pub(super) fn refused(reason: &str) -> HookError {
    HookError::Invalid {
        message: LocalizedText::from(MessageId::CallbackUrl).with("reason", reason),
        code: Code::InvalidRequest,
        field: Some("url".to_owned()),
    }
}
