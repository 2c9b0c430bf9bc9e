//! Host names in URLs.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host of `host[:port]`; `None` if the text is anything else. An IPv6 address keeps its
/// brackets.
pub(crate) fn of(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, rest) = authority.split_at(end);
    let good_rest = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
    (good_rest && (is_name(host) || is_v6(host))).then_some(host)
}

/// Whether the host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

/// Labels of letters, digits, `-` and `_`, joined by dots. Other scripts are written in punycode.
fn is_name(host: &str) -> bool {
    let (mut before, mut length) = (b'.', 0);
    for byte in host.bytes() {
        length = if byte == b'.' { 0 } else { length + 1 };
        let fits = match byte {
            b'.' => before != b'.' && before != b'-',
            b'-' => before != b'.',
            _ => byte.is_ascii_alphanumeric() || byte == b'_',
        };
        if !fits || length > 63 {
            return false;
        }
        before = byte;
    }
    host.len() <= 253 && before != b'.' && before != b'-'
}

fn is_v6(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

fn is_port(digits: &str) -> bool {
    !digits.starts_with(['0', '+']) && digits.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_separated() {
        assert_eq!(of("anchor.example.com"), Some("anchor.example.com"));
        assert_eq!(of("localhost:8000"), Some("localhost"));
        assert_eq!(of("[::1]:65535"), Some("[::1]"));
        assert_eq!(of("[2001:db8::1]"), Some("[2001:db8::1]"));
        assert_eq!(of("xn--nxasmq6b.example"), Some("xn--nxasmq6b.example"));
    }

    #[test]
    fn other_texts_are_not_hosts() {
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
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn labels_have_63_letters_and_names_253_at_most() {
        let long = "a.".repeat(126) + "a";
        for (good, bad) in [("a".repeat(63), "a".repeat(64)), (long.clone(), long + "a")] {
            assert_eq!((of(&good), of(&bad)), (Some(good.as_str()), None));
        }
    }

    #[test]
    fn loopback_hosts_are_only_on_this_machine() {
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
