//! `PUT /customer/callback`: where a wallet wants to be told of changes of status.

use url::Url;
use windlass_core::{problem::Code, sep12::PutCallback};

use super::{Kyc, answer};
use crate::{
    hooks::{Caller, HookError},
    locale::{LocalizedText, MessageId},
    outbound::{MAX_URL, OutboundError},
    outbox::seal_url,
    store,
};

impl Kyc {
    /// Registers the URL for the customer, in place of another one (P-25).
    ///
    /// # Errors
    ///
    /// Nothing is known about the customer (P-28); nobody may be called by this URL (P-29); callbacks are not offered
    /// (P-30).
    pub(super) async fn register_callback(
        &self,
        who: &Caller,
        request: &PutCallback,
    ) -> Result<(), HookError> {
        let outbound = self.outbound.as_ref().ok_or(HookError::NotImplemented("callbacks"))?;
        let url = callback_url(&request.url)?;
        let known = self.find(who, request.id.as_deref(), request.memo.is_some()).await?;
        let id = known.ok_or_else(HookError::no_customer)?.id;
        // Only now, so that nobody without a customer makes the server look for hosts.
        outbound.check(&url).await.map_err(|error| refused(&error.to_string()))?;

        let mut tx = self.database.begin().await?;
        let record = self.hold_for_operator(&mut tx, &id).await?;
        let kind = self.told_kind(&mut tx, &id).await?;
        let status = answer::customer(kind, Some(&record))?.status;
        let sealed = seal_url(&request.url, (&id, &record.key), &self.random)?;
        store::callback::put(&mut *tx, &id, &sealed, status.as_str()).await?;
        Ok(tx.commit().await?)
    }
}

/// What can be said of a URL without asking anybody (S12-123); the rest is for the guarded client.
fn callback_url(text: &str) -> Result<Url, HookError> {
    if text.len() > MAX_URL {
        return Err(refused(&OutboundError::TooLong.to_string()));
    }
    let url = Url::parse(text)
        .map_err(|_| refused("must be a whole URL, such as https://wallet.example.com/kyc"))?;
    // The parser is kinder than that: it would take `https:///kyc` for the host kyc, and drop blanks.
    let rest = text.split_once("://").map(|(_, rest)| rest);
    let named =
        rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '\\', '?', '#']));
    if !named || url.host_str().is_none_or(str::is_empty) {
        return Err(refused("must name a host"));
    }
    if text.bytes().any(|b| b <= b' ') {
        return Err(refused("must not hold blanks"));
    }
    if url.fragment().is_some() {
        return Err(refused("must not have a fragment: it would not be sent"));
    }
    Ok(url)
}

fn refused(message: &str) -> HookError {
    HookError::Invalid {
        message: LocalizedText::from(MessageId::CallbackUrl).with("reason", message),
        code: Code::InvalidRequest,
        field: Some("url".to_owned()),
    }
}
