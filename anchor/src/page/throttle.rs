//! Limits on how often a client may ask: in a page there is one client, and none.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

/// No limit.
#[derive(Clone, Copy, Debug)]
pub struct Throttle;

impl Throttle {
    /// No limit.
    pub const NONE: Self = Self;

    /// Lets a request through; a middleware.
    pub(crate) async fn limit(State(_): State<Self>, request: Request, next: Next) -> Response {
        next.run(request).await
    }
}
