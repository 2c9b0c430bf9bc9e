//! Delivers confirmation codes to the [`Notifier`].

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{CodeLimits, LIFETIME};
use crate::{
    clock::Clock,
    data::sql,
    database::{Database, StoreError},
    hooks::{Channel, Message, Notifier},
    kyc::store::{code, sent_code},
    outbox::{
        Delivery, DeliveryError, OutboxError, OwnerKeys, RetryPolicy, Topic, without_personal_data,
    },
};

/// The name of the topic in the outbox.
pub(super) const TOPIC: &str = "code";

/// The outbox topic for confirmation codes.
pub(in crate::kyc) struct CodeTopic {
    pub(in crate::kyc) database: Database,
    pub(in crate::kyc) clock: Clock,
    pub(in crate::kyc) limits: CodeLimits,
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
        let (message, subjects) = decode(&delivery.content)
            .ok_or(DeliveryError::Permanent("the row cannot be decoded"))?;
        let now = self.clock.now();
        let counted = self.count(&delivery.id, &subjects, now).await;
        match counted
            .map_err(|_| DeliveryError::Temporary("the database does not answer".to_owned()))?
        {
            Counted::Now => {}
            Counted::Before(sent_at) if now < sent_at + LIFETIME => {}
            Counted::Before(_) => {
                return Err(DeliveryError::Permanent("expired before it could be delivered"));
            }
            Counted::Later(until) => {
                return Err(DeliveryError::Busy { pause: until.saturating_sub(now) });
            }
        }
        self.notifier.deliver(&message).await.map_err(|error| {
            let link = message.link.as_deref().unwrap_or_default();
            let private = [&message.text, link, &message.to, &message.code];
            DeliveryError::Temporary(without_personal_data(&error.to_string(), &private))
        })
    }
}

/// Whether a code may be sent now.
enum Counted {
    /// It may, and is counted.
    Now,
    /// It was counted at this time: its delivery is repeated.
    Before(u64),
    /// A limit lets it be sent only at this time.
    Later(u64),
}

impl CodeTopic {
    async fn count(&self, id: &str, subjects: &[String], now: u64) -> sql::Result<Counted> {
        let count = self.database.write("count code", |mut tx| async move {
            sent_code::lock(&mut *tx).await?;
            if let Some(sent_at) = sent_code::first_sent(&mut *tx, id).await? {
                return Ok::<_, StoreError>((tx, Counted::Before(sent_at)));
            }
            if let Some(until) = self.limits.free_at(&mut tx, subjects, now).await? {
                code::note_delay(&mut *tx, id, until, until + LIFETIME).await?;
                return Ok((tx, Counted::Later(until)));
            }
            code::note_sent(&mut *tx, id, now + LIFETIME).await?;
            for subject in subjects {
                sent_code::insert(&mut *tx, id, subject, now).await?;
            }
            Ok((tx, Counted::Now))
        });
        count.await
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
    /// What the limits count. Rows of earlier versions have none.
    #[serde(default)]
    subjects: Vec<String>,
}

/// Encodes a message for its outbox row.
pub(super) fn encode(
    message: &Message,
    subjects: Vec<String>,
) -> Result<Zeroizing<Vec<u8>>, OutboxError> {
    let content = Content {
        channel: channel_name(message.channel).to_owned(),
        to: message.to.clone(),
        text: message.text.clone(),
        code: message.code.clone(),
        link: message.link.clone(),
        subjects,
    };
    Ok(Zeroizing::new(serde_json::to_vec(&content).map_err(|_| OutboxError::Unreadable)?))
}

fn decode(content: &[u8]) -> Option<(Message, Vec<String>)> {
    let Content { channel, to, text, code, link, subjects } =
        serde_json::from_slice(content).ok()?;
    let channel =
        [Channel::Sms, Channel::Email].into_iter().find(|known| channel_name(*known) == channel)?;
    Some((Message { channel, to, text, code, link }, subjects))
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Email => "email",
    }
}
