//! Host names as they stand in a URL.

use crate::{ip, wire};

/// Splits `host[:port]`; nothing else may stand there. Of an IPv6 address the host keeps the brackets.
pub(super) fn split(authority: &str) -> Option<(&str, Option<u16>)> {
    let bytes = authority.as_bytes();
    let host_end =
        if bytes.first() == Some(&b'[') { bytes.iter().position(|b| *b == b']')? } else { 0 };
    let (host, port) = match bytes[host_end..].iter().position(|b| *b == b':') {
        Some(colon) => (
            authority.get(..host_end + colon)?,
            Some(port(authority.get(host_end + colon + 1..)?)?),
        ),
        None => (authority, None),
    };
    (is_name(host) || is_v6(host)).then_some((host, port))
}

/// Whether the host can only be this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let ends_in_localhost = host
        .len()
        .checked_sub(9)
        .and_then(|at| host.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("localhost"));
    (ends_in_localhost && (host.len() == 9 || host.as_bytes()[host.len() - 10] == b'.'))
        || host == "[::1]"
        || ip::v4(host.as_bytes()).is_some_and(|address| address[0] == 127)
}

/// Labels of letters, digits, `-` and `_`, joined by dots. Other scripts are written in punycode.
fn is_name(host: &str) -> bool {
    let is_label = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-')
    };
    host.len() <= 253 && host.as_bytes().split(|b| *b == b'.').all(is_label)
}

fn is_v6(host: &str) -> bool {
    host.strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .is_some_and(|address| ip::is_v6(address.as_bytes()))
}

fn port(digits: &str) -> Option<u16> {
    let number = wire::number(digits.as_bytes(), 10).filter(|_| !digits.starts_with('0'))?;
    number.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_told_apart() {
        assert_eq!(split("anchor.example.com"), Some(("anchor.example.com", None)));
        assert_eq!(split("localhost:8000"), Some(("localhost", Some(8000))));
        assert_eq!(split("[::1]:65535"), Some(("[::1]", Some(65535))));
        assert_eq!(split("[2001:db8::1]"), Some(("[2001:db8::1]", None)));
        assert_eq!(split("xn--nxasmq6b.example"), Some(("xn--nxasmq6b.example", None)));
    }

    #[test]
    fn nothing_else_is_a_host() {
        for bad in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a.b",
            "a-.b",
            "a b",
            "a/b",
            "a?b",
            "a#b",
            "a@b",
            "a:b@c",
            "a\\b",
            "a%41",
            "münchen.example",
            "a:",
            "a:0",
            "a:080",
            "a:+80",
            "a:65536",
            "a:80:90",
            "::1",
            "[::1",
            "::1]",
            "[::1]x",
            "[]",
            "[::1]:",
            "[a]",
            "x[::1]",
            "]:1",
            "a\n",
        ] {
            assert_eq!(split(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for host in
            ["localhost", "LOCALHOST", "anchor.localhost", "127.0.0.1", "127.8.9.1", "[::1]"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "localhost.example.com",
            "notlocalhost",
            "127.0.0.1.nip.example",
            "127.1",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "[::2]",
            "ost",
            "",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
