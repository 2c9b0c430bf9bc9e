//! URLs of services, checked and extended without a URL library, which would be large in a browser.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{host, wire::text_form};

/// An absolute `https://` or `http://` URL without user and fragment, in ASCII, its host in lower
/// case.
///
/// [`Self::join`] and [`Self::with_query`] keep the URL's own path and query (S01-38).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Link(String);

impl Link {
    /// The whole URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port as in the URL: `anchor.example.com`, `localhost:8000`.
    pub fn authority(&self) -> &str {
        authority(&self.0)
    }

    /// The host without the port. An IPv6 address keeps its brackets.
    pub fn host(&self) -> &str {
        host::of(self.authority()).unwrap_or_default()
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Whether a wallet may call it: https, or with `dev` http on a loopback host (S01-12).
    pub fn is_secure(&self, dev: bool) -> bool {
        self.is_https() || (dev && host::is_loopback(self.host()))
    }

    /// The URL with `path` appended to its own path. `path` begins with a slash and is not encoded.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        let (base, query) = self.0.split_at(self.0.find('?').unwrap_or(self.0.len()));
        Self(format!("{}{path}{query}", base.trim_end_matches('/')))
    }

    /// The URL with these query parameters appended. Names and values are percent-encoded.
    #[must_use]
    pub fn with_query<K: AsRef<str>, V: AsRef<str>>(
        &self,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut url = self.0.clone();
        for (name, value) in parameters {
            match url.as_bytes() {
                [.., b'?' | b'&'] => {}
                _ => url.push(if url.contains('?') { '&' } else { '?' }),
            }
            encode(name.as_ref(), &mut url);
            url.push('=');
            encode(value.as_ref(), &mut url);
        }
        Self(url)
    }
}

/// Host and port of a URL.
fn authority(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    split(rest.unwrap_or_default()).0
}

/// Splits what follows the scheme into host and port, and the rest.
fn split(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()))
}

/// Percent-encodes all but the unreserved characters of RFC 3986. Also encodes `+`, which servers
/// read as a blank.
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(byte.into());
        } else {
            let digit = |nibble: u8| char::from(b"0123456789ABCDEF"[usize::from(nibble)]);
            url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let after = |scheme: &'static str| {
            let (start, rest) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some((scheme, rest))
        };
        let (scheme, rest) =
            after("https://").or_else(|| after("http://")).ok_or(LinkError::Scheme)?;
        if rest.contains('#') {
            return Err(LinkError::Fragment);
        }
        // Browsers read `\` as `/`, so the real host would differ from the one that the URL seems
        // to have.
        if rest.bytes().any(|b| {
            !b.is_ascii_graphic()
                || matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{'..=b'}')
        }) {
            return Err(LinkError::Character);
        }
        let (authority, path) = split(rest);
        if authority.contains('@') {
            return Err(LinkError::User);
        }
        host::of(authority).ok_or(LinkError::Host)?;
        // Host names ignore case. Challenges contain them in lower case, as browsers send them.
        Ok(Self(format!("{scheme}{}{path}", authority.to_ascii_lowercase())))
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Link {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

text_form!(Link);

/// The error when a text is not a usable URL. The text follows the name of the value.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum LinkError {
    /// Neither `https://` nor `http://`.
    #[error("must be a URL beginning with https://")]
    Scheme,
    /// No host, or a malformed one.
    #[error("must be a URL with a host name")]
    Host,
    /// A user name or password.
    #[error("must be a URL without a user name")]
    User,
    /// A fragment.
    #[error("must be a URL without a fragment (#)")]
    Fragment,
    /// A blank, or another character that has to be percent-encoded.
    #[error("must be a URL in ASCII, with other characters percent-encoded")]
    Character,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(text: &str) -> Link {
        text.parse().unwrap()
    }

    #[test]
    fn paths_join_with_and_without_slash_prefix_and_query() {
        for (base, joined) in [
            ("https://h/kyc/", "https://h/kyc/customer"),
            ("https://h/kyc", "https://h/kyc/customer"),
            ("https://h", "https://h/customer"),
            ("https://h/", "https://h/customer"),
            ("https://h:8443/a/b//", "https://h:8443/a/b/customer"),
            ("https://h/kyc/?tenant=1/2", "https://h/kyc/customer?tenant=1/2"),
            ("https://h?tenant=1", "https://h/customer?tenant=1"),
        ] {
            assert_eq!(link(base).join("/customer"), link(joined), "{base}");
        }
    }

    #[test]
    fn parameters_are_appended_to_existing_ones() {
        let parameters = [("account", "G:7"), ("home_domain", "a b&c=d+é")];
        let encoded = "account=G%3A7&home_domain=a%20b%26c%3Dd%2B%C3%A9";
        for (url, start) in [
            ("https://h/auth", "https://h/auth?"),
            ("https://h/auth?x=1", "https://h/auth?x=1&"),
            ("https://h/auth?", "https://h/auth?"),
            ("https://h/auth?x=1&", "https://h/auth?x=1&"),
            ("https://h", "https://h?"),
        ] {
            assert_eq!(link(url).with_query(parameters).as_str(), format!("{start}{encoded}"));
        }
        assert_eq!(link("https://h/auth").with_query::<&str, &str>([]), link("https://h/auth"));
    }

    #[test]
    fn host_port_and_path_are_separated() {
        let url = link("HTTPS://Anchor.EXAMPLE:8443/auth?x=@:1");
        assert_eq!(
            (url.as_str(), url.authority(), url.host()),
            ("https://anchor.example:8443/auth?x=@:1", "anchor.example:8443", "anchor.example")
        );
        assert_eq!(link("http://[::1]:8000/x").host(), "[::1]");
        assert_eq!(link("https://h?x=https://other/").host(), "h");
    }

    #[test]
    fn plain_http_is_secure_only_on_this_machine_in_development() {
        assert!(link("https://h").is_secure(false));
        for url in ["http://localhost:8000/auth", "http://127.0.0.1", "http://[::1]:1/"] {
            assert!(link(url).is_secure(true) && !link(url).is_secure(false), "{url}");
        }
        for url in ["http://anchor.example", "http://localhost.example", "http://10.0.0.1"] {
            assert!(!link(url).is_secure(true), "{url}");
        }
    }

    #[test]
    fn misleading_urls_are_refused() {
        for (text, error) in [
            ("", LinkError::Scheme),
            ("ftp://h", LinkError::Scheme),
            ("javascript:alert(1)", LinkError::Scheme),
            ("//h/x", LinkError::Scheme),
            (" https://h", LinkError::Scheme),
            ("é", LinkError::Scheme),
            ("https://", LinkError::Host),
            ("https:///path", LinkError::Host),
            ("https://?x", LinkError::Host),
            ("https://a:99999", LinkError::Host),
            ("https://a%2eb/", LinkError::Host),
            ("https://good.example@evil.example/", LinkError::User),
            ("https://u:p@h", LinkError::User),
            ("https://h/#x", LinkError::Fragment),
            ("https://h#@x", LinkError::Fragment),
            ("https://good.example\\@evil.example", LinkError::Character),
            ("https://h/a b", LinkError::Character),
            ("https://h/\n", LinkError::Character),
            ("https://münchen.example", LinkError::Character),
        ] {
            assert_eq!(text.parse::<Link>(), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn extended_links_are_valid_links(base in "https?://[a-z]{1,8}(:[1-9][0-9]{0,3})?(/[a-z/]{0,8})?(\\?[a-z=&]{0,8})?", name in any::<String>(), value in any::<String>()) {
            let base = link(&base);
            let url = base.join("/customer").with_query([(name, value)]);
            prop_assert_eq!(url.as_str().parse(), Ok(url.clone()));
            prop_assert_eq!(url.authority(), base.authority());
        }

        #[test]
        fn any_link_parses_or_is_refused_without_panic(text in "(https?://)?\\PC{0,20}") {
            if let Ok(url) = text.parse::<Link>() {
                prop_assert!(!url.host().is_empty());
            }
        }
    }
}
