//! Hooks that another server answers over HTTP, and the webhook for its later answers.

mod customers;
mod peer;
mod review_provider;
pub mod signature;
pub(crate) mod webhook;

pub use customers::HttpCustomers;
pub use peer::{HttpHook, HttpHookError};
pub use review_provider::HttpReviewProvider;
