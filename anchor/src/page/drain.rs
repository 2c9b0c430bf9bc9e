//! What a refused request still has to say: in a page a body arrives as a whole, and nothing has to be read behind it.

use axum::{extract::Request, middleware::Next, response::Response};

/// Answers.
pub(crate) async fn drain_unread_body(request: Request, next: Next) -> Response {
    next.run(request).await
}
