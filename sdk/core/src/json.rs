//! JSON for the wallet: what the messages need, and no more.
//!
//! A general library brings the arithmetic of floating point numbers along, and a way to read each type from a list as well
//! as from an object. No message needs either, and a browser would download both. Numbers are whole and not negative; any
//! other is read as "some other value", which no field takes. Tests hold it to the general library.

mod de;
mod error;
mod reader;
mod ser;

pub use de::from_slice;
pub use error::JsonError;
pub use ser::to_string;

#[cfg(test)]
mod tests;
