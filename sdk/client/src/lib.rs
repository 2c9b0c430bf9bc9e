//! A wallet's side of Stellar's anchor protocols: discover an anchor, sign in, complete KYC.
#![cfg_attr(
    all(feature = "http", not(target_arch = "wasm32")),
    doc = r#"
```no_run
use windlass_client::{Anchor, Http, Options};
use windlass_core::{account::SecretKey, sep12::{GetCustomer, PutCustomer, Status}};

# async fn example(secret: &str) -> Result<(), Box<dyn std::error::Error>> {
let key: SecretKey = secret.parse()?;
let anchor = Anchor::discover(Http::new()?, "anchor.example.com", Options::default()).await?;
let session = anchor.sign_in(&key.public().into(), &key).await?;

let customer = session.customer(&GetCustomer::default()).await?;
for todo in customer.todo() {
    println!("{}: {}", todo.name, todo.field.description.unwrap_or_default());
}
let mut request = PutCustomer::default();
request.fields.insert("family_name".into(), "Ōe".into());
session.put_customer(request, Some(&customer)).await?;
assert_ne!(session.customer(&GetCustomer::default()).await?.status, Status::Rejected);
# Ok(())
# }
```
"#
)]
//!
//! [`Anchor::discover`] reads a stellar.toml, [`Anchor::sign_in`] opens a [`Session`], and the session has a method for
//! every request of SEP-12. Nothing here opens a socket by itself: requests go through a [`Transport`], the time comes
//! from a [`Clock`], signatures from a [`Signer`]. Every error has a stable [`code`](Error::code).

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
