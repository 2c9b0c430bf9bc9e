//! Writing.

/// What can be written as JSON.
pub trait ToJson {
    /// Writes the value, without blanks.
    fn to_json(&self, out: &mut String);

    /// Whether the member is left out that has this value.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes its members into an object in which others may be. What has none writes nothing.
    fn to_members(&self, _: &mut Members<'_>) {}
}

/// Writes a value, without blanks.
pub fn to_string(value: &dyn ToJson) -> String {
    let mut out = String::new();
    value.to_json(&mut out);
    out
}

/// The members of a value, by name; the value of each as JSON.
pub fn members(value: &dyn ToJson) -> Vec<(String, String)> {
    let mut members = Vec::new();
    value.to_members(&mut Members(Sink::List(&mut members)));
    members
}

/// An object that is being written.
#[derive(Debug)]
pub struct Members<'a>(Sink<'a>);

#[derive(Debug)]
enum Sink<'a> {
    Text { out: &'a mut String, first: bool },
    List(&'a mut Vec<(String, String)>),
}

impl Members<'_> {
    /// Writes an object with the members of a value.
    pub fn object(value: &dyn ToJson, out: &mut String) {
        out.push('{');
        value.to_members(&mut Members(Sink::Text { out, first: true }));
        out.push('}');
    }

    /// Writes a member, unless it is left out.
    pub fn member(&mut self, name: &str, value: &dyn ToJson) {
        if value.is_absent() {
            return;
        }
        match &mut self.0 {
            Sink::Text { out, first } => {
                comma(out, first);
                string(name, out);
                out.push(':');
                value.to_json(out);
            }
            Sink::List(members) => members.push((name.to_owned(), to_string(value))),
        }
    }
}

fn comma(out: &mut String, first: &mut bool) {
    if !core::mem::take(first) {
        out.push(',');
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    // Almost no text has anything to escape, and letter by letter it takes many times as long.
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push_str(text);
    } else {
        escaped(text, out);
    }
    out.push('"');
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        let escaped = match c {
            '"' | '\\' => c,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => 'u',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push('\\');
        out.push(escaped);
        if escaped == 'u' {
            out.push_str(if c < '\u{10}' { "000" } else { "001" });
            out.push(char::from(b"0123456789abcdef"[c as usize & 15]));
        }
    }
}

impl ToJson for str {
    fn to_json(&self, out: &mut String) {
        string(self, out);
    }
}

impl ToJson for String {
    fn to_json(&self, out: &mut String) {
        string(self, out);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, out: &mut String) {
        (*self).to_json(out);
    }

    fn is_absent(&self) -> bool {
        (*self).is_absent()
    }

    fn to_members(&self, out: &mut Members<'_>) {
        (*self).to_members(out);
    }
}

impl ToJson for u64 {
    fn to_json(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

/// A flag that is not set is left out.
impl ToJson for bool {
    fn to_json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, out: &mut String) {
        match self {
            Some(value) => value.to_json(out),
            None => out.push_str("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, out: &mut String) {
        self.as_slice().to_json(out);
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self, out: &mut String) {
        out.push('[');
        let mut first = true;
        for item in self {
            comma(out, &mut first);
            item.to_json(out);
        }
        out.push(']');
    }
}
