//! Waiting for promises.

#[cfg(feature = "futures")]
#[path = "wait/any.rs"]
mod how;
#[cfg(not(feature = "futures"))]
#[path = "wait/told.rs"]
mod how;

pub use how::{Settled, settled};
