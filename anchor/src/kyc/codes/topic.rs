//! Delivers confirmation codes to the [`Notifier`].

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    hooks::{Channel, Message, Notifier},
    outbox::{
        Delivery, DeliveryError, OutboxError, OwnerKeys, RetryPolicy, Topic, without_personal_data,
    },
};

/// The name of the topic in the outbox.
pub(super) const TOPIC: &str = "code";

/// The outbox topic for confirmation codes.
pub(in crate::kyc) struct CodeTopic {
    pub(in crate::kyc) notifier: Arc<dyn Notifier>,
    pub(in crate::kyc) keys: Arc<dyn OwnerKeys>,
}

#[async_trait]
impl Topic for CodeTopic {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { max_attempts: 12, max_pause: 600 }
    }

    fn keys(&self) -> Option<&dyn OwnerKeys> {
        Some(&*self.keys)
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        let message = decode(&delivery.content)
            .ok_or(DeliveryError::Permanent("the row cannot be decoded"))?;
        self.notifier.deliver(&message).await.map_err(|error| {
            let link = message.link.as_deref().unwrap_or_default();
            let private = [&message.text, link, &message.to, &message.code];
            DeliveryError::Temporary(without_personal_data(&error.to_string(), &private))
        })
    }
}

/// A message as the outbox row stores it.
#[derive(Deserialize, Serialize)]
struct Content {
    channel: String,
    to: String,
    text: String,
    code: String,
    link: Option<String>,
}

/// Encodes a message for its outbox row.
pub(super) fn encode(message: &Message) -> Result<Zeroizing<Vec<u8>>, OutboxError> {
    let content = Content {
        channel: channel_name(message.channel).to_owned(),
        to: message.to.clone(),
        text: message.text.clone(),
        code: message.code.clone(),
        link: message.link.clone(),
    };
    Ok(Zeroizing::new(serde_json::to_vec(&content).map_err(|_| OutboxError::Unreadable)?))
}

fn decode(content: &[u8]) -> Option<Message> {
    let Content { channel, to, text, code, link } = serde_json::from_slice(content).ok()?;
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
