//! The hook that stores the customers.

use std::net::IpAddr;

use async_trait::async_trait;
use windlass_core::{
    account::Account,
    language::Language,
    sep12::{
        Customer, CustomerKey, DeleteCustomer, File, Files, GetCustomer, GetFiles, Identified,
        IdentityError, PutCallback, PutCustomer, PutVerification,
    },
};

use super::{HookError, Upload, Uploads};
use crate::locale::LANGUAGES;

/// The authenticated caller of a request, and the customer that the request is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Caller {
    /// The subject (`sub`) of the session token.
    pub subject: Account,
    /// The customer that the request names, or else the subject's own. The subject may see this
    /// customer.
    pub customer: CustomerKey,
    /// The language to answer in, one of [`Customers::languages`].
    pub language: Language,
    /// The IP address of the client; `None` if it is unknown. For limits.
    pub address: Option<IpAddr>,
}

impl Caller {
    /// Determines which customer a request is about (S12-13 to S12-25).
    ///
    /// # Errors
    ///
    /// The request names an account or a memo that does not belong to the subject.
    pub fn of(subject: Account, request: &impl Identified) -> Result<Self, IdentityError> {
        let customer = CustomerKey::resolve(&subject, &request.identification())?;
        Ok(Self { subject, customer, language: Language::EN, address: None })
    }

    /// A caller whose request names no customer: it is about the subject's own.
    pub fn itself(subject: Account) -> Self {
        let customer = CustomerKey::of(&subject);
        Self { subject, customer, language: Language::EN, address: None }
    }

    /// Sets the language to answer in.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Sets the IP address of the client.
    #[must_use]
    pub fn at(self, address: Option<IpAddr>) -> Self {
        Self { address, ..self }
    }

    /// Whether the caller may see this customer.
    pub fn sees(&self, customer: &CustomerKey) -> bool {
        customer.is_visible_to(&self.subject)
    }
}

/// The anchor's customers. Implement this hook if you store them in a system of your own.
///
/// `Kyc` in `windlass-anchor` is the built-in implementation. Requests arrive decoded and
/// authenticated, but an `id` in them is *not* yet checked: load it only if [`Caller::sees`] its
/// owner, and otherwise return [`HookError::no_customer`].
/// [`SubmittedFields::sort`](super::SubmittedFields::sort) separates values, codes and file ids.
#[async_trait]
pub trait Customers: Send + Sync {
    /// The languages of the answers. English must be one of them.
    fn languages(&self) -> &[Language] {
        LANGUAGES
    }

    /// `GET /customer`. For an unregistered customer, return the fields to provide and no error
    /// (S12-41).
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError>;

    /// `PUT /customer`: store all values or none. Return the customer's id, which never changes
    /// (S12-70).
    ///
    /// Binary fields are in `uploads`, not in the request. Each file has a media type that its
    /// field accepts, and is removed after this function returns.
    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError>;

    /// `DELETE /customer/{account}`: delete all data of this customer and of no other (S12-103).
    async fn delete(&self, who: &Caller, request: DeleteCustomer) -> Result<(), HookError>;

    /// `PUT /customer/verification`: confirmation codes for fields that wait for one.
    async fn put_verification(
        &self,
        _who: &Caller,
        _request: PutVerification,
    ) -> Result<Customer, HookError> {
        Err(HookError::NotImplemented("the verification of fields"))
    }

    /// `PUT /customer/callback`: the URL to notify when the status changes.
    async fn callback(&self, _who: &Caller, _request: PutCallback) -> Result<(), HookError> {
        Err(HookError::NotImplemented("callbacks"))
    }

    /// The URL of a page about the customer, which other protocols show. `None` unless the anchor
    /// has one.
    async fn more_info_url(&self, _who: &Caller) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    /// `POST /customer/files`: one file that later requests refer to.
    async fn post_file(&self, _who: &Caller, _upload: &Upload) -> Result<File, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }

    /// `GET /customer/files`: the uploaded files; empty if the caller has none.
    async fn files(&self, _who: &Caller, _request: GetFiles) -> Result<Files, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }
}
