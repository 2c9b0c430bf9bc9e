//! Customers that live behind another server.

use std::collections::BTreeMap;

use async_trait::async_trait;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use windlass_core::{
    endpoint::Empty,
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback,
        PutCustomer, PutVerification,
    },
};

use super::peer::{HttpHook, HttpHookError, Peer};
use crate::{
    clock::{Clock, Random},
    hooks::{Caller, Customers, HookError, Upload, Uploads},
};

/// The [`Customers`] hook over HTTP: one operation for each of its methods, such as `POST <url>/customers/get`.
///
/// The body is `{"principal": {…}, "request": {…}}`. The request is as SEP-12 has it; the principal says whose customer
/// it is about:
///
/// - `subject`: who signed in, `G…`, `G…:7` or `M…`;
/// - `account`, and `memo` with `memo_type` if there is one: the customer that the request names by these, or the subject;
/// - `all_memos`: whether the subject may see every customer of the account, which it may if it has no memo itself;
/// - `language`: what to answer in, as an ISO 639-1 code.
///
/// An `id` in the request is *not* checked: it is the caller's if that customer has the same `account` and, unless
/// `all_memos`, the same `memo` and `memo_type`. Otherwise the answer is 404, in the same words as for no customer at all.
///
/// Files come as `uploads`, by the name of their field (`upload` for `post_file`), each
/// `{"content_type": "image/png", "size": 3, "content": "<base64>"}`; the type is what the bytes show.
///
/// | operation | answer |
/// |---|---|
/// | `customers/get`, `customers/put_verification` | the customer, as SEP-12's `GET /customer` answers |
/// | `customers/put` | `{"id": "…"}` |
/// | `customers/delete`, `customers/callback` | `{}` |
/// | `customers/post_file` | the file, as SEP-12's `POST /customer/files` answers |
/// | `customers/files` | `{"files": […]}` |
/// | `customers/more_info_url` | `{"url": "https://…"}` or `{"url": null}` |
///
/// A refusal is 400, 404, 413 or 429 with `{"error": "for the customer", "code": "invalid_field", "field": "city"}`, of
/// which `code` and `field` may be left out; the text reaches the wallet unchanged. 501 says that the anchor does not do that.
/// Anything else is an internal error that is logged and not shown. Timeouts, broken connections, 502, 503 and 504 are tried
/// again under the same `Idempotency-Key`: answer the same again to what has been done already.
#[derive(Debug)]
pub struct HttpCustomers {
    peer: Peer,
}

impl HttpCustomers {
    /// Customers behind this server.
    ///
    /// # Errors
    ///
    /// What cannot be used in the configuration.
    pub fn new(hook: &HttpHook, clock: Clock, random: Random) -> Result<Self, HttpHookError> {
        Ok(Self { peer: Peer::new(hook, clock, random)? })
    }

    async fn customer(
        &self,
        operation: &'static str,
        call: &impl Serialize,
    ) -> Result<Customer, HookError> {
        let json: Value = self.peer.call(operation, call).await?;
        // What a wallet tolerates of other anchors is a mistake in our own.
        if has_unknown_type(&json) {
            let cause = format!("hook {operation}: a field with a type that is none of the four");
            return Err(HookError::Internal(cause.into()));
        }
        // Without the cause: it may quote a value.
        serde_json::from_value(json)
            .map_err(|_| HookError::Internal(format!("hook {operation}: no customer").into()))
    }
}

#[async_trait]
impl Customers for HttpCustomers {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        self.customer("customers/get", &Call::new(who, &request)).await
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        let mut files = BTreeMap::new();
        for (name, upload) in uploads {
            files.insert(name.as_str(), Content::of(upload).await?);
        }
        let call = Call { uploads: files, ..Call::new(who, &request) };
        Ok(self.peer.call::<CustomerCreated>("customers/put", &call).await?.id)
    }

    async fn delete(&self, who: &Caller, request: DeleteCustomer) -> Result<(), HookError> {
        self.peer.call::<Empty>("customers/delete", &Call::new(who, &request)).await.map(drop)
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        self.customer("customers/put_verification", &Call::new(who, &request)).await
    }

    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        self.peer.call::<Empty>("customers/callback", &Call::new(who, &request)).await.map(drop)
    }

    async fn more_info_url(&self, who: &Caller) -> Result<Option<String>, HookError> {
        let call = Call::new(who, &Empty {});
        let url = match self.peer.call::<MoreInfo>("customers/more_info_url", &call).await {
            Ok(MoreInfo { url }) => url,
            // Most have none (P-31).
            Err(HookError::NotImplemented(_)) => None,
            Err(error) => return Err(error),
        };
        if url.as_deref().is_some_and(|url| Url::parse(url).is_err()) {
            return Err(HookError::Internal("a more_info_url that is no URL".into()));
        }
        Ok(url)
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        let upload = Some(Content::of(upload).await?);
        let call = Call { upload, ..Call::new(who, &Empty {}) };
        self.peer.call("customers/post_file", &call).await
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        self.peer.call("customers/files", &Call::new(who, &request)).await
    }
}

/// The body of every operation.
#[derive(Serialize)]
struct Call<'a, R> {
    principal: Who,
    request: &'a R,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    uploads: BTreeMap<&'a str, Content>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<Content>,
}

impl<'a, R> Call<'a, R> {
    fn new(who: &Caller, request: &'a R) -> Self {
        Self { principal: Who::of(who), request, uploads: BTreeMap::new(), upload: None }
    }
}

/// Who asks, and about whom.
#[derive(Serialize)]
struct Who {
    subject: String,
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo_type: Option<&'static str>,
    all_memos: bool,
    language: String,
}

impl Who {
    fn of(who: &Caller) -> Self {
        let memo = who.customer.memo.as_ref();
        Self {
            subject: who.subject.to_string(),
            account: who.customer.account.to_string(),
            memo: memo.map(|memo| memo.value()),
            memo_type: memo.map(|memo| memo.type_name()),
            all_memos: who.subject.user().is_none(),
            language: who.language.as_str().to_owned(),
        }
    }
}

/// A file.
#[derive(Serialize)]
struct Content {
    content_type: &'static str,
    size: u64,
    content: String,
}

impl Content {
    async fn of(upload: &Upload) -> Result<Self, HookError> {
        let bytes = upload.bytes().await.map_err(|cause| HookError::Internal(cause.into()))?;
        Ok(Self {
            content_type: upload.media().as_str(),
            size: upload.size(),
            content: BASE64.encode(&bytes),
        })
    }
}

#[derive(Deserialize)]
struct MoreInfo {
    url: Option<String>,
}

fn has_unknown_type(customer: &Value) -> bool {
    let fields = ["fields", "provided_fields"].into_iter().filter_map(|name| customer.get(name));
    let mut types = fields
        .filter_map(Value::as_object)
        .flat_map(|fields| fields.values())
        .filter_map(|field| field.get("type"));
    types.any(|kind| !matches!(kind.as_str(), Some("string" | "number" | "date" | "binary")))
}
