//! Who the anchor's customers are, and what is known of them.

use async_trait::async_trait;
use windlass_core::{
    account::Account,
    sep12::{
        Customer, CustomerKey, DeleteCustomer, File, Files, GetCustomer, GetFiles, Identified,
        IdentityError, Language, PutCallback, PutCustomer, PutVerification,
    },
};

use super::{HookError, Upload, Uploads};
use crate::locale::LANGUAGES;

/// Who makes a request, and which customer it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Caller {
    /// The subject of the session.
    pub subject: Account,
    /// The customer that the request names, the subject's own if it names none. Checked against the subject.
    pub customer: CustomerKey,
    /// The language to answer in: one of [`Customers::languages`], as the request asks for.
    pub language: Language,
}

impl Caller {
    /// Decides whom a request is about (S12-13 to S12-25).
    ///
    /// # Errors
    ///
    /// The request names an account or a memo that is not the subject's.
    pub fn of(subject: Account, request: &impl Identified) -> Result<Self, IdentityError> {
        let customer = CustomerKey::resolve(&subject, &request.identification())?;
        Ok(Self { subject, customer, language: Language::EN })
    }

    /// The subject itself, for requests that name nobody.
    pub fn itself(subject: Account) -> Self {
        Self { subject, customer: CustomerKey::of(&subject), language: Language::EN }
    }

    /// The same, to be answered in this language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Whether the caller may see this customer.
    pub fn sees(&self, customer: &CustomerKey) -> bool {
        customer.is_visible_to(&self.subject)
    }
}

/// The anchor's customers: the hook to implement when they live in a system of one's own.
///
/// [`Kyc`](crate::kyc::Kyc) is the built-in implementation. A request arrives decoded and with its principal; an `id` in
/// it is *not* yet checked: load it only if [`Caller::sees`] its owner, and answer [`HookError::no_customer`] otherwise.
/// [`SubmittedFields::sort`](super::SubmittedFields::sort) tells values, codes and ids of files apart.
#[async_trait]
pub trait Customers: Send + Sync {
    /// The languages that it answers in; [`Caller::language`] is one of them. English must be there.
    fn languages(&self) -> &[Language] {
        LANGUAGES
    }

    /// `GET /customer`. A customer who is not registered is told what is needed: that is no error (S12-41).
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError>;

    /// `PUT /customer`: all or nothing. Returns the customer's id, the same for ever (S12-70).
    ///
    /// Binary fields are in `uploads`, not in the request: each is of a kind that its field takes, and gone after this
    /// returns unless it was read.
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

    /// `PUT /customer/callback`: where to tell of changes of status.
    async fn callback(&self, _who: &Caller, _request: PutCallback) -> Result<(), HookError> {
        Err(HookError::NotImplemented("callbacks"))
    }

    /// A page about the customer for a browser, shown by other protocols; most anchors have none.
    async fn more_info_url(&self, _who: &Caller) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    /// `POST /customer/files`: one file, to be referred to later.
    async fn post_file(&self, _who: &Caller, _upload: &Upload) -> Result<File, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }

    /// `GET /customer/files`: what was uploaded; empty if there is nothing of the caller's.
    async fn files(&self, _who: &Caller, _request: GetFiles) -> Result<Files, HookError> {
        Err(HookError::NotImplemented("file uploads apart from the customer"))
    }
}
