//! The webhook for later decisions of review providers: `POST /reviews/{id}`, signed.

use std::sync::Arc;

use assign::assign;
use axum::{
    Json,
    body::Bytes,
    extract::{
        DefaultBodyLimit, Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use windlass_core::{
    endpoint::Empty,
    problem::{Code, Problem},
};

use crate::{
    Error,
    body::BodyError,
    hooks::{HookError, ReviewDecision},
    kyc::Kyc,
    remote::{
        HttpReviewProvider,
        signature::{HEADER, IDEMPOTENCY_KEY},
    },
    route::Routes,
};

/// The longest decision, in bytes. It is read before its signature is checked.
const MAX_DECISION: usize = 64 << 10;

/// The webhook's state.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) kyc: Arc<Kyc>,
    pub(crate) provider: Arc<HttpReviewProvider>,
}

/// The route of the webhook. Nest it at `/reviews`.
pub(crate) fn routes(webhook: Webhook) -> Routes {
    Routes::new()
        .public(Method::POST, "/{id}", decide)
        .layer(|router| router.with_state(webhook).layer(DefaultBodyLimit::max(MAX_DECISION)))
}

/// Stores a later decision. Accepts a repeated or late decision without any effect.
async fn decide(
    State(webhook): State<Webhook>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Error> {
    let Path(id) = id.map_err(|_| Error::not_found())?;
    let body = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => BodyError::TooLarge,
        _ => BodyError::Malformed("body is incomplete"),
    })?;
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let verified = webhook.provider.verify(header(HEADER), &id, header(IDEMPOTENCY_KEY), &body);
    if let Err(cause) = verified {
        tracing::warn!(%cause, "refused a decision without the review provider's signature");
        let problem = assign!(Problem::new(cause.to_string()), {
            code: Some(Code::InvalidCallback.as_str().to_owned()),
        });
        return Ok((StatusCode::UNAUTHORIZED, Json(problem)).into_response());
    }
    let decision: ReviewDecision = serde_json::from_slice(&body).map_err(|_| {
        HookError::invalid("the body must be a decision, such as {\"status\": \"ACCEPTED\"}")
    })?;
    let counted = webhook.kyc.decide_review(&id, &decision).await?;
    tracing::info!(request = id, counted, "received a decision of the review provider");
    Ok(Json(Empty {}).into_response())
}
