//! The syntax of TOML 1.1: a reader of our own, private to SEP-1, because of its size.
//!
//! With `toml_parser`, the tokenizer of the `toml` crate, in its place, the npm package is 12.8 KB
//! larger (gzip -9: `windlass` 123,313 and then 136,149 bytes, `windlass/sign-in` 75,713 and then
//! 88,016); the `toml` crate adds 20 KB. Property tests compare this reader with that crate. This
//! reader is more tolerant in one thing: it does not check the inside of floats and dates, because
//! SEP-1 has no such key.

use std::collections::BTreeMap;

/// Tables, lists and dotted keys may be nested this deep. Reading and dropping them is recursive.
const MAX_DEPTH: usize = 64;

/// A value. Kinds that SEP-1 does not use are all [`Value::Other`].
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// A whole number of 0 or more.
    Integer(u64),
    Boolean(bool),
    List(Vec<Self>),
    /// The tables under `[[name]]`. Unlike in a list, further ones may be added.
    Tables(Vec<Self>),
    Table(Table),
    /// A negative or larger number, a float, a date or a time.
    Other,
}

/// Keys and their values.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    entries: BTreeMap<String, Value>,
    origin: Origin,
}

/// How a table was defined. That decides what may be added to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Origin {
    /// `[a]` or the root: other headers may add tables.
    #[default]
    Header,
    /// The `a` of `[a.b]`: the header `[a]` may still come.
    Implicit,
    /// The `a` of `a.b = 1`: the same part of the file may add keys, headers may add tables.
    Dotted,
    /// `{…}`: nothing may be added.
    Inline,
}

impl Value {
    /// The table to which a dotted key or a header may add.
    fn open(&mut self, by: Origin) -> Option<&mut Table> {
        match self {
            Self::Table(table) => match (table.origin, by) {
                // So far the table was only part of the name of other headers. Now it gets keys.
                (Origin::Implicit, Origin::Dotted) => {
                    table.origin = Origin::Dotted;
                    Some(table)
                }
                (Origin::Dotted, _) | (Origin::Header | Origin::Implicit, Origin::Implicit) => {
                    Some(table)
                }
                _ => None,
            },
            Self::Tables(tables) if by == Origin::Implicit => tables.last_mut()?.open(by),
            _ => None,
        }
    }
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entries.get(key)
    }

    /// The table that holds the last part of a dotted key, and that part. Missing tables are made.
    fn descend(&mut self, mut path: Vec<String>, by: Origin) -> Option<(&mut Self, String)> {
        let last = path.pop()?;
        let mut table = self;
        for part in path {
            let made = || Value::Table(Self { origin: by, ..Self::default() });
            table = table.entries.entry(part).or_insert_with(made).open(by)?;
        }
        Some((table, last))
    }

    /// Adds `key = value`.
    fn insert(&mut self, path: Vec<String>, value: Value) -> Option<()> {
        let (table, key) = self.descend(path, Origin::Dotted)?;
        match table.entries.insert(key, value) {
            None => Some(()),
            Some(_) => None,
        }
    }

    /// The table under a header, whose keys follow.
    fn header(&mut self, path: Vec<String>, one_of_many: bool) -> Option<&mut Self> {
        let (table, key) = self.descend(path, Origin::Implicit)?;
        let made = || {
            if one_of_many {
                Value::Tables(Vec::new())
            } else {
                Value::Table(Self { origin: Origin::Implicit, ..Self::default() })
            }
        };
        let value = table.entries.entry(key).or_insert_with(made);
        match value {
            Value::Tables(tables) if one_of_many => {
                tables.push(Value::Table(Self::default()));
                value.open(Origin::Implicit)
            }
            Value::Table(table) if !one_of_many && table.origin == Origin::Implicit => {
                table.origin = Origin::Header;
                Some(table)
            }
            _ => None,
        }
    }
}

/// Where the text is not TOML, and what was expected there.
#[derive(Debug)]
pub(super) struct Fault {
    /// The line, counted from 1.
    pub(super) line: usize,
    pub(super) message: &'static str,
}

/// Reads a whole document.
pub(super) fn parse(text: &str) -> Result<Table, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes();
    let mut reader = Reader { text, at: 0, fault: None };
    let table = reader.document();
    reader.fault.map_or(Ok(table), Err)
}

const TOO_DEEP: &str = "nested too deeply";
const NO_END: &str = "expected the end of the string";

/// `at` is always at the start of a character: it moves past ASCII characters, or to one that was
/// found.
///
/// After the first error there is nothing left to read, so that every loop ends; [`parse`] returns
/// the error.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    fault: Option<Fault>,
}

impl<'t> Reader<'t> {
    /// Records an error, unless there is one already.
    #[inline(never)]
    fn fail(&mut self, message: &'static str) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.fault.get_or_insert(Fault { line, message });
        self.text = &[];
    }

    fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte, or 0 at the end: TOML does not allow that character.
    fn peek(&self) -> u8 {
        self.rest().first().copied().unwrap_or_default()
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted.as_bytes());
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// The next bytes, as long as `wanted` accepts them.
    fn take(&mut self, wanted: fn(u8) -> bool) -> &'t [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|b| !wanted(*b)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn blanks(&mut self) {
        self.take(|b| b == b' ' || b == b'\t');
    }

    /// Blanks, line breaks and comments.
    fn space(&mut self) {
        loop {
            self.take(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
            if self.peek() != b'#' {
                return;
            }
            self.comment();
        }
    }

    fn comment(&mut self) {
        if self.peek() == b'#' {
            self.take(|b| b != b'\n');
        }
    }

    fn document(&mut self) -> Table {
        let bytes = self.text;
        let is_forbidden = |(i, b): (usize, &u8)| match b {
            b'\r' => bytes.get(i + 1) != Some(&b'\n'),
            b'\t' | b'\n' => false,
            b => b.is_ascii_control(),
        };
        if let Some(at) = bytes.iter().enumerate().position(is_forbidden) {
            self.at = at;
            self.fail("control characters are not allowed");
        }

        let mut root = Table::default();
        self.section(&mut root);
        while self.eat("[") {
            let one_of_many = self.eat("[");
            let path = self.key();
            if !self.eat(if one_of_many { "]]" } else { "]" }) {
                self.fail("expected the end of the table's name");
            }
            self.end_of_line();
            let head = self.at - 1;
            if let Some(table) = root.header(path, one_of_many) {
                self.section(table);
            } else {
                self.at = head;
                self.fail("this table is already defined, or its name is taken");
            }
        }
        root
    }

    /// The keys up to the next header.
    fn section(&mut self, table: &mut Table) {
        loop {
            self.space();
            if matches!(self.peek(), 0 | b'[') {
                return;
            }
            self.assignment(table, 0);
            self.end_of_line();
        }
    }

    fn end_of_line(&mut self) {
        self.blanks();
        self.comment();
        let ended = self.peek() == 0 || self.eat("\n") || self.eat("\r\n");
        if !ended {
            self.fail("expected the end of the line");
        }
    }

    fn assignment(&mut self, table: &mut Table, depth: usize) {
        let path = self.key();
        if !self.eat("=") {
            self.fail("expected =");
        }
        self.blanks();
        let value = self.value(depth + path.len());
        if table.insert(path, value).is_none() {
            self.fail("this key already has a value");
        }
    }

    /// A dotted key and the blanks around it.
    fn key(&mut self) -> Vec<String> {
        let mut path = Vec::new();
        loop {
            self.blanks();
            path.push(match self.peek() {
                quote @ (b'"' | b'\'') => self.string(quote, false),
                _ => {
                    let bare = self.take(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                    if bare.is_empty() {
                        self.fail("expected a key");
                    }
                    string(bare.into())
                }
            });
            if path.len() > MAX_DEPTH {
                self.fail(TOO_DEEP);
            }
            self.blanks();
            if !self.eat(".") {
                return path;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            self.fail(TOO_DEEP);
        }
        match self.peek() {
            quote @ (b'"' | b'\'') => Value::Text(self.string(quote, true)),
            b'[' => {
                let mut items = Vec::new();
                self.list("]", &mut |reader| items.push(reader.value(depth + 1)));
                Value::List(items)
            }
            b'{' => {
                let mut table = Table::default();
                self.list("}", &mut |reader| reader.assignment(&mut table, depth));
                table.origin = Origin::Inline;
                Value::Table(table)
            }
            _ => self.scalar(),
        }
    }

    /// Items between brackets, with commas between them and perhaps after the last.
    fn list(&mut self, end: &str, item: &mut dyn FnMut(&mut Self)) {
        self.at += 1;
        loop {
            self.space();
            if self.eat(end) {
                return;
            }
            item(self);
            self.space();
            if !self.eat(",") && !self.rest().starts_with(end.as_bytes()) {
                return self.fail("expected a comma or the end of the list");
            }
        }
    }

    fn scalar(&mut self) -> Value {
        let is_part =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b':' | b'_');
        let word = self.take(is_part);
        match word {
            b"true" => Value::Boolean(true),
            b"false" => Value::Boolean(false),
            b"inf" | b"nan" => Value::Other,
            [b'0'..=b'9', _, _, _, b'-', _, _, b'-', _, _]
                if self.rest().get(1).is_some_and(u8::is_ascii_digit) && self.eat(" ") =>
            {
                self.take(is_part);
                Value::Other
            }
            [b'0'..=b'9' | b'+' | b'-', ..] => integer(word).map_or(Value::Other, Value::Integer),
            _ => {
                self.fail("expected a value");
                Value::Other
            }
        }
    }

    /// A string in these quotes. With `may_be_long`, three quotes begin one with many lines.
    fn string(&mut self, quote: u8, may_be_long: bool) -> String {
        let long = may_be_long && self.rest().starts_with(&[quote; 3]);
        self.at += if long { 3 } else { 1 };
        if long {
            // A line break right after the opening quotes is not part of the string.
            let _ = self.eat("\n") || self.eat("\r\n");
        }
        let mut text = Vec::new();
        loop {
            match self.peek() {
                b'\\' if quote == b'"' => self.escape(long, &mut text),
                byte if byte == quote => {
                    // Up to two quotes may come before the three that end a long string.
                    let most = if long { 5 } else { 1 };
                    let count = self.rest().iter().take(most).take_while(|b| **b == quote).count();
                    self.at += count;
                    let ends = if long { 3 } else { 1 };
                    let inside = if count < ends { count } else { count - ends };
                    text.extend_from_slice(&[quote; 2][..inside]);
                    if count >= ends {
                        break;
                    }
                }
                byte if byte != 0 && (long || (byte != b'\n' && byte != b'\r')) => {
                    text.push(byte);
                    self.at += 1;
                }
                _ => {
                    self.fail(NO_END);
                    break;
                }
            }
        }
        string(text)
    }

    /// Reads an escape: a character, or in a long string a line break with the white space around
    /// it, which is left out.
    fn escape(&mut self, long: bool, text: &mut Vec<u8>) {
        self.at += 1;
        if long {
            let before = self.at;
            self.blanks();
            if matches!(self.peek(), b'\n' | b'\r') {
                self.take(|b| b.is_ascii_whitespace());
                return;
            }
            self.at = before;
        }
        let escaped = self.peek();
        let digits = match escaped {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let character = match escaped {
            b'b' => Some('\u{8}'),
            b't' => Some('\t'),
            b'n' => Some('\n'),
            b'f' => Some('\u{c}'),
            b'r' => Some('\r'),
            b'e' => Some('\u{1b}'),
            b'"' | b'\\' => Some(escaped.into()),
            _ => self
                .rest()
                .get(1..=digits)
                .and_then(|hex| number(hex, 16))
                .and_then(|code| char::from_u32(code as u32)),
        };
        let Some(character) = character else {
            return self.fail(if escaped == 0 { NO_END } else { "unknown escape in a string" });
        };
        self.at += 1 + digits;
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Always UTF-8: whole characters of the document, and escapes.
fn string(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_default()
}

/// A whole number of 0 or more as TOML writes it: `7`, `+1_000`, `0xFF`.
fn integer(word: &[u8]) -> Option<u64> {
    let (digits, radix) = match word {
        [b'0', b'x', digits @ ..] => (digits, 16),
        [b'0', b'o', digits @ ..] => (digits, 8),
        [b'0', b'b', digits @ ..] => (digits, 2),
        [b'+', digits @ ..] | digits => (digits, 10),
    };
    // No leading zeros, and each _ is between two digits.
    if radix == 10 && digits.len() > 1 && digits[0] == b'0' {
        return None;
    }
    let mut digits_only = Vec::new();
    for digits in digits.split(|b| *b == b'_') {
        if digits.is_empty() {
            return None;
        }
        digits_only.extend_from_slice(digits);
    }
    number(&digits_only, radix)
}

/// A whole number of 0 or more: digits alone, no sign.
fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u64::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
mod tests;
