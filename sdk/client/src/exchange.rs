//! One request and its answer: the single place where success is told from refusal.

use windlass_core::{
    endpoint::Endpoint,
    json::{self, JsonError},
    problem::{Code, Problem},
    text, wire,
};

use crate::{Error, ErrorKind, Request, Response, Transport, transport::without_query};

impl Response {
    /// What a success says.
    ///
    /// # Errors
    ///
    /// It is not what the protocol says.
    pub fn read<E: Endpoint>(&self) -> Result<E::Response, Error> {
        E::response(&self.body).map_err(|error| unreadable(self, &error))
    }
}

/// Sends a request, and takes nothing for a success beyond `last_success`.
pub(crate) async fn succeed(
    transport: &impl Transport,
    request: Result<Request, Error>,
    last_success: u16,
) -> Result<Response, Error> {
    let response = send(transport, request?).await?;
    let success = (200..=last_success).contains(&response.status);
    if success { Ok(response) } else { Err(refusal(&response)) }
}

#[inline(never)]
fn unreadable(response: &Response, error: &JsonError) -> Error {
    let message = format!("{error} in {}", excerpt(&response.body));
    ErrorKind::UnexpectedResponse { status: response.status, message }.into()
}

/// Sends a request, and names its URL if that fails.
pub(crate) async fn send(transport: &impl Transport, request: Request) -> Result<Response, Error> {
    let url = without_query(&request.url).to_owned();
    transport.send(request).await.map_err(|error| ErrorKind::Transport { url, error }.into())
}

/// What an answer that is no success says (S10-09).
pub(crate) fn refusal(response: &Response) -> Error {
    let status = response.status;
    if status == 0 || (300..400).contains(&status) {
        let message = "the server redirects, which is not followed: tell the anchor".to_owned();
        return ErrorKind::UnexpectedResponse { status, message }.into();
    }
    let problem = json::from_slice(&response.body).unwrap_or_else(|_| Problem {
        error: text!("the anchor answered ", &status, ": ", &excerpt(&response.body)),
        code: None,
        field: None,
    });
    // A code that this version does not know is still a refusal, and the text is there.
    let code = match problem.code {
        Some(code) => code.parse().unwrap_or(Code::Refused),
        None => by_status(status),
    };
    let Problem { error: message, field, .. } = problem;
    ErrorKind::Refused { status, code, message, field, retry_after: response.retry_after }.into()
}

/// What a status says by itself, of a server that sends no code.
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

/// The beginning of a body that is not what it should be.
fn excerpt(body: &[u8]) -> String {
    let mut excerpt = String::new();
    for character in wire::lossy(body.get(..800).unwrap_or(body)).trim_ascii().chars().take(200) {
        excerpt.push(character);
    }
    if excerpt.is_empty() {
        excerpt.push_str("an empty body");
    }
    excerpt
}

#[cfg(test)]
mod tests;
