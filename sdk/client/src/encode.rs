//! Requests as they are sent: parameters in the query, as JSON, or as `multipart/form-data` beside files.

use windlass_core::{
    endpoint::{Endpoint, Method, Upload, Uploads},
    json,
    map::Map,
    sep1::Link,
    sep9::Value,
};

use crate::{Error, Request};

/// The longest answer of a service, in bytes.
const MAX_RESPONSE: usize = 1 << 20;

/// The request that `endpoint` is, under the base URL of its service.
pub(crate) fn request<E: Endpoint>(
    base: &Link,
    endpoint: &E,
    token: Option<&str>,
) -> Result<Request, Error> {
    let json = json::to_string(endpoint);
    let uploads = endpoint.uploads();
    let encoding = match E::METHOD {
        Method::Get => Encoding::Query,
        _ if E::MULTIPART || !uploads.is_empty() => Encoding::Multipart(uploads),
        _ => Encoding::Json,
    };
    assemble(base, E::METHOD, &endpoint.path(), encoding, json, token)
}

enum Encoding<'a> {
    Query,
    Json,
    Multipart(&'a Uploads),
}

/// The part of [`request`] that is the same code for every endpoint: a browser downloads it once.
fn assemble(
    base: &Link,
    method: Method,
    path: &str,
    encoding: Encoding<'_>,
    json: String,
    token: Option<&str>,
) -> Result<Request, Error> {
    let url = if path.is_empty() { base.clone() } else { base.join(path) };
    let (url, body) = match encoding {
        Encoding::Query => (url.with_query(parameters(&json)?), None),
        Encoding::Multipart(uploads) => (url, Some(multipart(&parameters(&json)?, uploads))),
        // Some proxies drop the body of a DELETE: none is sent where nothing is to be said.
        Encoding::Json if method == Method::Delete && json == "{}" => (url, None),
        Encoding::Json => (url, Some(("application/json".to_owned(), json.into_bytes()))),
    };

    let mut headers = vec![("Accept", "application/json".to_owned())];
    if let Some(token) = token {
        headers.push(("Authorization", format!("Bearer {token}")));
    }
    let body = body.map(|(content_type, body)| {
        headers.push(("Content-Type", content_type));
        body
    });
    Ok(Request { method, url: url.into(), headers, body, max_response: MAX_RESPONSE })
}

/// The members of a request as texts. They are read back from its JSON, so that names and omissions are decided once.
fn parameters(text: &str) -> Result<Vec<(String, String)>, Error> {
    let members: Map<Value> = json::from_slice(text.as_bytes())
        .map_err(|error| Error::InvalidRequest(error.to_string()))?;
    members
        .into_iter()
        .map(|(name, value)| match value {
            Value::Text(text) => Ok((name, text)),
            Value::Number(number) => Ok((name, number.to_string())),
            Value::Other => {
                Err(Error::InvalidRequest(format!("{name} must be text or a whole number")))
            }
        })
        .collect()
}

/// Content type and body. Files come after all other parts (S12-77), and only they have a file name (S12-80).
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
        part(
            &format!("Content-Disposition: form-data; name=\"{}\"", quoted(name)),
            value.as_bytes(),
        );
    }
    for (name, Upload { file_name, content_type, bytes }) in uploads {
        let file_name = if file_name.is_empty() { name } else { file_name };
        let content_type =
            if is_media_type(content_type) { content_type } else { "application/octet-stream" };
        let disposition =
            format!("form-data; name=\"{}\"; filename=\"{}\"", quoted(name), quoted(file_name));
        part(&format!("Content-Disposition: {disposition}\r\nContent-Type: {content_type}"), bytes);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A text that occurs in no part. It need not be random, only absent.
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

/// A name inside quotes, escaped as browsers do it.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// Whether it can stand in a header.
fn is_media_type(text: &str) -> bool {
    text.contains('/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
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
        let read = |json: &str| parameters(json).map_err(|error| error.code());
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read(r#"{"b":7,"a":"x"}"#), Ok(vec![pair("a", "x"), pair("b", "7")]));
        for bad in [r#"{"a":null}"#, r#"{"a":[]}"#, r#"{"a":1.5}"#, "[]"] {
            assert_eq!(read(bad), Err(windlass_core::problem::Code::InvalidRequest), "{bad}");
        }
    }
}
