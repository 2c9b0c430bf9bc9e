//! The text, piece by piece.

use alloc::{string::String, vec::Vec};

use super::{JsonError, Object, Value};

/// How deep lists and objects may be in each other.
const MAX_DEPTH: u8 = 127;

const NOT_JSON: JsonError = JsonError::new("not JSON");

/// Reads a value, to the last byte.
#[inline(never)]
pub(super) fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(JsonError::new("something follows the value")),
    }
}

/// Reads from the front.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The next byte that is no blank; it stays.
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NOT_JSON)
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonError> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(NOT_JSON)
        }
    }

    /// A value, inside of so many others.
    fn value(&mut self, depth: u8) -> Result<Value, JsonError> {
        Ok(match self.peek() {
            Some(b'{') => {
                let mut members = Vec::new();
                self.items(depth, b'}', &mut |reader| {
                    let name = reader.string()?;
                    reader.expect(b':')?;
                    members.push((name, reader.value(depth + 1)?));
                    Ok(())
                })?;
                Value::Object(Object(members))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.items(depth, b']', &mut |reader| {
                    items.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                Value::List(items)
            }
            Some(b'"') => Value::Text(self.string()?),
            Some(b't') => self.word("true", Value::Boolean(true))?,
            Some(b'f') => self.word("false", Value::Boolean(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => self.number()?.map_or(Value::OtherNumber, Value::Number),
        })
    }

    /// The items of a list or object that `end` closes.
    fn items(
        &mut self,
        depth: u8,
        end: u8,
        item: &mut dyn FnMut(&mut Self) -> Result<(), JsonError>,
    ) -> Result<(), JsonError> {
        if depth >= MAX_DEPTH {
            return Err(JsonError::new("too deep"));
        }
        self.at += 1;
        let mut first = true;
        while self.peek() != Some(end) {
            if !core::mem::take(&mut first) {
                self.expect(b',')?;
            }
            item(self)?;
        }
        self.at += 1;
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, JsonError> {
        let byte = self.bytes.get(self.at).copied().ok_or(JsonError::new("cut short"))?;
        self.at += 1;
        Ok(byte)
    }

    fn string(&mut self) -> Result<String, JsonError> {
        self.expect(b'"')?;
        let mut text = Vec::new();
        loop {
            match self.byte()? {
                b'"' => return String::from_utf8(text).map_err(|_| JsonError::new("not UTF-8")),
                b'\\' => {
                    let c = self.escape()?;
                    text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=31 => return Err(JsonError::new("control character in a string")),
                byte => text.push(byte),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        Ok(match self.byte()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let unit = self.hex()?;
                let code = if (0xd800..0xdc00).contains(&unit) {
                    self.word("\\u", Value::Null)?;
                    let low = self.hex()?.wrapping_sub(0xdc00);
                    if low >= 0x400 {
                        return Err(JsonError::new("half a character"));
                    }
                    0x10000 + ((unit - 0xd800) << 10) + low
                } else {
                    unit
                };
                char::from_u32(code).ok_or(JsonError::new("half a character"))?
            }
            byte @ (b'"' | b'\\' | b'/') => byte.into(),
            _ => return Err(JsonError::new("unknown escape")),
        })
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16
                + char::from(self.byte()?).to_digit(16).ok_or(JsonError::new("not hexadecimal"))?;
        }
        Ok(unit)
    }

    /// A whole number, or `None` for any other.
    fn number(&mut self) -> Result<Option<u64>, JsonError> {
        let start = self.at;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        {
            self.at += 1;
        }
        let text = &self.bytes[start..self.at];
        let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        let whole = text.strip_prefix(b"-").unwrap_or(text);
        let integer_end = whole.iter().position(|b| !b.is_ascii_digit()).unwrap_or(whole.len());
        let (integer, rest) = whole.split_at(integer_end);
        let good_integer = digits(integer) && (integer == b"0" || integer[0] != b'0');
        let rest = match rest.strip_prefix(b".") {
            None => rest,
            Some(fraction) => {
                let end =
                    fraction.iter().position(|b| !b.is_ascii_digit()).unwrap_or(fraction.len());
                if end == 0 { b"." } else { &fraction[end..] }
            }
        };
        let good_rest = match rest {
            [] => true,
            [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
                digits(exponent)
            }
            _ => false,
        };
        if !good_integer || !good_rest {
            return Err(NOT_JSON);
        }
        Ok(core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()))
    }
}
