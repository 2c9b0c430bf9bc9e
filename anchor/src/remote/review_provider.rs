//! The [`ReviewProvider`] hook over HTTP.

use std::collections::BTreeMap;

use async_trait::async_trait;
use data_encoding::BASE64;
use serde::Serialize;

use super::{
    peer::{HttpHook, HttpHookError, Peer},
    signature::SignatureError,
};
use crate::{
    clock::{Clock, Random},
    hooks::{HookError, ReviewDecision, ReviewProvider, ReviewRequest},
};

/// The [`ReviewProvider`] hook over HTTP: `POST <url>/reviews`, with the signatures and statuses of
/// all [HTTP hooks](super::HttpCustomers).
///
/// The body is `{"id": "…", "customer_id": "…", "type": "…", "fields": {…}, "files": {…}}`, with
/// files as `{"content_type": "image/png", "content": "<base64>"}`. The response is a
/// [`ReviewDecision`]. The `Idempotency-Key` is the id of the request.
///
/// If the decision takes longer, answer `{"status": "PROCESSING"}`, and later send the decision as
/// the body of `POST <public_url>/reviews/<id>`. Sign that request in the same way, over
/// `<t>.reviews/<id>.<Idempotency-Key>.<body>`. The request may be repeated; only the first
/// decision counts.
#[derive(Debug)]
pub struct HttpReviewProvider {
    peer: Peer,
}

impl HttpReviewProvider {
    /// A client for the server that reviews customers. Ignores `attempts`, because the outbox
    /// repeats failed calls.
    ///
    /// # Errors
    ///
    /// The configuration of the hook is invalid.
    pub fn new(hook: &HttpHook, clock: Clock, random: Random) -> Result<Self, HttpHookError> {
        // The outbox limits each attempt to 30 seconds.
        let hook = HttpHook { attempts: 1, timeout: hook.timeout.min(25), ..hook.clone() };
        Ok(Self { peer: Peer::new(&hook, clock, random)? })
    }

    /// Checks that this provider has signed a later decision.
    ///
    /// # Errors
    ///
    /// The signature is missing or invalid.
    pub fn verify(
        &self,
        header: &str,
        request_id: &str,
        idempotency_key: &str,
        body: &[u8],
    ) -> Result<(), SignatureError> {
        let what = format!("reviews/{request_id}");
        self.peer.key.verify(header, &what, idempotency_key, body, self.peer.clock.now())
    }
}

#[async_trait]
impl ReviewProvider for HttpReviewProvider {
    fn name(&self) -> &str {
        &self.peer.base
    }

    async fn review(&self, request: &ReviewRequest) -> Result<ReviewDecision, HookError> {
        let files = request.files.iter().map(|(name, file)| {
            let content = BASE64.encode(&file.content);
            (name.as_str(), Content { content_type: &file.content_type, content })
        });
        let body = Body {
            id: &request.id,
            customer_id: &request.customer_id,
            kind: &request.kind,
            fields: request
                .fields
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect(),
            files: files.collect(),
        };
        self.peer.call_as(&request.id, "reviews", &body).await
    }
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    customer_id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    fields: BTreeMap<&'a str, &'a str>,
    files: BTreeMap<&'a str, Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    content_type: &'a str,
    content: String,
}
