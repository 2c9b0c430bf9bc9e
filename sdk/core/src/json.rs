//! JSON for the wallet: what the messages need, and no more.
//!
//! A text is read into one kind of [`Value`], and each message takes its members from there by name. With `serde` in this
//! place a reader and a writer were generated for each message, and others to hand them to JavaScript: that was 7.6 KB more to
//! download, compressed. The messages derive `serde` as well, for servers, and tests hold the one to the other. Numbers are
//! whole and not negative; any other is read as "some other value", which no member takes.

mod error;
mod from;
mod message;
mod reader;
mod to;
mod value;

pub use error::JsonError;
pub use from::{FromJson, from_slice};
pub(crate) use message::{message, words};
pub use to::{Members, ToJson, members, to_string};
pub use value::{Fault, Object, Value};

#[cfg(test)]
mod tests;
