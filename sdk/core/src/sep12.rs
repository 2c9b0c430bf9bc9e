//! SEP-12: customer information ([spec]).
//!
//! All requests hang under the anchor's `KYC_SERVER` and carry the token of a SEP-10 session.
//!
//! [spec]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0012.md

mod customer;
mod files;
mod identity;
mod next;
mod requests;
mod status;

pub use customer::{Customer, Field, FieldStatus, ProvidedField, Status};
pub use files::{File, Files, FilesTarget, FilesTargetError, GetFiles, PostFile};
pub use identity::{CustomerKey, Identification, IdentityError};
pub use next::{Action, NextStep, RejectedField, Todo};
pub use requests::{
    CustomerCreated, CustomerFields, DeleteCustomer, GetCustomer, Identified, PutCallback,
    PutCustomer, PutVerification, VerificationCodes,
};
pub use status::{Progress, derive_status};
