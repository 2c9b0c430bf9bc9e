//! `application/x-www-form-urlencoded`, in queries and bodies.

use super::{
    BodyError,
    parameters::{Parameters, form_text},
};

/// Reads a form. Refuses invalid UTF-8, so that no replacement characters are stored.
pub(super) fn read(form: &[u8], members: &mut Parameters) -> Result<(), BodyError> {
    for pair in form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
        members.insert(decode(name)?, form_text(decode(value)?))?;
    }
    Ok(())
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
