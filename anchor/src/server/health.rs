//! `GET /health`

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use tokio::sync::Mutex;

use super::Anchor;
use crate::{clock::Clock, config::Sep, database::Database};

/// How long the result of a check is used again: anybody may ask, and a check writes.
const FRESH: Duration = Duration::from_secs(1);

/// The last check of the database.
#[derive(Debug, Default)]
pub(super) struct LastCheck(Mutex<Option<(Duration, bool)>>);

impl LastCheck {
    /// Whether the database takes writes. One check runs at a time, and the others wait for it.
    async fn passes(&self, database: &Database, clock: &Clock) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, passed)) = *last
            && clock.elapsed() < at + FRESH
        {
            return passed;
        }
        let result = database.check().await;
        if let Err(cause) = &result {
            tracing::error!(%cause, "database unavailable");
        }
        *last = Some((clock.elapsed(), result.is_ok()));
        result.is_ok()
    }
}

/// The response of `GET /health`.
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    version: &'static str,
    seps: Vec<&'static str>,
    database: &'static str,
}

/// Checks that the server works, and lists the protocol versions that it serves.
pub(super) async fn health(State(anchor): State<Anchor>) -> (StatusCode, Json<Health>) {
    let inner = &*anchor.0;
    let (code, status) = match inner.last_check.passes(&inner.database, &inner.clock).await {
        true => (StatusCode::OK, "ok"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let seps = inner.config.seps.iter().map(|sep| match sep {
        Sep::Sep1 => "SEP-1 2.7.0",
        Sep::Sep10 => "SEP-10 3.4.1",
        Sep::Sep12 => "SEP-12 1.15.0",
    });
    let version = env!("CARGO_PKG_VERSION");
    (code, Json(Health { status, version, seps: seps.collect(), database: status }))
}
