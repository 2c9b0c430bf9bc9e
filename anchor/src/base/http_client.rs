//! Builds all HTTP clients of the server, and reads the bodies of responses.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Response, redirect::Policy};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const USER_AGENT: &str = concat!("windlass/", env!("CARGO_PKG_VERSION"));

/// A client that does not follow redirects. `timeout` is for the whole request.
pub(crate) fn builder(timeout: Duration) -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(timeout.min(CONNECT_TIMEOUT))
        .timeout(timeout)
        .redirect(Policy::none())
}

/// Reads the body of a response; `None` if it is longer than `max` bytes. Counts the bytes, because
/// `Content-Length` is only a claim of the other server (S01-13).
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
