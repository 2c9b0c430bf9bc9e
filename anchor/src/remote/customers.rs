//! The [`Customers`] hook over HTTP.

use std::collections::BTreeMap;

use async_trait::async_trait;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use windlass_core::{
    endpoint::Empty,
    sep9::{self, Name, ValueError},
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

/// The [`Customers`] hook over HTTP: one operation for each method, such as `POST
/// <url>/customers/get`.
///
/// The body is `{"principal": {…}, "request": {…}}`. The request has SEP-12's format; the principal
/// identifies the caller and the customer:
///
/// - `subject`: the account that signed in: `G…`, `G…:7` or `M…`;
/// - `account`, and if there is one `memo` with `memo_type`: the customer that the request is
///   about;
/// - `all_memos`: whether the subject may see all customers of the account, which is so if it has
///   no memo itself;
/// - `language`: the language to answer in, as an ISO 639-1 code.
///
/// The server must check an `id` in the request: it belongs to the caller if that customer has the
/// same `account` and, unless `all_memos`, the same `memo` and `memo_type`. Otherwise answer 404,
/// with the same text as for an unknown id.
///
/// Files are in `uploads`, by the name of their field (`upload` for `post_file`), each as
/// `{"content_type": "image/png", "size": 3, "content": "<base64>"}`. The media type is determined
/// from the content.
///
/// | operation | response |
/// |---|---|
/// | `customers/get`, `customers/put_verification` | the customer, as in SEP-12's `GET /customer` |
/// | `customers/put` | `{"id": "…"}` |
/// | `customers/delete`, `customers/callback` | `{}` |
/// | `customers/post_file` | the file, as in SEP-12's `POST /customer/files` |
/// | `customers/files` | `{"files": […]}` |
/// | `customers/more_info_url` | `{"url": "https://…"}` or `{"url": null}` |
///
/// To refuse a request, answer 400, 404, 413 or 429 with `{"error": "for the customer", "code":
/// "invalid_field", "field": "city"}`. `code` and `field` are optional; the wallet gets the text
/// unchanged. 501 means that the anchor does not offer the operation. All other statuses are
/// internal errors, which are logged and not shown. After timeouts, broken connections, 502, 503
/// and 504 the call is repeated with the same `Idempotency-Key`: return the same response again,
/// without repeating the operation.
#[derive(Debug)]
pub struct HttpCustomers {
    peer: Peer,
}

impl HttpCustomers {
    /// A client for the server that stores the customers.
    ///
    /// # Errors
    ///
    /// The configuration of the hook is invalid.
    pub fn new(hook: &HttpHook, clock: Clock, random: Random) -> Result<Self, HttpHookError> {
        Ok(Self { peer: Peer::new(hook, clock, random)? })
    }

    async fn customer(
        &self,
        operation: &'static str,
        call: &impl Serialize,
    ) -> Result<Customer, HookError> {
        let json: Value = self.peer.call(operation, call).await?;
        // Wallets ignore unknown types of other anchors, but from the anchor's own hook they are an
        // error.
        if has_unknown_type(&json) {
            let cause = format!("hook {operation}: a field with an unknown type");
            return Err(HookError::Internal(cause.into()));
        }
        // Drops the cause, which may quote a value.
        serde_json::from_value(json).map_err(|_| {
            HookError::Internal(format!("hook {operation}: the response is not a customer").into())
        })
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
        mut request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        // JSON that is neither text nor a whole number would arrive as null. No field takes it, and
        // the anchor's own customers pass over names that they do not know.
        let is_odd = |value: &sep9::Value| *value == sep9::Value::Other;
        let odd = request
            .fields
            .iter()
            .find(|(name, value)| is_odd(value) && Name::parse(name) != Name::Unknown);
        if let Some((name, _)) = odd {
            return Err(HookError::invalid_field(name, ValueError::NotText));
        }
        request.fields.retain(|_, value| !is_odd(value));
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
            // Most anchors have no such page (P-31).
            Err(HookError::NotImplemented(_)) => None,
            Err(error) => return Err(error),
        };
        if url.as_deref().is_some_and(|url| Url::parse(url).is_err()) {
            return Err(HookError::Internal("a more_info_url that is not a URL".into()));
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

/// The `principal`: the caller and the customer.
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

/// A file in `uploads`.
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
