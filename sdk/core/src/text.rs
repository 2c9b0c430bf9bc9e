//! Texts by `Display`. Only `windlass-wasm` still uses this module; it goes with its last use.

use std::fmt::{Display, Write as _};

/// What can be part of a text: everything that implements `Display`.
pub trait Say {
    /// Writes it at the end of a text.
    fn say(&self, out: &mut String);

    /// Its text alone.
    fn text(&self) -> String {
        let mut out = String::new();
        self.say(&mut out);
        out
    }
}

impl<T: Display + ?Sized> Say for T {
    fn say(&self, out: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{self}");
    }
}

/// The text that is made of these parts. Use `format!` instead.
#[macro_export]
macro_rules! text {
    ($($part:expr),+ $(,)?) => {{
        let mut text = ::std::string::String::new();
        $($crate::text::Say::say($part, &mut text);)+
        text
    }};
}
