//! Confirmation codes, on their way to the [`Notifier`].

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::{Any, Transaction};
use zeroize::Zeroizing;

use super::{
    Endurance, Outbox, OutboxError, Parcel, Post, Topic, Undelivered, redact::without_personal_data,
};
use crate::{
    hooks::{Channel, Message, Notifier},
    vault::DataKey,
};

const TOPIC: &str = "code";

/// Hands codes to a notifier.
pub(super) struct Codes(Arc<dyn Notifier>);

/// A code to be sent, as its row holds it, sealed.
#[derive(Deserialize, Serialize)]
struct Letter {
    channel: String,
    to: String,
    text: String,
    code: String,
    link: Option<String>,
}

impl Codes {
    pub(super) fn new(notifier: Arc<dyn Notifier>) -> Self {
        Self(notifier)
    }
}

#[async_trait]
impl Topic for Codes {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn endurance(&self) -> Endurance {
        Endurance { attempts: 12, max_pause: 600 }
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let message = read(&parcel.content).ok_or(Undelivered::Hopeless("cannot be read"))?;
        self.0.deliver(&message).await.map_err(|error| {
            let link = message.link.as_deref().unwrap_or_default();
            let private = [&message.text, link, &message.to, &message.code];
            Undelivered::Failed(without_personal_data(&error.to_string(), &private))
        })
    }
}

impl Outbox {
    /// Puts a code in, as part of `tx`; of no use after `expires_at`. Call [`Self::ring`] after the commit.
    pub(crate) async fn push_code(
        &self,
        tx: &mut Transaction<'static, Any>,
        id: &str,
        customer: (&str, &DataKey),
        message: &Message,
        expires_at: u64,
    ) -> Result<(), OutboxError> {
        let letter = Letter {
            channel: channel_name(message.channel).to_owned(),
            to: message.to.clone(),
            text: message.text.clone(),
            code: message.code.clone(),
            link: message.link.clone(),
        };
        let content =
            Zeroizing::new(serde_json::to_vec(&letter).map_err(|_| OutboxError::Unreadable)?);
        let customer = Some(customer);
        self.push(tx, &Post { topic: TOPIC, id, customer, line: "", content: &content, expires_at })
            .await
    }
}

fn read(content: &[u8]) -> Option<Message> {
    let Letter { channel, to, text, code, link } = serde_json::from_slice(content).ok()?;
    let channel =
        [Channel::Sms, Channel::Email].into_iter().find(|known| channel_name(*known) == channel)?;
    Some(Message { channel, to, text, code, link })
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Email => "email",
    }
}
