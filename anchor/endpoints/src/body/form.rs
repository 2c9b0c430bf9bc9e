//! `application/x-www-form-urlencoded`, in queries and bodies.

use super::{
    BodyError,
    parameters::{Parameters, form_text},
};

/// Reads a form. Refuses invalid UTF-8, so that no replacement characters are stored.
pub(super) fn read(form: &[u8], members: &mut Parameters) -> Result<(), BodyError> {
    pairs(form).try_for_each(|pair| insert(pair, members))
}

/// Reads a query, which has no fields of a customer: a parameter without a value counts as absent.
pub(super) fn read_query(query: &[u8], members: &mut Parameters) -> Result<(), BodyError> {
    let mut given = pairs(query).filter(|(_, value)| !value.is_empty());
    given.try_for_each(|pair| insert(pair, members))
}

/// Names and values, still encoded.
fn pairs(form: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        (&pair[..at], pair.get(at + 1..).unwrap_or_default())
    })
}

fn insert((name, value): (&[u8], &[u8]), members: &mut Parameters) -> Result<(), BodyError> {
    members.insert(decode(name)?, form_text(decode(value)?))
}

fn decode(encoded: &[u8]) -> Result<String, BodyError> {
    const MALFORMED: BodyError = BodyError::Malformed("parameters are not URL-encoded UTF-8");
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, tail @ ..] = rest {
        rest = tail;
        decoded.push(match first {
            b'+' => b' ',
            b'%' => {
                let ([high, low], tail) = tail.split_first_chunk().ok_or(MALFORMED)?;
                rest = tail;
                digit(*high).ok_or(MALFORMED)? << 4 | digit(*low).ok_or(MALFORMED)?
            }
            other => *other,
        });
    }
    String::from_utf8(decoded).map_err(|_| MALFORMED)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_can_be_encoded() {
        assert_eq!(decode(b"a+b%2Bc%26%3D%25%e2%82%AC%0a").unwrap(), "a b+c&=%€\n");
    }
}
