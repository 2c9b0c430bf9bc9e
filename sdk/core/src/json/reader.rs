//! The text, piece by piece.

use alloc::{string::String, vec::Vec};

use super::{JsonError, Object, Value};
use crate::wire;

/// How deep lists and objects may be in each other.
const MAX_DEPTH: u8 = 127;

const NOT_JSON: &str = "not JSON";

/// Reads a value, to the last byte.
#[inline(never)]
pub(super) fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let mut reader = Reader { bytes, at: 0, fault: None };
    let value = reader.value(0);
    reader.peek();
    if reader.at < reader.bytes.len() {
        reader.fail("something follows the value");
    }
    reader.fault.map_or(Ok(value), Err)
}

/// Reads from the front.
///
/// After the first fault nothing is left to read, and [`parse`] tells the fault: that is less code than to stop in every place.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    fault: Option<JsonError>,
}

impl<'a> Reader<'a> {
    /// Only the first fault counts.
    #[inline(never)]
    fn fail(&mut self, problem: &'static str) {
        self.fault.get_or_insert(JsonError::new(problem));
        self.bytes = &[];
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no blank, or 0 at the end, as nothing begins with that. It stays.
    fn peek(&mut self) -> u8 {
        loop {
            match self.rest().first() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                next => return next.copied().unwrap_or_default(),
            }
        }
    }

    fn expect(&mut self, byte: u8) {
        if self.peek() == byte {
            self.at += 1;
        } else {
            self.fail(NOT_JSON);
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Value {
        if !self.rest().starts_with(word.as_bytes()) {
            self.fail(NOT_JSON);
        }
        self.at += word.len();
        value
    }

    /// A value, inside of so many others.
    fn value(&mut self, depth: u8) -> Value {
        match self.peek() {
            b'{' => {
                let mut members = Vec::new();
                self.items(depth, b'}', &mut |reader| {
                    let name = reader.string();
                    reader.expect(b':');
                    members.push((name, reader.value(depth + 1)));
                });
                Value::Object(Object(members))
            }
            b'[' => {
                let mut items = Vec::new();
                self.items(depth, b']', &mut |reader| items.push(reader.value(depth + 1)));
                Value::List(items)
            }
            b'"' => Value::Text(self.string()),
            b't' => self.word("true", Value::Boolean(true)),
            b'f' => self.word("false", Value::Boolean(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number().map_or(Value::OtherNumber, Value::Number),
        }
    }

    /// The items of a list or object that `end` closes.
    fn items(&mut self, depth: u8, end: u8, item: &mut dyn FnMut(&mut Self)) {
        if depth >= MAX_DEPTH {
            return self.fail("too deep");
        }
        self.at += 1;
        let mut first = true;
        while self.fault.is_none() && self.peek() != end {
            if !core::mem::take(&mut first) {
                self.expect(b',');
            }
            item(self);
        }
        self.at += 1;
    }

    /// The next byte; 0 at the end.
    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied();
        if byte.is_none() {
            self.fail("cut short");
        }
        self.at += 1;
        byte.unwrap_or_default()
    }

    fn string(&mut self) -> String {
        self.expect(b'"');
        let mut text = Vec::new();
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    let c = self.escape();
                    text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=31 => {
                    self.fail("control character in a string");
                    break;
                }
                byte => text.push(byte),
            }
        }
        String::from_utf8(text).unwrap_or_else(|_| {
            self.fail("not UTF-8");
            String::new()
        })
    }

    fn escape(&mut self) -> char {
        match self.byte() {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let mut code = self.hex();
                if (0xd800..0xdc00).contains(&code) {
                    self.word("\\u", Value::Null);
                    let low = self.hex().wrapping_sub(0xdc00);
                    code = if low < 0x400 {
                        0x10000 + ((code - 0xd800) << 10) + low
                    } else {
                        u32::MAX
                    };
                }
                char::from_u32(code).unwrap_or_else(|| {
                    self.fail("half a character");
                    '\0'
                })
            }
            byte @ (b'"' | b'\\' | b'/') => byte.into(),
            _ => {
                self.fail("unknown escape");
                '\0'
            }
        }
    }

    fn hex(&mut self) -> u32 {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()).to_digit(16);
            if digit.is_none() {
                self.fail("not hexadecimal");
            }
            unit = unit * 16 + digit.unwrap_or_default();
        }
        unit
    }

    /// A whole number, or `None` for any other.
    fn number(&mut self) -> Option<u64> {
        let negative = self.eat("-");
        let integer = self.digits();
        if integer.len() > 1 && integer[0] == b'0' {
            self.fail(NOT_JSON);
        }
        let fraction = self.eat(".");
        if fraction {
            self.digits();
        }
        let exponent = self.eat("eE");
        if exponent {
            self.eat("+-");
            self.digits();
        }
        if negative || fraction || exponent { None } else { wire::number(integer, 10) }
    }

    /// One of these bytes, if it comes next.
    fn eat(&mut self, wanted: &str) -> bool {
        let found =
            self.rest().first().is_some_and(|next| wanted.bytes().any(|byte| byte == *next));
        self.at += usize::from(found);
        found
    }

    /// At least one digit.
    fn digits(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            self.fail(NOT_JSON);
        }
        self.at += end;
        &rest[..end]
    }
}
