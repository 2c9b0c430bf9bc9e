//! An inbox for the confirmation codes that an anchor in development sends.

use std::{
    collections::VecDeque,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    routing::get,
};
use serde::{Deserialize, Serialize};
use tower_http::{
    cors::{AllowHeaders, AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

/// The most messages that are kept. Older ones are dropped.
const CAPACITY: usize = 1000;

/// Receives the messages that would go to phones and mailboxes in production. Clones share one
/// inbox.
///
/// Its routes show every code to every caller: it is for development and tests only.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Arc<Mutex<VecDeque<Message>>>);

/// One message to a customer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Message {
    /// The phone number (`+14155552671`) or e-mail address that it was sent to.
    pub to: String,
    /// How it was sent.
    pub channel: Channel,
    /// Subject line of an e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The customer field it verifies, such as `mobile_number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the customer reads.
    pub text: String,
    /// The code in the text, so that tests need not parse the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was sent, in Unix seconds.
    pub at: u64,
}

/// The ways in which a message can be sent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Channel {
    /// To a phone number.
    Sms,
    /// To an e-mail address.
    Email,
}

impl Inbox {
    /// An empty inbox.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a message, and drops the oldest if there are too many.
    pub fn deliver(&self, message: Message) {
        let mut messages = self.lock();
        messages.push_front(message);
        messages.truncate(CAPACITY);
    }

    /// The messages to this address, or all, newest first.
    pub fn messages(&self, to: Option<&str>) -> Vec<Message> {
        let messages = self.lock();
        messages.iter().filter(|message| to.is_none_or(|to| message.to == to)).cloned().collect()
    }

    /// Deletes every message.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// `GET /inbox?to=…` and `DELETE /inbox`, with CORS open for pages of this machine. Another page
    /// that the developer has open must not read codes.
    pub fn router(&self) -> Router {
        let marker = HeaderName::from_static("x-sandbox");
        Router::new()
            .route("/inbox", get(list).delete(clear))
            .with_state(self.clone())
            .layer(SetResponseHeaderLayer::overriding(marker, HeaderValue::from_static("1")))
            .layer(SetResponseHeaderLayer::overriding(
                header::CACHE_CONTROL,
                HeaderValue::from_static("no-store"),
            ))
            .layer(
                CorsLayer::new()
                    .allow_origin(AllowOrigin::predicate(|origin, _| is_local(origin)))
                    .allow_methods([Method::GET, Method::DELETE])
                    .allow_headers(AllowHeaders::mirror_request()),
            )
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a page comes from this machine: `http://localhost:5173`, `http://127.0.0.1`.
fn is_local(origin: &HeaderValue) -> bool {
    let host = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
    let host = host.as_ref().and_then(Uri::host).unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
}

/// `GET /inbox`
async fn list(State(inbox): State<Inbox>, Query(filter): Query<Filter>) -> Json<Vec<Message>> {
    // An unencoded plus sign in a query is decoded to a blank, and every phone number starts with a
    // plus sign.
    let to = filter.to.map(|to| match to.strip_prefix(' ') {
        Some(digits) => format!("+{digits}"),
        None => to,
    });
    Json(inbox.messages(to.as_deref()))
}

/// `DELETE /inbox`
async fn clear(State(inbox): State<Inbox>) -> StatusCode {
    inbox.clear();
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::Request,
    };
    use serde_json::{Value, json};
    use tower::ServiceExt as _;

    use super::*;

    const PHONE: &str = "+14155552671";

    fn message(to: &str, at: u64) -> Message {
        Message {
            to: to.to_owned(),
            channel: Channel::Sms,
            subject: None,
            field: Some("mobile_number".to_owned()),
            text: format!("Your code is {at}"),
            code: Some(at.to_string()),
            at,
        }
    }

    async fn send(inbox: &Inbox, method: Method, uri: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
        let response = inbox.router().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["x-sandbox"], "1");
        let status = response.status();
        (status, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn messages_to_one_number_come_newest_first_with_or_without_an_encoded_plus() {
        let inbox = Inbox::new();
        for (to, at) in [(PHONE, 1), ("a@example.com", 2), (PHONE, 3)] {
            inbox.deliver(message(to, at));
        }
        for uri in ["/inbox?to=+14155552671", "/inbox?to=%2B14155552671"] {
            let (status, body) = send(&inbox, Method::GET, uri).await;
            assert_eq!(status, StatusCode::OK);
            let body: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(
                (&body[0]["at"], &body[1]["at"], &body[2]),
                (&json!(3), &json!(1), &Value::Null)
            );
            assert_eq!(
                body[0],
                json!({"to": PHONE, "channel": "sms", "field": "mobile_number", "text": "Your code is 3",
                    "code": "3", "at": 3})
            );
        }
        let (_, body) = send(&inbox, Method::GET, "/inbox").await;
        assert_eq!(serde_json::from_slice::<Vec<Message>>(&body).unwrap().len(), 3);
    }

    #[tokio::test]
    async fn only_pages_of_this_machine_may_read_the_inbox() {
        for (origin, allowed) in [
            ("http://localhost:5173", true),
            ("http://wallet.localhost", true),
            ("http://127.0.0.1:8000", true),
            ("http://[::1]:8000", true),
            ("https://localhost", true),
            ("https://evil.example", false),
            ("https://localhost.evil.example", false),
            ("https://127.0.0.1.evil.example", false),
            ("null", false),
        ] {
            for method in [Method::GET, Method::OPTIONS] {
                let request = Request::builder().method(method).uri("/inbox");
                let request = request
                    .header(header::ORIGIN, origin)
                    .header(header::ACCESS_CONTROL_REQUEST_METHOD, "DELETE");
                let request = request.body(Body::empty()).unwrap();
                let response = Inbox::new().router().oneshot(request).await.unwrap();
                let named = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
                let expected = allowed.then(|| HeaderValue::from_str(origin).unwrap());
                assert_eq!(named, expected.as_ref(), "{origin}");
            }
        }
    }

    #[tokio::test]
    async fn cleared_inbox_is_an_empty_list() {
        let inbox = Inbox::new();
        inbox.deliver(message(PHONE, 1));
        assert_eq!(send(&inbox, Method::DELETE, "/inbox").await, (StatusCode::NO_CONTENT, vec![]));
        assert_eq!(send(&inbox, Method::GET, "/inbox").await, (StatusCode::OK, b"[]".to_vec()));
    }

    #[test]
    fn only_the_newest_thousand_are_kept() {
        let inbox = Inbox::new();
        (0..1005).for_each(|at| inbox.deliver(message(PHONE, at)));
        let times: Vec<u64> = inbox.messages(None).iter().map(|message| message.at).collect();
        assert_eq!((times.len(), times[0], times[999]), (1000, 1004, 5));
    }
}
