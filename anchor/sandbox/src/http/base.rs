//! Absolute links: where the API is mounted, as the client sees it.

use axum::http::{HeaderMap, Uri, header};
use serde_json::{Value, json};

/// Where the API is mounted as the client sees it, for absolute links:
/// `http://localhost:8000/horizon`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base(String);

impl Base {
    /// Derives it from the request: `path` is the part of the original path below the mount point.
    pub(crate) fn of(original: &Uri, path: &str, headers: &HeaderMap) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let forwarded = header(header::HeaderName::from_static("x-forwarded-proto"));
        let scheme = if forwarded == Some("https") { "https" } else { "http" };
        let authority = original.authority().map(|authority| authority.as_str());
        let host = header(header::HOST).or(authority).unwrap_or("localhost");
        let mount = original.path().strip_suffix(path).unwrap_or(original.path());
        Self(format!("{scheme}://{host}{}", mount.trim_end_matches('/')))
    }

    /// A link object to a path.
    pub(crate) fn link(&self, path: &str) -> Value {
        json!({"href": format!("{}{path}", self.0)})
    }

    /// A link object with a URI template.
    pub(crate) fn template(&self, path: &str) -> Value {
        json!({"href": format!("{}{path}", self.0), "templated": true})
    }

    /// A link to a list, with the parameters that every list takes.
    pub(crate) fn list(&self, path: &str) -> Value {
        self.template(&format!("{path}{{?cursor,limit,order}}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_where_the_client_sees_the_api() {
        for (original, path, proto, expected) in [
            ("/accounts/G", "/accounts/G", None, "http://box:8000"),
            ("/horizon/accounts/G", "/accounts/G", None, "http://box:8000/horizon"),
            ("/horizon/accounts/G/", "/accounts/G/", None, "http://box:8000/horizon"),
            ("/horizon", "/", None, "http://box:8000/horizon"),
            ("/horizon/", "/", None, "http://box:8000/horizon"),
            ("/", "/", Some("https"), "https://box:8000"),
        ] {
            let mut headers = HeaderMap::from_iter([(header::HOST, "box:8000".parse().unwrap())]);
            if let Some(proto) = proto {
                headers.insert("x-forwarded-proto", proto.parse().unwrap());
            }
            let base = Base::of(&original.parse().unwrap(), path, &headers);
            assert_eq!(base.0, expected, "{original} {path}");
        }
    }
}
