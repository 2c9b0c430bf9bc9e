//! Sends requests, and distinguishes success from refusal.

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

    fn unexpected(&self, error: &JsonError) -> Error {
        let message = format!("{error} in {}", excerpt(&self.body));
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
    let problem = json::from_slice(&response.body).unwrap_or_else(|_| {
        Problem::new(format!("the anchor answered {status}: {}", excerpt(&response.body)))
    });
    // A code that this version does not know is still a refusal, and its message is kept.
    let code = match problem.code {
        Some(code) => code.parse().unwrap_or(Code::Refused),
        None => by_status(status),
    };
    let Problem { error: message, field, .. } = problem;
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

/// The beginning of a body, for an error message.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.get(..800).unwrap_or(body));
    match text.trim_ascii() {
        "" => "an empty body".to_owned(),
        text => text.chars().take(200).collect(),
    }
}

#[cfg(test)]
mod tests;
