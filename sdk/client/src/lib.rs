#![doc = include_str!("../README.md")]

mod anchor;
mod callbacks;
mod clock;
mod credentials;
mod curve;
mod domain_signing;
mod encode;
mod error;
mod exchange;
mod failure;
mod platform;
mod renew;
mod session;
mod sign_in;
mod signer;
#[cfg(test)]
mod testing;
mod timer;
mod transport;

pub use anchor::{Anchor, Options};
pub use callbacks::{Callbacks, verify_callback};
pub use clock::Clock;
pub use credentials::Credentials;
pub use domain_signing::open_for_domain;
pub use error::{Error, ErrorKind};
pub use failure::{Cause, Failure};
#[cfg(feature = "http")]
pub use platform::{Http, SystemTimer};
pub use renew::Renew;
pub use session::{Asked, PutOptions, Session, Watch, WatchOptions, check_fields, is_settled};
pub use sign_in::{SignIn, report};
pub use signer::{Key, RemoteSigner, SignRequest, Signed, Signer, SignerError};
pub use timer::{Pace, Timer};
pub use transport::{Request, Response, Transport, TransportError};
