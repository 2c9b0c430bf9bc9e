//! The text, piece by piece.

use alloc::{string::String, vec::Vec};

use super::JsonError;

/// How deep lists and objects may be in each other.
const MAX_DEPTH: u8 = 127;

/// Reads from the front. Its functions are not inlined: a browser would download them once for each type.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0 }
    }

    /// The next byte that is no blank; it stays.
    #[inline(never)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    #[inline(never)]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(JsonError::new("not JSON"))
        }
    }

    #[inline(never)]
    pub(super) fn word(&mut self, word: &'static [u8]) -> Result<(), JsonError> {
        if self.bytes[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(JsonError::new("not JSON"))
        }
    }

    /// Whether another item follows in a list or object that `end` closes.
    #[inline(never)]
    pub(super) fn next(&mut self, end: u8, first: &mut bool) -> Result<bool, JsonError> {
        if self.peek() == Some(end) {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !core::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    #[inline(never)]
    pub(super) fn boolean(&mut self) -> Result<bool, JsonError> {
        let value = self.peek() == Some(b't');
        self.word(if value { b"true" } else { b"false" })?;
        Ok(value)
    }

    #[inline(never)]
    pub(super) fn whole(&mut self) -> Result<u64, JsonError> {
        self.peek();
        self.number()?.ok_or(JsonError::new("expected a whole number"))
    }

    /// Reads a value that nobody wants.
    #[inline(never)]
    pub(super) fn skip(&mut self) -> Result<(), JsonError> {
        let mut first = true;
        match self.peek() {
            Some(b'{') => {
                self.open(b'{')?;
                while self.next(b'}', &mut first)? {
                    self.string()?;
                    self.expect(b':')?;
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'[') => {
                self.open(b'[')?;
                while self.next(b']', &mut first)? {
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'"') => self.string().map(drop),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') => self.word(b"null"),
            _ => self.number().map(drop),
        }
    }

    #[inline(never)]
    pub(super) fn open(&mut self, start: u8) -> Result<(), JsonError> {
        self.expect(start)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(JsonError::new("too deep")) } else { Ok(()) }
    }

    fn byte(&mut self) -> Result<u8, JsonError> {
        let byte = self.bytes.get(self.at).copied().ok_or(JsonError::new("cut short"))?;
        self.at += 1;
        Ok(byte)
    }

    #[inline(never)]
    pub(super) fn string(&mut self) -> Result<String, JsonError> {
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
                    self.word(b"\\u")?;
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
    #[inline(never)]
    pub(super) fn number(&mut self) -> Result<Option<u64>, JsonError> {
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
            return Err(JsonError::new("not JSON"));
        }
        Ok(core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()))
    }
}
