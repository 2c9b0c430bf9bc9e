//! A review provider behind another server.

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

/// The [`ReviewProvider`] hook over HTTP: `POST <url>/reviews`, signed and answered as all [HTTP hooks](super::HttpCustomers).
///
/// The body is `{"id": "…", "customer_id": "…", "type": "…", "fields": {…}, "files": {…}}`, the files as
/// `{"content_type": "image/png", "content": "<base64>"}`; the answer a [`ReviewDecision`]. The `Idempotency-Key` is the request's id.
///
/// An answer that takes longer is `{"status": "PROCESSING"}` now, and later a
/// `POST <public_url>/reviews/<id>` with the decision as its body. It is signed in the same way: over
/// `<t>.reviews/<id>.<Idempotency-Key>.<body>`. It may be sent again; only the first one counts.
#[derive(Debug)]
pub struct HttpReviewProvider {
    peer: Peer,
}

impl HttpReviewProvider {
    /// The provider behind this server. The outbox tries again, so that `attempts` is not looked at.
    ///
    /// # Errors
    ///
    /// What cannot be used in the configuration.
    pub fn new(hook: &HttpHook, clock: Clock, random: Random) -> Result<Self, HttpHookError> {
        // The outbox gives each try half a minute.
        let hook = HttpHook { attempts: 1, timeout: hook.timeout.min(25), ..hook.clone() };
        Ok(Self { peer: Peer::new(&hook, clock, random)? })
    }

    /// Whether a later decision is this provider's.
    ///
    /// # Errors
    ///
    /// The signature is not.
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
