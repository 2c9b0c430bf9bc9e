//! IP addresses as text, as `core::net` reads them, in a quarter of its code.

use crate::wire;

/// Whether it is an IPv4 or IPv6 address, without brackets.
pub(crate) fn is_address(text: &str) -> bool {
    v4(text.as_bytes()).is_some() || is_v6(text.as_bytes())
}

/// The bytes of an IPv4 address: four numbers without leading zeros.
pub(crate) fn v4(text: &[u8]) -> Option<[u8; 4]> {
    let mut bytes = [0; 4];
    let mut parts = text.split(|b| *b == b'.');
    for byte in &mut bytes {
        let part = parts.next()?;
        if part.len() > 1 && part[0] == b'0' {
            return None;
        }
        *byte = wire::number(part, 10)?.try_into().ok()?;
    }
    parts.next().is_none().then_some(bytes)
}

/// Whether it is an IPv6 address: eight groups, or fewer around one `::`.
pub(crate) fn is_v6(text: &[u8]) -> bool {
    match text.windows(2).position(|two| two == b"::") {
        None => groups(text, true) == Some(8),
        Some(at) => match (groups(&text[..at], false), groups(&text[at + 2..], true)) {
            (Some(before), Some(after)) => before + after <= 7,
            _ => false,
        },
    }
}

/// How many groups there are. At the end of an address, an IPv4 address may stand for two.
fn groups(text: &[u8], at_end: bool) -> Option<usize> {
    let mut count = 0;
    let mut left = text.len();
    for group in text.split(|b| *b == b':').filter(|_| !text.is_empty()) {
        left = left.saturating_sub(group.len() + 1);
        if (1..=4).contains(&group.len()) && group.iter().all(u8::is_ascii_hexdigit) {
            count += 1;
        } else if at_end && left == 0 && v4(group).is_some() {
            count += 2;
        } else {
            return None;
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use core::net::{Ipv4Addr, Ipv6Addr};
    use std::{format, string::ToString};

    use proptest::prelude::*;

    use super::*;

    fn agrees(text: &str) -> Result<(), TestCaseError> {
        prop_assert_eq!(
            v4(text.as_bytes()),
            text.parse().ok().map(|ip: Ipv4Addr| ip.octets()),
            "{}",
            text
        );
        prop_assert_eq!(is_v6(text.as_bytes()), text.parse::<Ipv6Addr>().is_ok(), "{}", text);
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_standard_library_agrees(
            text in "[0-9.]{0,16}|[0-9a-fA-F:]{0,40}|([0-9]{1,3}\\.){3}[0-9]{1,4}|([0-9a-f]{0,4}:){1,8}([0-9a-f]{0,5}|1\\.2\\.3\\.4)|(1:){0,8}:(:1){0,8}|\\PC{0,6}",
            v4 in any::<[u8; 4]>(), v6 in any::<[u16; 8]>(), zeros in any::<[bool; 8]>(), at in any::<prop::sample::Index>(), other in "[0-9a-g:.]?",
        ) {
            agrees(&text)?;
            let v6: [u16; 8] = core::array::from_fn(|i| if zeros[i] { 0 } else { v6[i] });
            for good in [Ipv4Addr::from(v4).to_string(), Ipv6Addr::from(v6).to_string(), format!("::ffff:{}", Ipv4Addr::from(v4))] {
                agrees(&good)?;
                let at = at.index(good.len());
                agrees(&[&good[..at], &other, &good[at + 1..]].concat())?;
                agrees(&[&good[..at], &other, &good[at..]].concat())?;
            }
        }
    }
}
