//! A test server with the part of the S3 API that the client uses, as strict as Amazon's.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Query, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use url::Url;

/// The smallest part except for the last one, in bytes.
const MIN_PART: usize = 5 << 20;

#[derive(Default)]
pub(super) struct Bucket {
    /// Complete objects by key.
    pub(super) objects: BTreeMap<String, Bytes>,
    /// Incomplete uploads by id: the key and the parts.
    pub(super) uploads: BTreeMap<String, (String, BTreeMap<u32, Bytes>)>,
    /// The method and query names of every request.
    pub(super) requests: Vec<String>,
    /// While set, every request gets 503.
    pub(super) broken: bool,
}

pub(super) type Shared = Arc<Mutex<Bucket>>;

/// Starts the server on a free port.
pub(super) async fn start() -> (Shared, Url) {
    let bucket = Shared::default();
    let router = Router::new()
        .fallback(serve)
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::clone(&bucket));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (bucket, url)
}

async fn serve(
    State(bucket): State<Shared>,
    method: Method,
    uri: Uri,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut bucket = bucket.lock().unwrap();
    let mut names: Vec<_> = query.keys().filter(|name| *name != "x-id").cloned().collect();
    names.sort();
    bucket.requests.push(format!("{method} {}", names.join("&")).trim_end().to_owned());
    let signed = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !signed.is_some_and(|by| by.starts_with("AWS4-HMAC-SHA256 Credential=ours/")) {
        return fault(StatusCode::FORBIDDEN, "AccessDenied");
    }
    if bucket.broken {
        return fault(StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable");
    }
    let Some(key) = uri.path().strip_prefix("/photos/").map(str::to_owned) else {
        return fault(StatusCode::NOT_FOUND, "NoSuchBucket");
    };
    let upload = query.get("uploadId");
    match (method.as_str(), upload) {
        ("PUT", None) => {
            bucket.objects.insert(key, body);
            ([(header::ETAG, "\"1\"")], "").into_response()
        }
        ("PUT", Some(id)) => {
            let number = query["partNumber"].parse().unwrap();
            let Some((_, parts)) = bucket.uploads.get_mut(id) else {
                return fault(StatusCode::NOT_FOUND, "NoSuchUpload");
            };
            parts.insert(number, body);
            ([(header::ETAG, format!("\"{number}\""))], "").into_response()
        }
        ("POST", None) if query.contains_key("uploads") => {
            let id = format!("upload-{}", bucket.requests.len());
            bucket.uploads.insert(id.clone(), (key, BTreeMap::new()));
            xml(&format!(
                "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
            ))
        }
        ("POST", Some(id)) => {
            let Some((key, parts)) = bucket.uploads.remove(id) else {
                return fault(StatusCode::NOT_FOUND, "NoSuchUpload");
            };
            if parts.values().rev().skip(1).any(|part| part.len() < MIN_PART) {
                return fault(StatusCode::BAD_REQUEST, "EntityTooSmall");
            }
            let whole: Vec<u8> = parts.values().flat_map(|part| part.to_vec()).collect();
            bucket.objects.insert(key, whole.into());
            xml("<CompleteMultipartUploadResult><ETag>\"2\"</ETag></CompleteMultipartUploadResult>")
        }
        ("DELETE", Some(id)) => {
            bucket.uploads.remove(id);
            StatusCode::NO_CONTENT.into_response()
        }
        ("DELETE", None) => {
            bucket.objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        ("GET", None) => match bucket.objects.get(&key) {
            Some(bytes) => {
                let dated = (header::LAST_MODIFIED, "Fri, 02 Jan 2026 03:04:05 GMT");
                ([(header::ETAG, "\"1\""), dated], bytes.clone()).into_response()
            }
            None => fault(StatusCode::NOT_FOUND, "NoSuchKey"),
        },
        _ => fault(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"),
    }
}

fn xml(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], text.to_owned()).into_response()
}

fn fault(status: StatusCode, code: &str) -> Response {
    (status, xml(&format!("<Error><Code>{code}</Code><Message>no</Message></Error>")))
        .into_response()
}
