//! IP addresses as text, as `core::net` reads them, in a quarter of its code.

use crate::wire;

/// Whether it is an IPv4 or IPv6 address, without brackets.
pub(crate) fn is_address(text: &str) -> bool {
    v4(text).is_some() || is_v6(text)
}

/// The bytes of an IPv4 address: four numbers without leading zeros.
pub(crate) fn v4(text: &str) -> Option<[u8; 4]> {
    let (first, rest) = wire::cut(text, b'.')?;
    let (second, rest) = wire::cut(rest, b'.')?;
    let (third, fourth) = wire::cut(rest, b'.')?;
    Some([byte(first)?, byte(second)?, byte(third)?, byte(fourth)?])
}

fn byte(text: &str) -> Option<u8> {
    let canonical = text.len() == 1 || !text.starts_with('0');
    wire::number(text.as_bytes(), 10).filter(|_| canonical)?.try_into().ok()
}

/// Whether it is an IPv6 address: eight groups, or fewer around one `::`.
pub(crate) fn is_v6(text: &str) -> bool {
    let gap = text.as_bytes().windows(2).position(|two| two == b"::");
    let (before, after) = match gap {
        None => return groups(text, true) == Some(8),
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 2..).unwrap_or_default()),
    };
    match (groups(before, false), groups(after, true)) {
        (Some(before), Some(after)) => before + after <= 7,
        _ => false,
    }
}

/// How many groups there are. At the end of an address, an IPv4 address may stand for two.
fn groups(mut text: &str, at_end: bool) -> Option<usize> {
    let mut count = 0;
    while !text.is_empty() {
        let (group, rest) = match wire::cut(text, b':') {
            // A colon joins two groups.
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text, ""),
        };
        if group.len() <= 4 && wire::number(group.as_bytes(), 16).is_some() {
            count += 1;
        } else if at_end && rest.is_empty() && v4(group).is_some() {
            count += 2;
        } else {
            return None;
        }
        text = rest;
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
        prop_assert_eq!(v4(text), text.parse().ok().map(|ip: Ipv4Addr| ip.octets()), "{}", text);
        prop_assert_eq!(is_v6(text), text.parse::<Ipv6Addr>().is_ok(), "{}", text);
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
