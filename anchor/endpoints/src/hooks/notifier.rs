//! The hook that sends messages to customers: confirmation codes by SMS and e-mail.

use std::fmt;

use async_trait::async_trait;
use thiserror::Error;

/// How a message is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Channel {
    /// A text message (SMS) to a phone number.
    Sms,
    /// An e-mail.
    Email,
}

/// A message to a customer. Its `Debug` shows neither address nor text.
#[derive(Clone)]
pub struct Message {
    /// How to send the message.
    pub channel: Channel,
    /// The phone number (E.164) or e-mail address.
    pub to: String,
    /// The complete text, in the customer's language, including the code and the link.
    pub text: String,
    /// The confirmation code, for senders that use a template of their own.
    pub code: String,
    /// The confirmation link, an alternative to the code; only in e-mails.
    pub link: Option<String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?})", self.channel)
    }
}

/// Sends messages to customers. The outbox worker calls it at least once per message, and again
/// after errors, with growing pauses.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Passes the message to the SMS or e-mail service.
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError>;
}

/// The SMS or e-mail service did not accept the message. The worker retries.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct NotifierError(pub String);
