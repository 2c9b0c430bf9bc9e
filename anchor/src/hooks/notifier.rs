//! How a customer is reached: confirmation codes by SMS and e-mail.

use std::fmt;

use async_trait::async_trait;
use thiserror::Error;

/// How a message travels.
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
    /// How it travels.
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

/// Delivers messages. Called by a worker, at least once for each message, with back-off after an error.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Hands the message to whoever carries it.
    async fn deliver(&self, message: &Message) -> Result<(), NotifierError>;
}

/// The message could not be handed over; it is tried again.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct NotifierError(pub String);
