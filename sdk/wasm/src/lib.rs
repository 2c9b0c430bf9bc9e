//! The bindings of the npm package windlass. They convert values and call windlass-client, and
//! decide nothing.
//!
//! Plain values have the form of the protocols' JSON; objects with behaviour are classes. Errors
//! are thrown as `WindlassError`, with a stable code.

mod anchor;
#[cfg(feature = "server")]
mod callback;
mod cause;
#[cfg(feature = "server")]
mod challenge;
#[cfg(feature = "server")]
mod domain_signing;
mod error;
#[cfg(feature = "kyc")]
mod files;
mod keypair;
mod options;
mod output;
#[cfg(feature = "kyc")]
mod sep9;
mod session;
mod signal;
mod signer;
mod signers;
pub mod types;
#[cfg(feature = "kyc")]
mod watch;

#[cfg(feature = "kyc")]
pub use anchor::ResumeOptions;
pub use anchor::{Anchor, AnchorInfo, DiscoverOptions, Organization, SignInOptions};
#[cfg(feature = "server")]
pub use callback::{
    CallbackRequest, Callbacks, CallbacksOptions, ReceivedCallback, verify_callback,
};
#[cfg(feature = "server")]
pub use challenge::{ExpectedChallenge, inspect_challenge};
#[cfg(feature = "server")]
pub use domain_signing::{DomainSigner, TrustedAnchor};
pub use error::Error;
pub use keypair::{Keypair, SigningOptions};
pub use options::Abortable;
#[cfg(feature = "kyc")]
pub use options::Seconds;
#[cfg(feature = "kyc")]
pub use sep9::{CheckFileOptions, CheckOptions, FieldError, check_fields, check_file};
pub use session::Session;
#[cfg(feature = "kyc")]
pub use session::{PutOptions, WaitOptions, next_step, todo};
pub use signal::Signal;
pub use signer::{ClientDomainName, JsSigner, SigningService};
#[cfg(feature = "kyc")]
pub use watch::Watch;

/// 3 KB smaller, compressed, than the default allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
