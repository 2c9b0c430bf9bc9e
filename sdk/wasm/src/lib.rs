//! The bindings behind the npm package windlass: they unwrap, call and wrap, and decide nothing.
//!
//! Plain values cross in the very shape of the wire's JSON; what has behaviour is a class. Errors are thrown as
//! `WindlassError`, with a stable code.

mod anchor;
#[cfg(feature = "server")]
mod callback;
#[cfg(feature = "server")]
mod challenge;
#[cfg(feature = "server")]
mod domain_signing;
mod error;
mod input;
mod keypair;
mod output;
mod promise;
#[cfg(feature = "kyc")]
mod sep9;
mod session;
mod signer;
pub mod types;
#[cfg(feature = "kyc")]
mod watch;

pub use anchor::{Anchor, AnchorInfo, Organization};
#[cfg(feature = "server")]
pub use callback::{Callbacks, verify_callback};
#[cfg(feature = "server")]
pub use challenge::inspect_challenge;
#[cfg(feature = "server")]
pub use domain_signing::DomainSigner;
pub use error::Error;
pub use keypair::Keypair;
#[cfg(feature = "kyc")]
pub use sep9::{FieldError, check_fields, check_file};
pub use session::Session;
#[cfg(feature = "kyc")]
pub use session::{next_step, todo};
pub use signer::JsSigner;
#[cfg(feature = "kyc")]
pub use watch::Watch;

/// 3 KB less to download, compressed, than the usual one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
