//! The `Signature` header, which proves that an anchor sent a callback (S12-130 to S12-139).
//!
//! The anchor [signs](sign) callbacks; the wallet's server passes what it receives to a
//! [`Receiver`].

#[cfg(feature = "ed25519")]
use crate::account::SecretKey;
use crate::{account::PublicKey, ed25519::Claim, wire};

mod error;
mod receiver;
mod seen;

pub use error::CallbackError;
pub use receiver::{Received, Receiver};
pub use seen::{First, Seen};

/// The oldest callback that is accepted, in seconds.
pub const MAX_AGE: u64 = 120;
/// How far the anchor's clock may be ahead of the receiver's, in seconds.
pub const MAX_AHEAD: u64 = 60;

/// The header's name.
pub const HEADER: &str = "Signature";
/// The header's name before SEP-12 1.11. Receivers still accept it (S12-134).
pub const OLD_HEADER: &str = "X-Stellar-Signature";

/// The host of a callback's URL in the form that is signed (S12-133): with `:port` if the URL
/// contains a port, even the default one.
///
/// `url` is the URL that the wallet registered. `host` is its host as a URL library prints it: in
/// lower case and punycode, an IPv6 address in brackets.
pub fn signed_host(url: &str, host: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let named = authority.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
    named.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The value of the header for `body`, sent to `host` at `now` (Unix seconds).
///
/// `host` is the [`signed_host`] of the callback's URL.
#[cfg(feature = "ed25519")]
pub fn sign(key: &SecretKey, host: &str, body: &[u8], now: u64) -> String {
    let t = now.to_string();
    let signature = key.sign(&payload(&t, host, body));
    format!("t={t}, s={}", wire::base64(&signature))
}

/// Checks the header of a callback before its body is parsed. [`Receiver`] calls this and makes all
/// other checks.
///
/// `host` is the receiver's own host, from its configuration and not from the request (S12-136).
/// `key` is the `SIGNING_KEY` of the anchor's stellar.toml, and `body` the exact bytes received.
/// Answer 401 if the check fails. This does not detect replays.
///
/// # Errors
///
/// The header is malformed, too old or too new, or the signature is wrong.
#[cfg(feature = "ed25519")]
pub fn verify(
    key: &PublicKey,
    host: &str,
    body: &[u8],
    header: &str,
    now: u64,
) -> Result<(), CallbackError> {
    match claim(key, host, body, header, now)?.holds() {
        true => Ok(()),
        false => Err(CallbackError::WrongSignature),
    }
}

/// [`verify`] without the verification of the signature: the callback is genuine if the returned
/// claim is true.
///
/// # Errors
///
/// As [`verify`].
pub fn claim(
    key: &PublicKey,
    host: &str,
    body: &[u8],
    header: &str,
    now: u64,
) -> Result<Claim, CallbackError> {
    let signature = Signature::parse(header)?;
    signature.check_age(MAX_AGE, now)?;
    signature.claim(key, host, body)
}

/// The signature header of a request: `Signature`, or else `X-Stellar-Signature`, in any case
/// (S12-134).
///
/// # Errors
///
/// Both headers are missing, or the one to use occurs twice.
pub fn header<'a>(
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<&'a str, CallbackError> {
    let (mut new, mut old) = (Vec::new(), Vec::new());
    for (name, value) in headers {
        if name.eq_ignore_ascii_case(HEADER) {
            new.push(value);
        } else if name.eq_ignore_ascii_case(OLD_HEADER) {
            old.push(value);
        }
    }
    match (&new[..], &old[..]) {
        ([value], _) | ([], [value]) => Ok(value),
        ([], []) => Err(CallbackError::Missing),
        _ => Err(CallbackError::Malformed),
    }
}

/// A parsed header.
struct Signature<'a> {
    /// The timestamp as received, because its text is part of the signed bytes.
    t: &'a str,
    at: u64,
    bytes: Vec<u8>,
}

impl<'a> Signature<'a> {
    fn parse(header: &'a str) -> Result<Self, CallbackError> {
        let (t, s) = parse(header)?;
        let at = t.parse().map_err(|_| CallbackError::Malformed)?;
        Ok(Self { t, at, bytes: wire::from_base64(s).ok_or(CallbackError::Malformed)? })
    }

    fn check_age(&self, max_age: u64, now: u64) -> Result<(), CallbackError> {
        let at = self.at;
        if at.saturating_add(max_age) < now {
            return Err(CallbackError::Stale { at, now, max_age });
        }
        if at > now.saturating_add(MAX_AHEAD) {
            return Err(CallbackError::FromTheFuture { at, now });
        }
        Ok(())
    }

    fn claim(&self, key: &PublicKey, host: &str, body: &[u8]) -> Result<Claim, CallbackError> {
        Claim::new(*key, &payload(self.t, host, body), &self.bytes)
            .ok_or(CallbackError::WrongSignature)
    }
}

/// The bytes that are signed: `<timestamp>.<host>.<body>`.
fn payload(t: &str, host: &str, body: &[u8]) -> Vec<u8> {
    [t.as_bytes(), b".", host.as_bytes(), b".", body].concat()
}

/// `t` and `s` of the header, each exactly once, in any order.
fn parse(header: &str) -> Result<(&str, &str), CallbackError> {
    let (mut t, mut s) = (None, None);
    for part in header.split(',') {
        // Base64 contains `=` as well, so only the first one separates.
        let (name, value) = part.trim().split_once('=').ok_or(CallbackError::Malformed)?;
        let slot = match name {
            "t" => &mut t,
            "s" => &mut s,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return Err(CallbackError::Malformed);
        }
    }
    match (t, s) {
        (Some(t), Some(s)) if !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) => Ok((t, s)),
        _ => Err(CallbackError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S12-133
    #[test]
    fn signed_host_has_the_port_of_the_url() {
        for (url, host, signed) in [
            ("https://wallet.example.org", "wallet.example.org", "wallet.example.org"),
            ("https://Wallet.Example.ORG/a:1?b:2#c:3", "wallet.example.org", "wallet.example.org"),
            ("https://wallet.example.org?a@b:1", "wallet.example.org", "wallet.example.org"),
            (
                "https://wallet.example.org:8443/kyc",
                "wallet.example.org",
                "wallet.example.org:8443",
            ),
            ("https://wallet.example.org:443/kyc", "wallet.example.org", "wallet.example.org:443"),
            ("http://localhost:80/kyc", "localhost", "localhost:80"),
            ("https://bücher.example/", "xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://bücher.example:1/", "xn--bcher-kva.example", "xn--bcher-kva.example:1"),
            ("https://[2001:db8::1]/", "[2001:db8::1]", "[2001:db8::1]"),
            ("https://[2001:DB8::1]:8443/", "[2001:db8::1]", "[2001:db8::1]:8443"),
            ("https://user:7@wallet.example.org/", "wallet.example.org", "wallet.example.org"),
        ] {
            assert_eq!(signed_host(url, host), signed, "{url}");
        }
    }

    // S12-134
    #[test]
    fn old_header_is_used_only_without_the_new_one() {
        for (headers, counts) in [
            (&[("Signature", "a")][..], Ok("a")),
            (&[("host", "x"), ("signature", "a"), ("x-stellar-signature", "b")], Ok("a")),
            (&[("X-STELLAR-SIGNATURE", "b"), ("SIGNATURE", "a")], Ok("a")),
            (&[("x-Stellar-Signature", "b"), ("x-signature", "c")], Ok("b")),
            (&[("Signature", ""), ("X-Stellar-Signature", "b")], Ok("")),
            (&[("Signature", "a"), ("signature", "a")], Err(CallbackError::Malformed)),
            (
                &[("X-Stellar-Signature", "a"), ("x-stellar-signature", "b")],
                Err(CallbackError::Malformed),
            ),
            (&[("Signature-Input", "a")], Err(CallbackError::Missing)),
            (&[], Err(CallbackError::Missing)),
        ] {
            assert_eq!(header(headers.iter().copied()), counts, "{headers:?}");
        }
    }
}
