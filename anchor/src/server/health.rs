//! `GET /health`

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use super::Anchor;
use crate::config::Sep;

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
    let database = anchor.0.database.ping().await;
    if let Err(cause) = &database {
        tracing::error!(%cause, "database unavailable");
    }
    let seps = anchor.0.config.seps.iter().map(|sep| match sep {
        Sep::Sep1 => "SEP-1 2.7.0",
        Sep::Sep10 => "SEP-10 3.4.1",
        Sep::Sep12 => "SEP-12 1.15.0",
    });
    let (code, status) = match database {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let version = env!("CARGO_PKG_VERSION");
    (code, Json(Health { status, version, seps: seps.collect(), database: status }))
}
