#![doc = include_str!("../README.md")]

mod anchor;
mod clock;
mod encode;
mod error;
mod exchange;
#[cfg(feature = "http")]
mod http;
mod session;
mod sign_in;
mod signer;
#[cfg(test)]
mod testing;
mod transport;

pub use anchor::{Anchor, Options};
pub use clock::Clock;
pub use error::Error;
#[cfg(feature = "http")]
pub use http::Http;
pub use session::{Session, check_fields};
pub use sign_in::SignIn;
pub use signer::{SignRequest, Signer, SignerError};
pub use transport::{Request, Response, Transport, TransportError};
