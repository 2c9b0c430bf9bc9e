//! The configuration as far as a page has one.

#[path = "../config/limits.rs"]
mod limits;

pub use limits::Limits;
