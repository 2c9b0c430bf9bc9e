//! The outbox topic that delivers callbacks.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::time::timeout;
use url::Url;
use windlass_core::{account::SecretKey, callback};

use super::{
    TOPIC,
    receivers::{self, Admission, Receivers},
    store, url_context,
};
use crate::{
    clock::Clock,
    database::Database,
    outbound::{Outbound, OutboundError},
    outbox::{Delivery, DeliveryError, OwnerKeys, RetryPolicy, Topic},
};

/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 1_800;

/// Posts callbacks, signed with the `SIGNING_KEY` of the stellar.toml.
///
/// Any 2xx within 10 seconds is a success; a receiver that did not answer the last time has 2. Otherwise the worker tries again after 1, 2, 4, …
/// seconds, up to half an hour, each time with a new signature and the same `Idempotency-Key`.
/// After a day it drops the callback and goes on with the customer's next one.
pub(crate) struct CallbackTopic {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    pub(crate) signing_key: SecretKey,
    pub(crate) outbound: Outbound,
    pub(crate) keys: Arc<dyn OwnerKeys>,
    pub(crate) receivers: Receivers,
}

#[async_trait]
impl Topic for CallbackTopic {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { max_attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    fn parallel_deliveries(&self) -> usize {
        receivers::ALL
    }

    fn keys(&self) -> Option<&dyn OwnerKeys> {
        Some(&*self.keys)
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        let unreadable = DeliveryError::Permanent("the row cannot be decoded");
        let Some((owner, key)) = &delivery.owner else { return Err(unreadable) };
        let registration = store::find(self.database.reads(), owner).await;
        let registration = registration
            .map_err(|_| DeliveryError::Temporary("the database does not answer".to_owned()))?;
        // The current URL: the wallet may have registered another one since the change.
        let Some(registration) = registration else { return Ok(()) };
        let Ok(text) = key.open_text(&registration.url, &url_context(owner)) else {
            return Err(unreadable);
        };
        let Ok(url) = Url::parse(&text) else { return Err(unreadable) };
        let receiver = format!(
            "{}:{}",
            url.host_str().unwrap_or_default(),
            url.port_or_known_default().unwrap_or_default()
        );
        let turn = match self.receivers.admit(&receiver) {
            Admission::Now(turn) => turn,
            Admission::Later(pause) => return Err(DeliveryError::Busy { pause }),
        };
        let host = callback::signed_host(&text, url.host_str().unwrap_or_default());
        let signature =
            callback::sign(&self.signing_key, &host, &delivery.content, self.clock.now());
        let headers = [
            ("Content-Type", "application/json"),
            (callback::HEADER, &signature),
            (callback::OLD_HEADER, &signature),
            // The same at each attempt, so that the receiver recognises a repeated callback.
            ("Idempotency-Key", &delivery.id),
        ];
        let post = self.outbound.post(&url, &headers, delivery.content.to_vec());
        let answer = timeout(turn.patience, post).await.unwrap_or(Err(OutboundError::TooSlow));
        turn.end(answer.is_ok());
        match answer {
            Ok(200..=299) => Ok(()),
            Ok(status) => Err(DeliveryError::Temporary(format!("the receiver answered {status}"))),
            // The text of the error contains neither the URL nor an address.
            Err(error) => Err(DeliveryError::Temporary(format!("the receiver {error}"))),
        }
    }
}
