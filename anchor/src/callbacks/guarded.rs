//! Customers of another system, with callback URLs that are checked before that system gets them.

use std::sync::Arc;

use async_trait::async_trait;
use windlass_core::{
    language::Language,
    sep12::{
        Customer, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback, PutCustomer,
        PutVerification,
    },
};

use super::{CallbackUrl, url_check};
use crate::{
    hooks::{Caller, Customers, HookError, Upload, Uploads},
    outbound::Outbound,
};

/// Refuses the callback URLs that the anchor itself would refuse (S12-123). It does not resolve the
/// host: only the other system knows whether the customer exists, and a stranger must not be able to
/// make this server resolve names.
pub(crate) struct GuardedCustomers {
    pub(crate) customers: Arc<dyn Customers>,
    pub(crate) outbound: Outbound,
}

#[async_trait]
impl Customers for GuardedCustomers {
    fn languages(&self) -> &[Language] {
        self.customers.languages()
    }

    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        self.customers.get(who, request).await
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        self.customers.put(who, request, uploads).await
    }

    async fn delete(&self, who: &Caller, request: DeleteCustomer) -> Result<(), HookError> {
        self.customers.delete(who, request).await
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        self.customers.put_verification(who, request).await
    }

    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        let url = CallbackUrl::parse(&request.url)?;
        self.outbound
            .check_text(url.parsed())
            .map_err(|error| url_check::refused(&error.to_string()))?;
        self.customers.callback(who, request).await
    }

    async fn more_info_url(&self, who: &Caller) -> Result<Option<String>, HookError> {
        self.customers.more_info_url(who).await
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        self.customers.post_file(who, upload).await
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        self.customers.files(who, request).await
    }
}
