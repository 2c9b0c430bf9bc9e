//! Texts by `Display`. Only `windlass-client` and `windlass-wasm` still use this module; it goes with
//! their last use of it.

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

/// Implements `Display`, one text for each form of a type. Use `thiserror` or `Display` instead.
#[macro_export]
macro_rules! says {
    ($type:ty: $($(#[$attribute:meta])* $form:pat $(if $guard:expr)? => $($part:expr),+;)+) => {
        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut text = ::std::string::String::new();
                match self {
                    $($(#[$attribute])* $form $(if $guard)? => {
                        $($crate::text::Say::say($part, &mut text);)+
                    })+
                }
                f.write_str(&text)
            }
        }
    };
}
