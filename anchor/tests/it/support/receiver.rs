//! A wallet's server that receives callbacks.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;
use tokio::net::TcpListener;
use windlass_core::callback;

use super::signing_key;

/// Records the posted callbacks, and answers 204 or the scripted status.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    state: Arc<Mutex<Inner>>,
    host: String,
}

#[derive(Default)]
struct Inner {
    posted: Vec<Posted>,
    answers: VecDeque<u16>,
}

/// A posted callback.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let receiver = Self { state: Arc::default(), host };
        let router = Router::new().fallback(receive).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    /// The URL of the receiver.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/kyc", self.host)
    }

    /// Sets the statuses of the next responses, in order.
    pub(crate) fn answer(&self, statuses: &[u16]) {
        self.state.lock().unwrap().answers.extend(statuses);
    }

    /// Returns to answering 204.
    pub(crate) fn recover(&self) {
        self.state.lock().unwrap().answers.clear();
    }

    /// The callbacks posted since the last call.
    pub(crate) fn take(&self) -> Vec<Posted> {
        std::mem::take(&mut self.state.lock().unwrap().posted)
    }

    /// The bodies posted since the last call. Checks that each has a current signature of the
    /// anchor for this host, under both header names.
    pub(crate) fn verified(&self, now: u64) -> Vec<Value> {
        self.take().iter().map(|posted| posted.verify(&self.host, now)).collect()
    }

    /// The statuses in the callbacks since the last call.
    pub(crate) fn statuses(&self, now: u64) -> Vec<String> {
        let told = self.verified(now);
        told.iter().map(|body| body["status"].as_str().unwrap().to_owned()).collect()
    }
}

impl Posted {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    fn verify(&self, host: &str, now: u64) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        assert_eq!(self.header("signature"), self.header("x-stellar-signature"));
        let key = signing_key().public();
        callback::verify(&key, host, &self.bytes, self.header("signature"), now).unwrap();
        assert!(self.header("signature").starts_with(&format!("t={now}, s=")));
        serde_json::from_slice(&self.bytes).unwrap()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, bytes: Bytes) -> Response {
    let mut state = receiver.state.lock().unwrap();
    state.posted.push(Posted { headers, bytes });
    let status = state.answers.pop_front().unwrap_or(204);
    let status = StatusCode::from_u16(status).unwrap();
    if status.is_redirection() {
        return (status, [(header::LOCATION, receiver.url())]).into_response();
    }
    status.into_response()
}
