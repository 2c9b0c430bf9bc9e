//! Sends requests, and distinguishes success from refusal.

use std::str::FromStr as _;

use windlass_core::{
    endpoint::Endpoint,
    json::{self, JsonError},
    problem::{Code, Problem},
};

use crate::{Error, ErrorKind, Request, Response, Transport, transport::without_query};

impl Response {
    /// Reads the body of a success.
    pub(crate) fn read<E: Endpoint>(&self) -> Result<E::Response, Error> {
        E::response(&self.body).map_err(|error| self.unexpected(&error))
    }

    /// The body is not quoted: it may hold a token.
    fn unexpected(&self, error: &JsonError) -> Error {
        let message = match kind(&self.body) {
            Body::Empty => "an empty body".to_owned(),
            Body::WebPage => "a web page (HTML), not JSON".to_owned(),
            Body::Text(_) | Body::Other => error.to_string(),
        };
        ErrorKind::UnexpectedResponse { status: self.status, message }.into()
    }
}

/// Sends a request. Statuses from 200 to `last_success` are a success.
pub(crate) async fn succeed(
    transport: &impl Transport,
    request: Result<Request, Error>,
    last_success: u16,
) -> Result<Response, Error> {
    let response = send(transport, request?).await?;
    let success = (200..=last_success).contains(&response.status);
    if success { Ok(response) } else { Err(refusal(&response)) }
}

/// Sends a request. An error names its URL.
pub(crate) async fn send(transport: &impl Transport, request: Request) -> Result<Response, Error> {
    let url = without_query(&request.url).to_owned();
    transport.send(request).await.map_err(|error| ErrorKind::Transport { url, error }.into())
}

/// The error for a response that is not a success (S10-09).
pub(crate) fn refusal(response: &Response) -> Error {
    let status = response.status;
    if status == 0 || (300..400).contains(&status) {
        let message = "the server redirects, which is not followed: tell the anchor".to_owned();
        return ErrorKind::UnexpectedResponse { status, message }.into();
    }
    let problem = json::from_slice_leniently(&response.body).map_or_else(
        |_| {
            Problem::new(match kind(&response.body) {
                Body::Empty => format!("the anchor answered {status} with an empty body"),
                Body::WebPage => format!("the anchor answered {status} with a web page (HTML)"),
                Body::Text(text) => format!("the anchor answered {status}: {text}"),
                Body::Other => format!("the anchor answered {status} without an error text"),
            })
        },
        |problem| problem.value,
    );
    // A code that this version does not know is still a refusal, and its message is kept.
    let code = match problem.code.as_deref().map(Code::from_str) {
        Some(Ok(code)) => code,
        _ if is_about_the_token(status, &response.body) => Code::TokenInvalid,
        Some(Err(_)) => Code::Refused,
        None => by_status(status),
    };
    let Problem { error, field, .. } = problem;
    let message = error.replace(char::is_control, " ");
    ErrorKind::Refused { status, code, message, field, retry_after: response.retry_after }.into()
}

/// The code for a status, for servers that send no codes.
const fn by_status(status: u16) -> Code {
    match status {
        401 => Code::TokenInvalid,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMediaType,
        429 => Code::TooManyRequests,
        501 => Code::NotImplemented,
        500..=599 => Code::Internal,
        _ => Code::Refused,
    }
}

/// Whether a refusal means that the token is not accepted. The SEPs say 401 (SEP-12) or 403 (SEP-6, SEP-24), and some
/// anchors always say 403. A 403 may also mean that the account must not do this.
fn is_about_the_token(status: u16, body: &[u8]) -> bool {
    let says = |word: &&str| {
        body.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    };
    // "token" alone would not do: it may be an asset.
    let words = [
        "authentication",
        "authorization",
        "jwt",
        "expired",
        "invalid token",
        "token is invalid",
        "token is not valid",
    ];
    status == 403 && words.iter().any(says)
}

/// What kind of body a response has that is not the JSON that was expected.
enum Body<'a> {
    Empty,
    WebPage,
    /// Plain text that is short enough to be shown.
    Text(&'a str),
    Other,
}

fn kind(body: &[u8]) -> Body<'_> {
    const LONGEST: usize = 200;
    match str::from_utf8(body).map(str::trim_ascii) {
        Ok("") => Body::Empty,
        Ok(text) if text.starts_with('<') => Body::WebPage,
        Ok(text) if text.starts_with(['{', '[', '"']) => Body::Other,
        Ok(text) if text.len() <= LONGEST && !text.contains(char::is_control) => Body::Text(text),
        _ => Body::Other,
    }
}

#[cfg(test)]
mod tests;
