//! Delivers callbacks.

use std::sync::Arc;

use async_trait::async_trait;
use url::Url;
use windlass_core::{account::SecretKey, callback};

use super::{TOPIC, store, url_context};
use crate::{
    clock::Clock,
    database::Database,
    outbound::Outbound,
    outbox::{Delivery, DeliveryError, OwnerKeys, RetryPolicy, Topic},
};

/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 1_800;

/// Posts callbacks, signed with the `SIGNING_KEY` of the stellar.toml.
///
/// Success is any 2xx within 10 seconds. Otherwise a callback is tried again after 1, 2, 4, … seconds and at most half an
/// hour, each time with a new signature and the same `Idempotency-Key`. After a day it is given up, and the next one of
/// the same customer is tried.
pub(crate) struct CallbackTopic {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    pub(crate) signing_key: SecretKey,
    pub(crate) outbound: Outbound,
    pub(crate) keys: Arc<dyn OwnerKeys>,
}

#[async_trait]
impl Topic for CallbackTopic {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { max_attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    /// Many, because some of the servers that wallets name never answer.
    fn parallel_deliveries(&self) -> u32 {
        32
    }

    fn keys(&self) -> Option<&dyn OwnerKeys> {
        Some(&*self.keys)
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        let unreadable = DeliveryError::Permanent("cannot be read");
        let Some((owner, key)) = &delivery.owner else { return Err(unreadable) };
        let registration = store::find(self.database.pool(), owner).await;
        let registration = registration
            .map_err(|_| DeliveryError::Temporary("the database does not answer".to_owned()))?;
        // The URL of now: a wallet that has registered another one since is told there.
        let Some(registration) = registration else { return Ok(()) };
        let Ok(text) = key.open_text(&registration.url, &url_context(owner)) else {
            return Err(unreadable);
        };
        let Ok(url) = Url::parse(&text) else { return Err(unreadable) };
        let host = signed_host(&text, &url);
        let signature =
            callback::sign(&self.signing_key, &host, &delivery.content, self.clock.now());
        let headers = [
            ("Content-Type", "application/json"),
            (callback::HEADER, &signature),
            (callback::OLD_HEADER, &signature),
            // The same at each attempt: a receiver whose answer got lost recognises the callback by it.
            ("Idempotency-Key", &delivery.id),
        ];
        match self.outbound.post(&url, &headers, delivery.content.to_vec()).await {
            Ok(200..=299) => Ok(()),
            Ok(status) => Err(DeliveryError::Temporary(format!("the receiver answered {status}"))),
            // The text of the error contains neither the URL nor an address.
            Err(error) => Err(DeliveryError::Temporary(format!("the receiver {error}"))),
        }
    }
}

/// The host of a callback's URL as it is signed: with `:port` if the URL names one, also the default one (S12-133).
fn signed_host(text: &str, url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let named = authority.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
    named.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // S12-133
    #[test]
    fn host_is_signed_as_the_url_names_it() {
        for (text, host) in [
            ("https://wallet.example.org", "wallet.example.org"),
            ("https://Wallet.Example.ORG/a:1?b:2#c:3", "wallet.example.org"),
            ("https://wallet.example.org:8443/kyc", "wallet.example.org:8443"),
            ("https://wallet.example.org:443/kyc", "wallet.example.org:443"),
            ("https://bücher.example/", "xn--bcher-kva.example"),
            ("https://[2001:db8::1]/", "[2001:db8::1]"),
            ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        ] {
            assert_eq!(signed_host(text, &Url::parse(text).unwrap()), host);
        }
    }
}
