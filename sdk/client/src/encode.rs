//! Encoding of requests: parameters in the query, as JSON, or as `multipart/form-data` together
//! with files.

use std::{borrow::Cow, fmt};

use windlass_core::{
    endpoint::{Encoding, Endpoint, Method, Upload, Uploads},
    json,
    link::Link,
    map::Map,
    sep9::Value,
};

use crate::{Error, ErrorKind, Request};

/// The longest response of a service, in bytes.
const MAX_RESPONSE: usize = 1 << 20;

/// An encoded request that lacks only the URL of its service and the token.
pub(crate) struct Encoded {
    method: Method,
    path: Cow<'static, str>,
    query: Vec<(String, String)>,
    /// Content type and bytes.
    body: Option<(String, Vec<u8>)>,
}

impl Encoded {
    /// Encodes a request. Fails if a parameter of a query or form is neither text nor a whole
    /// number.
    pub(crate) fn new<E: Endpoint>(endpoint: &E) -> Result<Self, Error> {
        let (path, json) = (endpoint.path(), json::to_string(endpoint));
        Self::of(E::METHOD, E::ENCODING, path, json, endpoint.uploads())
    }

    /// Encodes a request whose `memo` has no `memo_type`, with the type that an absent one stands
    /// for (S12-19). `None` for any other request.
    pub(crate) fn with_memo_type<E: Endpoint>(endpoint: &E) -> Result<Option<Self>, Error> {
        let Some(json) = with_memo_type(&json::to_string(endpoint)) else { return Ok(None) };
        Self::of(E::METHOD, E::ENCODING, endpoint.path(), json, endpoint.uploads()).map(Some)
    }

    /// Depends on no type of request, so that the npm package's module has it once.
    fn of(
        method: Method,
        encoding: Encoding,
        path: Cow<'static, str>,
        json: String,
        uploads: &Uploads,
    ) -> Result<Self, Error> {
        let mut query = Vec::new();
        let body = match encoding {
            Encoding::Query => {
                query = parameters(&json)?;
                None
            }
            Encoding::Json | Encoding::JsonOrQuery if uploads.is_empty() => {
                let is_sent = encoding == Encoding::Json || json != "{}";
                is_sent.then(|| json_body(json))
            }
            _ => Some(multipart(&parameters(&json)?, uploads)),
        };
        Ok(Self { method, path, query, body })
    }

    pub(crate) fn json(method: Method, path: Cow<'static, str>, json: String) -> Self {
        Self { method, path, query: Vec::new(), body: Some(json_body(json)) }
    }

    /// The request to the service at a base URL.
    pub(crate) fn to(&self, base: &Link, token: Option<&str>) -> Request {
        let mut headers = vec![("Accept", "application/json".to_owned())];
        if let Some(token) = token {
            headers.push(("Authorization", format!("Bearer {token}")));
        }
        let mut body = None;
        if let Some((content_type, bytes)) = &self.body {
            headers.push(("Content-Type", content_type.clone()));
            body = Some(bytes.clone());
        }
        let url = if self.path.is_empty() { base.clone() } else { base.join(&self.path) };
        let url = url.with_query(self.query.iter().map(|(name, value)| (name, value)));
        Request {
            method: self.method,
            url: url.into(),
            headers,
            body,
            max_response: MAX_RESPONSE,
            follow_redirects: false,
        }
    }
}

/// Omits the parameters, which are personal data.
impl fmt::Debug for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

fn json_body(json: String) -> (String, Vec<u8>) {
    ("application/json".to_owned(), json.into_bytes())
}

fn with_memo_type(json: &str) -> Option<String> {
    let mut members: Map<Value> = json::from_slice(json.as_bytes()).ok()?;
    if !members.contains_key("memo") || members.contains_key("memo_type") {
        return None;
    }
    members.insert("memo_type".to_owned(), "id".into());
    Some(json::to_string(&members))
}

/// The members of a request as text. They are read from its JSON, so that serde alone decides names
/// and omissions.
fn parameters(json: &str) -> Result<Vec<(String, String)>, Error> {
    let members = json::from_slice::<Map<Value>>(json.as_bytes());
    let members = members.map_err(|error| ErrorKind::InvalidRequest(error.to_string()))?;
    let text = |(name, value)| match value {
        Value::Text(text) => Ok((name, text)),
        Value::Number(number) => Ok((name, number.to_string())),
        Value::Other => {
            let message = format!("{name} must be text or a whole number");
            Err(ErrorKind::InvalidRequest(message).into())
        }
    };
    members.into_iter().map(text).collect()
}

/// Content type and body. Files come last (S12-77), and only they have a file name (S12-80).
fn multipart(parameters: &[(String, String)], uploads: &Uploads) -> (String, Vec<u8>) {
    let boundary = boundary(parameters, uploads);
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        for piece in
            [b"--", boundary.as_bytes(), b"\r\n", head.as_bytes(), b"\r\n\r\n", content, b"\r\n"]
        {
            body.extend_from_slice(piece);
        }
    };
    for (name, value) in parameters {
        let head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        part(&head, value.as_bytes());
    }
    for (name, Upload { file_name, content_type, bytes }) in uploads {
        let file_name = if file_name.is_empty() { name } else { file_name };
        let content_type =
            if is_media_type(content_type) { content_type } else { "application/octet-stream" };
        let (name, file_name) = (quoted(name), quoted(file_name));
        let head = format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
             Content-Type: {content_type}"
        );
        part(&head, bytes);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A text that occurs in no part. It need not be random.
fn boundary(parameters: &[(String, String)], uploads: &Uploads) -> String {
    let occurs = |text: &str| {
        let is_in =
            |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        parameters.iter().any(|(_, value)| is_in(value.as_bytes()))
            || uploads.values().any(|upload| is_in(&upload.bytes))
    };
    let mut number = 0_u64;
    loop {
        let text = format!("windlass-part-{number}");
        if !occurs(&text) {
            return text;
        }
        number += 1;
    }
}

/// A name for use between quotes, escaped like browsers do.
fn quoted(name: &str) -> String {
    let mut quoted = String::new();
    for c in name.chars() {
        match c {
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            '"' => quoted.push_str("%22"),
            c => quoted.push(c),
        }
    }
    quoted
}

/// Whether the text is safe in a header, and looks like a media type.
fn is_media_type(text: &str) -> bool {
    text.bytes().any(|b| b == b'/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundary_occurs_in_no_part() {
        let parameters = [("city".to_owned(), "a windlass-part-0 b".to_owned())];
        let mut uploads = Uploads::new();
        let upload = Upload {
            file_name: String::new(),
            content_type: String::new(),
            bytes: b"xwindlass-part-1".to_vec(),
        };
        uploads.insert("f".to_owned(), upload);
        assert_eq!(boundary(&parameters, &uploads), "windlass-part-2");
        assert_eq!(boundary(&[], &Uploads::new()), "windlass-part-0");
    }

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        assert_eq!(quoted("a\"\r\nb"), "a%22%0D%0Ab");
    }

    #[test]
    fn parameters_are_texts_and_whole_numbers() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut request = Map::new();
        request.insert("b".to_owned(), Value::Number(u64::MAX));
        request.insert("a".to_owned(), Value::Text("\"x\\".to_owned()));
        let read = parameters(&json::to_string(&request)).unwrap();
        assert_eq!(read, [pair("b", "18446744073709551615"), pair("a", "\"x\\")]);
        request.insert("c".to_owned(), Value::Other);
        let error = parameters(&json::to_string(&request)).unwrap_err();
        assert_eq!(error.to_string(), "c must be text or a whole number");
    }
}
