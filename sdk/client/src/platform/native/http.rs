//! reqwest with rustls.

use std::{error::Error as _, sync::Arc, time::Duration};

use reqwest::redirect::{Action, Attempt, Policy};
use windlass_core::endpoint::Method;

use crate::{Failure, Request, Response, Transport, TransportError};

/// The limit for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The most redirects that are followed.
const MAX_REDIRECTS: usize = 3;

/// The default transport. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    /// For requests that follow redirects.
    following: reqwest::Client,
}

impl Http {
    /// A transport with timeouts and without cookies. It follows redirects only where a request says so, at most three,
    /// and only to https.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        let client = |redirects: Policy| {
            reqwest::Client::builder()
                .redirect(redirects)
                .connect_timeout(CONNECT_TIMEOUT)
                .user_agent(concat!("windlass/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(failed)
        };
        Ok(Self { client: client(Policy::none())?, following: client(Policy::custom(to_https))? })
    }
}

fn to_https(redirect: Attempt<'_>) -> Action {
    if redirect.url().scheme() != "https" {
        redirect.error("the server redirects to a URL without https")
    } else if redirect.previous().len() > MAX_REDIRECTS {
        redirect.error(format!("the server redirects more than {MAX_REDIRECTS} times"))
    } else {
        redirect.follow()
    }
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let seconds = request.time_limit();
        let failed = |error: reqwest::Error| match error.is_timeout() {
            true => TransportError::TimedOut(seconds),
            false => failed(error),
        };
        let Request { method, url, headers, body, max_response, follow_redirects } = request;
        let client = if follow_redirects { &self.following } else { &self.client };
        let mut builder = client.request(reqwest_method(method), url);
        builder = builder.timeout(Duration::from_secs(seconds.into()));
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = body {
            builder = builder.body(body);
        }
        let mut response = builder.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let retry_after = response
            .headers()
            .get("retry-after")
            .and_then(|value| retry_after(value.to_str().ok()?));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            // Counted while reading, because `Content-Length` may be wrong (S01-13).
            if body.len() + chunk.len() > max_response {
                return Err(TransportError::TooLong(max_response));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, content_type, retry_after, body })
    }
}

/// Seconds from now. The header has a number of seconds or a date.
#[expect(clippy::disallowed_methods, reason = "a date in a header is relative to the real time")]
fn retry_after(header: &str) -> Option<u64> {
    header.trim().parse().ok().or_else(|| {
        let date = httpdate::parse_http_date(header).ok()?;
        Some(date.duration_since(std::time::SystemTime::now()).map_or(0, |time| time.as_secs()))
    })
}

const fn reqwest_method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    }
}

/// The text of the innermost cause, which is the most specific. The URL is omitted: its query may
/// hold personal data.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = cause.to_string();
        source = cause.source();
    }
    TransportError::Failed(Failure::new(text).caused_by(Arc::new(error)))
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };
    use windlass_core::{account::SecretKey, sep12::PutCustomer};

    use super::*;
    use crate::{Anchor, Error, Options};

    fn request(url: String) -> Request {
        Request {
            method: Method::Get,
            url,
            headers: vec![("X-Test", "7".to_owned())],
            body: None,
            max_response: 1000,
            follow_redirects: false,
        }
    }

    /// Answers one request with `answer`, followed by an endless body if `endless`. Returns the
    /// response and the request.
    async fn exchange(
        answer: &'static str,
        endless: bool,
    ) -> (Result<Response, TransportError>, String) {
        exchange_with(answer, endless, false).await
    }

    async fn exchange_with(
        answer: &'static str,
        endless: bool,
        follow_redirects: bool,
    ) -> (Result<Response, TransportError>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/x?y=1", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            while endless && stream.write_all(b"64\r\n").await.is_ok() {
                let chunk = [&[b'x'; 100][..], b"\r\n"].concat();
                if stream.write_all(&chunk).await.is_err() {
                    break;
                }
            }
            String::from_utf8(asked).unwrap()
        });
        let request = Request { follow_redirects, ..request(url) };
        let answer = Http::new().unwrap().send(request).await;
        (answer, server.await.unwrap())
    }

    #[tokio::test]
    async fn request_and_response_are_complete() {
        let (answer, asked) =
            exchange("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", false).await;
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status, answer.content_type.as_deref(), answer.body.as_slice()),
            (404, Some("application/json"), &b"{}"[..])
        );
        assert!(
            asked.starts_with("GET /x?y=1 HTTP/1.1\r\n")
                && asked.to_ascii_lowercase().contains("x-test: 7\r\n"),
            "{asked}"
        );
    }

    #[tokio::test]
    async fn endless_response_is_cut_off() {
        let (answer, _) =
            exchange("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", true).await;
        assert_eq!(answer.unwrap_err(), TransportError::TooLong(1000));
    }

    #[tokio::test]
    async fn redirect_is_not_followed() {
        let (answer, _) = exchange(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            false,
        )
        .await;
        assert_eq!(answer.unwrap().status, 302);
    }

    #[tokio::test]
    async fn redirect_to_plain_http_is_refused_where_redirects_are_followed() {
        let redirect =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        let (answer, _) = exchange_with(redirect, false, true).await;
        let error = answer.unwrap_err().to_string();
        assert_eq!(error, "the server redirects to a URL without https");
    }

    #[tokio::test]
    async fn failure_message_omits_the_query() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/?secret=1", listener.local_addr().unwrap());
        drop(listener);
        let error = Http::new().unwrap().send(request(url)).await.unwrap_err();
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        let mut texts = Vec::new();
        while let Some(error) = cause {
            texts.extend([error.to_string(), format!("{error:?}")]);
            cause = error.source();
        }
        assert!(texts.len() > 2, "the error has a cause");
        assert!(!texts.iter().any(|text| text.is_empty() || text.contains("secret")), "{texts:?}");
    }

    #[tokio::test]
    async fn retry_after_is_converted_to_seconds() {
        let (answer, _) = exchange(
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
            false,
        )
        .await;
        assert_eq!(answer.unwrap().retry_after, Some(7));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        assert!(retry_after("Fri, 31 Dec 9999 23:59:59 GMT").unwrap() > 1_000_000_000);
        assert_eq!(
            (retry_after(" 0 "), retry_after("soon"), retry_after("-1")),
            (Some(0), None, None)
        );
    }

    #[test]
    fn flows_can_be_sent_to_another_thread() {
        fn assert_send(_: impl Send) {}
        async fn flow(key: SecretKey) -> Result<(), Error> {
            let anchor =
                Anchor::discover(Http::new().unwrap(), "anchor.example.com", Options::default())
                    .await?;
            let session = anchor.sign_in(&key.public().into(), &key).await?;
            session.put_customer(PutCustomer::new(), None).await.map(drop)
        }
        assert_send(flow(SecretKey::from_seed(&[1; 32])));
    }
}
