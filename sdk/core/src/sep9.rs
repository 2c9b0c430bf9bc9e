//! Standard KYC fields ([SEP-9]): their names, and the rules for their values.
//!
//! [`FIELDS`] is the whole catalogue: 92 names for 88 values. [`check`] checks one value,
//! [`Rules::check`] all values of a request together, and [`check_file`] the bytes of a photo or
//! document. Wallets call them before sending, anchors on receipt; both get the same result.
//!
//! All values are personal data (S09-18): no `Debug` output and no error of this module shows one.
//!
//! ```
//! use windlass_core::{map::Map, sep9::{Rules, Value}, time::Date};
//!
//! let today: Date = "2026-01-02".parse()?;
//! let values = Map::from([
//!     ("last_name".into(), Value::from("Ōe")),
//!     ("address_country_code".into(), Value::from("jpn")),
//! ]);
//! let accepted = Rules::on(today).check(&values).unwrap();
//! assert_eq!((accepted[0].field.canonical, accepted[0].value.as_str()), ("family_name", "Ōe"));
//! let country = &accepted[1];
//! assert_eq!((country.field.canonical, country.value.as_str()), ("address_country_code", "JPN"));
//! # Ok::<(), windlass_core::time::NotADate>(())
//! ```
//!
//! [SEP-9]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0009.md

mod catalogue;
mod check;
mod codes;
mod error;
mod field;
mod media;
mod name;
mod rules;
mod value;
#[cfg(test)]
mod vectors;

pub use catalogue::{FIELDS, field};
pub use check::{Context, check, check_file};
pub use error::{Checks, FieldError, Severity, ValueError};
pub use field::{Field, Format, Group, Kind};
pub use media::{MediaType, sniff};
pub use name::Name;
pub use rules::{Accepted, Rules};
pub use value::{MAX_TEXT_BYTES, Value};
