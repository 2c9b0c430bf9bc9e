//! The one place that builds HTTP clients, and the one that reads answers.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Response, redirect::Policy};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const USER_AGENT: &str = concat!("windlass/", env!("CARGO_PKG_VERSION"));

/// A client that follows no redirects. `timeout` is for a whole request.
pub(crate) fn builder(timeout: Duration) -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(timeout.min(CONNECT_TIMEOUT))
        .timeout(timeout)
        .redirect(Policy::none())
}

/// Reads the body of an answer; `None` if it has more than `max` bytes. The bytes are counted, because the length in the
/// header is only what the other server says (S01-13).
pub(crate) async fn read_body(
    response: &mut Response,
    max: usize,
) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > max {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}
