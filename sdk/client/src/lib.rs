#![doc = include_str!("../README.md")]

mod anchor;
#[cfg(feature = "callbacks")]
mod callbacks;
mod clock;
mod credentials;
mod curve;
#[cfg(feature = "callbacks")]
mod domain_signing;
mod encode;
mod error;
mod exchange;
#[cfg(feature = "http")]
mod http;
mod queue;
mod renew;
mod session;
mod sign_in;
mod signer;
#[cfg(test)]
mod testing;
mod timer;
mod transport;

pub use anchor::{Anchor, Options};
#[cfg(feature = "callbacks")]
pub use callbacks::{Callbacks, verify_callback};
pub use clock::Clock;
pub use credentials::Credentials;
#[cfg(feature = "callbacks")]
pub use domain_signing::open_for_domain;
pub use encode::Prepared;
pub use error::{Error, ErrorKind};
#[cfg(feature = "http")]
pub use http::Http;
pub use queue::{Queue, Turn};
pub use renew::Renew;
pub use session::Session;
#[cfg(feature = "kyc")]
pub use session::{Watch, WatchOptions, check_fields, is_settled};
pub use sign_in::{SignIn, report};
pub use signer::{Key, RemoteSigner, SignRequest, Signed, Signer, SignerError};
#[cfg(feature = "http")]
pub use timer::SystemTimer;
pub use timer::{Pace, Timer};
pub use transport::{Request, Response, Transport, TransportError};
