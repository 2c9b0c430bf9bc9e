//! Texts, put together from their parts.
//!
//! `format!` can do more, such as widths and alignments, and every page would download that. Errors and identifiers state their
//! text once, with [`says!`](crate::says), and are [`Display`](core::fmt::Display) for it too.

#[doc(hidden)] // For the macros, in crates of either kind.
pub use alloc::string::String;

/// What can be part of a text.
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

/// The text that is made of these parts, each a reference to something that can [`Say`] itself.
///
/// ```
/// use windlass_core::text;
///
/// let (name, count) = ("memo", 28_u64);
/// assert_eq!(text!(name, " has ", &count, " bytes"), "memo has 28 bytes");
/// ```
#[macro_export]
macro_rules! text {
    ($($part:expr),+ $(,)?) => {{
        let mut text = ::core::default::Default::default();
        $($crate::text::Say::say($part, &mut text);)+
        text
    }};
}

/// States the text of each form of a type: for [`Say`](crate::text::Say) and for `Display`.
#[macro_export]
macro_rules! says {
    ($type:ty: $($(#[$attribute:meta])* $form:pat $(if $guard:expr)? => $($part:expr),+;)+) => {
        impl $crate::text::Say for $type {
            fn say(&self, out: &mut $crate::text::String) {
                match self {
                    $($(#[$attribute])* $form $(if $guard)? => {
                        $($crate::text::Say::say($part, out);)+
                    })+
                }
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&$crate::text::Say::text(self))
            }
        }
    };
}

impl Say for str {
    fn say(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Say for String {
    fn say(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<T: Say + ?Sized> Say for &T {
    fn say(&self, out: &mut String) {
        (*self).say(out);
    }
}

impl Say for u64 {
    fn say(&self, out: &mut String) {
        if *self >= 10 {
            (self / 10).say(out);
        }
        out.push(char::from(b'0' + (self % 10) as u8));
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Say for $number {
            fn say(&self, out: &mut String) {
                (*self as u64).say(out);
            }
        })+
    };
}
numbers!(u8, u16, u32, usize);

impl Say for i64 {
    fn say(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        self.unsigned_abs().say(out);
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString as _;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_read_as_the_library_writes_them(n: u64, small in 0..200_u64, i: i64) {
            prop_assert_eq!((n.text(), small.text(), i.text()), (n.to_string(), small.to_string(), i.to_string()));
        }
    }

    #[test]
    fn the_largest_numbers_are_written_whole() {
        assert_eq!(
            text!(&u64::MAX, " ", &i64::MIN, " ", &0_u8),
            "18446744073709551615 -9223372036854775808 0"
        );
    }
}
