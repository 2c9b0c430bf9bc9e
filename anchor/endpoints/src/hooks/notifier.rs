//! The hook that sends messages to customers: confirmation codes by SMS and e-mail.

use std::fmt;

use async_trait::async_trait;
use thiserror::Error;

/// The way of a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Channel {
    /// To a telephone number.
    Sms,
    /// To an e-mail address.
    Email,
}

/// A message to a customer. Its `Debug` shows neither address nor text.
#[derive(Clone)]
pub struct Message {
    /// The way of the message.
    pub channel: Channel,
    /// The telephone number or e-mail address.
    pub to: String,
    /// The whole text.
    pub text: String,
    /// The confirmation code in it.
    pub code: String,
    /// The link in it, which confirms as the code does; for e-mail.
    pub link: Option<String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?})", self.channel)
    }
}

/// Delivers messages. A worker calls it at least once for each message, with growing pauses after errors.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Hands the message over to the carrier.
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError>;
}

/// The message could not be handed over; it is tried again.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct NotifierError(pub String);
