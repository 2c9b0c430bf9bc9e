//! Callbacks of SEP-12, on their way to wallets (S12-125 to S12-133).

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{Any, Transaction};
use url::Url;
use windlass_core::{account::SecretKey, callback, sep12::Customer};

use super::{Endurance, Outbox, OutboxError, Parcel, Post, Topic, Undelivered};
use crate::{
    clock::Clock,
    database::Database,
    outbound::Outbound,
    store,
    vault::{DataKey, VaultError},
};

const TOPIC: &str = "callback";
/// How long a wallet's server may be out of order, in seconds: a callback is tried for a day.
const GIVE_UP_AFTER: u64 = 86_400;
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 1_800;

/// Posts callbacks, each attempt signed anew.
struct Callbacks {
    database: Database,
    clock: Clock,
    key: SecretKey,
    outbound: Outbound,
}

impl Outbox {
    /// The same that also posts callbacks through `outbound`, signed with the `SIGNING_KEY` of the stellar.toml. To be
    /// called before it is cloned.
    ///
    /// A callback says what the customer was after its change, and those of a customer arrive in their order. Success is
    /// any 2xx within 10 seconds. Otherwise it is tried again after 1, 2, 4, … seconds and at most half an hour, each time
    /// signed anew and under the same `Idempotency-Key`; after a day it is given up, and the next one has its turn.
    #[must_use]
    pub fn with_callbacks(self, key: SecretKey, outbound: Outbound) -> Self {
        let (database, clock) = (self.0.database.clone(), self.0.clock.clone());
        self.with(Arc::new(Callbacks { database, clock, key, outbound }))
    }

    /// Puts a callback in, as part of `tx`, which holds the customer: a customer's callbacks are delivered in the order
    /// of their changes, and each says what the customer was after its own. Call [`Self::ring`] after the commit.
    pub(crate) async fn push_callback(
        &self,
        tx: &mut Transaction<'static, Any>,
        (customer_id, key): (&str, &DataKey),
        customer: &Customer,
    ) -> Result<(), OutboxError> {
        let body = serde_json::to_vec(customer).map_err(|_| OutboxError::Unreadable)?;
        let post = Post {
            topic: TOPIC,
            id: &self.0.random.id(),
            customer: Some((customer_id, key)),
            line: &format!("{TOPIC} {customer_id}"),
            content: &body,
            expires_at: self.0.clock.now() + GIVE_UP_AFTER,
        };
        self.push(tx, &post).await
    }
}

/// The URL, sealed for its row.
pub(crate) fn seal_url(
    url: &str,
    (customer_id, key): (&str, &DataKey),
    random: &crate::clock::Random,
) -> Result<Vec<u8>, VaultError> {
    key.seal(url.as_bytes(), &place_of(customer_id), random)
}

#[async_trait]
impl Topic for Callbacks {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn endurance(&self) -> Endurance {
        Endurance { attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    /// Many, since some of the servers that others have named never answer.
    fn at_a_time(&self) -> u32 {
        32
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let unreadable = Undelivered::Hopeless("cannot be read");
        let Some((customer_id, key)) = &parcel.customer else { return Err(unreadable) };
        let row = store::callback::find(self.database.pool(), customer_id).await;
        let row =
            row.map_err(|_| Undelivered::Failed("the database does not answer".to_owned()))?;
        // The place as it is now: whoever has registered another one since is told there.
        let Some(row) = row else { return Ok(()) };
        let Ok(text) = key.open_text(&row.url, &place_of(customer_id)) else {
            return Err(unreadable);
        };
        let Ok(url) = Url::parse(&text) else { return Err(unreadable) };
        let host = signed_host(&text, &url);
        let signature = callback::sign(&self.key, &host, &parcel.content, self.clock.now());
        let headers = [
            ("Content-Type", "application/json"),
            (callback::HEADER, &signature),
            (callback::OLD_HEADER, &signature),
            // The same at each try: a receiver that was told, but whose answer got lost, knows by it that it is told again.
            ("Idempotency-Key", &parcel.id),
        ];
        match self.outbound.post(&url, &headers, parcel.content.to_vec()).await {
            Ok(200..=299) => Ok(()),
            Ok(status) => Err(Undelivered::Failed(format!("the receiver answered {status}"))),
            // Its text names neither the URL nor an address.
            Err(error) => Err(Undelivered::Failed(format!("the receiver {error}"))),
        }
    }
}

fn place_of(customer_id: &str) -> [&str; 2] {
    ["callback", customer_id]
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
