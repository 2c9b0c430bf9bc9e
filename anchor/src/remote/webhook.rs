//! The webhook for reviewers that answer later: `POST /kyc-provider/reviews/{id}`, signed.

use std::sync::Arc;

use assign::assign;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use windlass_core::{
    endpoint::Empty,
    problem::{Code, Problem},
};

use crate::{
    Error,
    hooks::{HookError, Verdict},
    kyc::Kyc,
    remote::{
        HttpReviewer,
        signature::{HEADER, IDEMPOTENCY_KEY},
    },
    route::Routes,
};

/// The webhook's state.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) kyc: Arc<Kyc>,
    pub(crate) reviewer: Arc<HttpReviewer>,
}

/// The webhook, to be nested at `/kyc-provider`.
pub(crate) fn routes(webhook: Webhook) -> Routes {
    Routes::new()
        .public(Method::POST, "/reviews/{id}", answer)
        .layer(|router| router.with_state(webhook))
}

/// A verdict that comes later. One that comes again or too late is accepted and changes nothing.
async fn answer(
    State(webhook): State<Webhook>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let Path(id) = id.map_err(|_| Error::not_found())?;
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let verified = webhook.reviewer.verify(header(HEADER), &id, header(IDEMPOTENCY_KEY), &body);
    if let Err(cause) = verified {
        tracing::warn!(%cause, "a verdict that is not signed by the reviewer");
        let problem = assign!(Problem::new(cause.to_string()), {
            code: Some(Code::InvalidCallback.as_str().to_owned()),
        });
        return Ok((StatusCode::UNAUTHORIZED, Json(problem)).into_response());
    }
    let verdict: Verdict = serde_json::from_slice(&body).map_err(|_| {
        HookError::invalid("the body must be a verdict, such as {\"status\": \"ACCEPTED\"}")
    })?;
    let counted = webhook.kyc.take_verdict(&id, &verdict).await?;
    tracing::info!(request = id, counted, "verdict of the reviewer");
    Ok(Json(Empty {}).into_response())
}
