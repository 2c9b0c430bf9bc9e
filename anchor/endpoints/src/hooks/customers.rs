//! The hook that keeps the customers.

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
    /// The subject of the session.
    pub subject: Account,
    /// The customer that the request names, or else the subject's own. The subject may see it.
    pub customer: CustomerKey,
    /// The language to answer in, one of [`Customers::languages`].
    pub language: Language,
}

impl Caller {
    /// Decides which customer a request is about (S12-13 to S12-25).
    ///
    /// # Errors
    ///
    /// The request names an account or a memo that is not the subject's.
    pub fn of(subject: Account, request: &impl Identified) -> Result<Self, IdentityError> {
        let customer = CustomerKey::resolve(&subject, &request.identification())?;
        Ok(Self { subject, customer, language: Language::EN })
    }

    /// The caller of a request that names no customer.
    pub fn itself(subject: Account) -> Self {
        Self { subject, customer: CustomerKey::of(&subject), language: Language::EN }
    }

    /// The same with another language to answer in.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Whether the caller may see this customer.
    pub fn sees(&self, customer: &CustomerKey) -> bool {
        customer.is_visible_to(&self.subject)
    }
}

/// The anchor's customers: the hook to implement if they are kept in a system of your own.
///
/// `Kyc` is the built-in implementation. A request arrives decoded and with its principal; an `id` in
/// it is *not* yet checked: load it only if [`Caller::sees`] its owner, and answer [`HookError::no_customer`] otherwise.
/// [`SubmittedFields::sort`](super::SubmittedFields::sort) tells values, codes and ids of files apart.
#[async_trait]
pub trait Customers: Send + Sync {
    /// The languages of its answers. English must be one of them.
    fn languages(&self) -> &[Language] {
        LANGUAGES
    }

    /// `GET /customer`. For an unknown customer the answer is what is needed, not an error (S12-41).
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError>;

    /// `PUT /customer`: all or nothing. Returns the customer's id, the same for ever (S12-70).
    ///
    /// Binary fields are in `uploads`, not in the request. Each has a media type that its field takes, and is removed after this
    /// returns.
    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError>;

    /// `DELETE /customer/{account}`: everything about this customer and no other (S12-103).
    async fn delete(&self, who: &Caller, request: DeleteCustomer) -> Result<(), HookError>;

    /// `PUT /customer/verification`: codes for fields that wait for one.
    async fn put_verification(
        &self,
        _who: &Caller,
        _request: PutVerification,
    ) -> Result<Customer, HookError> {
        Err(HookError::NotImplemented("the verification of fields"))
    }

    /// `PUT /customer/callback`: the URL that is told when the status changes.
    async fn callback(&self, _who: &Caller, _request: PutCallback) -> Result<(), HookError> {
        Err(HookError::NotImplemented("callbacks"))
    }

    /// The URL of a page about the customer, for other protocols to show; most anchors have none.
    async fn more_info_url(&self, _who: &Caller) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    /// `POST /customer/files`: one file, to be referred to later.
    async fn post_file(&self, _who: &Caller, _upload: &Upload) -> Result<File, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }

    /// `GET /customer/files`: the uploaded files; empty if the caller has none.
    async fn files(&self, _who: &Caller, _request: GetFiles) -> Result<Files, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }
}
