//! Tables of the file. One declaration names a key once, for reading and for writing.

use std::marker::PhantomData;

use super::{
    ContractId, Entry, KeyError, Reason,
    syntax::{self, Value},
};
use crate::{account::PublicKey, link::Link};

/// Declares a struct whose fields are the keys of a table.
macro_rules! table {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $ty:ty = $key:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Eq, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(rename = $key, skip_serializing_if = "Entry::is_not_ok")]
                pub $field: Entry<$ty>,
            )+
        }

        impl $name {
            fn read(table: &$crate::sep1::syntax::Table) -> Self {
                let keys = $crate::sep1::table::Keys::<'_, Self>::new(table);
                Self { $($field: keys.$field(),)+ }
            }

            fn write(&self, out: &mut String) {
                $($crate::sep1::table::write(&self.$field, $key, out);)+
            }

            /// The keys whose values could not be read.
            pub(super) fn invalid(&self) -> Vec<$crate::sep1::KeyError> {
                $crate::sep1::entry::collect([$(self.$field.invalid(),)+])
            }
        }

        impl $crate::sep1::table::Keys<'_, $name> {
            $(
                $(#[$field_doc])*
                pub fn $field(self) -> Entry<$ty> {
                    $crate::sep1::table::read(self.table, $key)
                }
            )+
        }

        impl $crate::sep1::table::Table for $name {
            fn read(table: &$crate::sep1::syntax::Table) -> Self {
                Self::read(table)
            }

            fn write(&self, out: &mut String) {
                self.write(out);
            }
        }
    };
}
pub(super) use table;

/// The keys of a table, each read by its own method. A module contains the code of the methods that
/// are called, and no others.
#[derive(Debug)]
pub struct Keys<'t, T> {
    pub(super) table: &'t syntax::Table,
    of: PhantomData<T>,
}

impl<T> Clone for Keys<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Keys<'_, T> {}

impl<'t, T> Keys<'t, T> {
    pub(super) const fn new(table: &'t syntax::Table) -> Self {
        Self { table, of: PhantomData }
    }
}

/// A struct that [`table!`] declares.
pub(super) trait Table: Sized {
    fn read(table: &syntax::Table) -> Self;
    fn write(&self, out: &mut String);
}

/// A value that a key can have.
pub(super) trait Item: Sized {
    /// Reads the value; `None` if it is ignored, such as a word of a newer SEP-1 (S01-15).
    fn read(value: &Value) -> Result<Option<Self>, Reason>;

    /// Writes the value alone.
    fn write(&self, out: &mut String);

    /// Writes the value under a key.
    fn write_under(&self, key: &str, out: &mut String) {
        out.push_str(key);
        out.push_str(" = ");
        self.write(out);
        out.push('\n');
    }

    /// Writes several values under a key.
    fn write_list_under(items: &[Self], key: &str, out: &mut String) {
        out.push_str(key);
        out.push_str(" = [");
        for (i, item) in items.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { ", " });
            item.write(out);
        }
        out.push_str("]\n");
    }
}

pub(super) fn read<T: Item>(table: &syntax::Table, key: &'static str) -> Entry<T> {
    match table.get(key).map(T::read) {
        None | Some(Ok(None)) => Entry::Absent,
        Some(Ok(Some(value))) => Entry::Given(value),
        Some(Err(reason)) => Entry::Invalid(KeyError::new(key, reason)),
    }
}

pub(super) fn write<T: Item>(entry: &Entry<T>, key: &str, out: &mut String) {
    if let Some(value) = entry.ok() {
        value.write_under(key, out);
    }
}

/// The text of a string value.
pub(super) fn text(value: &Value) -> Result<&str, Reason> {
    if let Value::Text(text) = value { Ok(text) } else { Err(Reason::WrongType("a string")) }
}

/// Writes a basic string of TOML, with control characters, quotes and backslashes escaped.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..=' ' | '\u{7f}' if c != ' ' => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

impl Item for String {
    fn read(value: &Value) -> Result<Option<Self>, Reason> {
        Ok(Some(text(value)?.into()))
    }

    fn write(&self, out: &mut String) {
        quote(self, out);
    }
}

macro_rules! parsed {
    ($($ty:ty),+) => {
        $(impl Item for $ty {
            fn read(value: &Value) -> Result<Option<Self>, Reason> {
                Ok(Some(text(value)?.parse()?))
            }

            fn write(&self, out: &mut String) {
                quote(&self.to_string(), out);
            }
        })+
    };
}
parsed!(PublicKey, ContractId, Link);

impl Item for bool {
    fn read(value: &Value) -> Result<Option<Self>, Reason> {
        if let Value::Boolean(flag) = value {
            Ok(Some(*flag))
        } else {
            Err(Reason::WrongType("true or false"))
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Item for u64 {
    fn read(value: &Value) -> Result<Option<Self>, Reason> {
        if let Value::Integer(number) = value {
            Ok(Some(*number))
        } else {
            Err(Reason::WrongType("a whole number of 0 or more"))
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl<T: Item> Item for Vec<T> {
    fn read(value: &Value) -> Result<Option<Self>, Reason> {
        let (Value::List(items) | Value::Tables(items)) = value else {
            return Err(Reason::WrongType("a list"));
        };
        let mut list = Self::new();
        for item in items {
            list.extend(T::read(item)?);
        }
        Ok(Some(list))
    }

    fn write(&self, _: &mut String) {}

    fn write_under(&self, key: &str, out: &mut String) {
        T::write_list_under(self, key, out);
    }
}

impl<T: Table> Item for T {
    fn read(value: &Value) -> Result<Option<Self>, Reason> {
        if let Value::Table(table) = value {
            Ok(Some(Table::read(table)))
        } else {
            Err(Reason::WrongType("a table"))
        }
    }

    fn write(&self, out: &mut String) {
        Table::write(self, out);
    }

    fn write_under(&self, key: &str, out: &mut String) {
        out.push_str(&format!("\n[{key}]\n"));
        Table::write(self, out);
    }

    fn write_list_under(items: &[Self], key: &str, out: &mut String) {
        for item in items {
            out.push_str(&format!("\n[[{key}]]\n"));
            Table::write(item, out);
        }
    }
}
