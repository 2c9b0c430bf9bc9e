//! The [`Customers`] hook: what each request does.

use async_trait::async_trait;
use windlass_core::{
    amount::Amount,
    problem::Code,
    sep9,
    sep12::{
        Customer, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback, PutCustomer,
        PutVerification,
    },
};

use super::{
    Kyc,
    answer::{self, Wording},
    intake::Intake,
    put, store,
};
use crate::{
    callbacks::CallbackUrl,
    database::StoreError,
    hooks::{Caller, Customers, HookError, Upload, Uploads},
    locale::MessageId,
};

impl Kyc {
    /// The answer to `GET /customer` for a transaction of this amount. Large amounts may require
    /// more fields (W-12). Transfers call this before they continue.
    ///
    /// # Errors
    ///
    /// As [`Customers::get`]. A `transaction_id` in the request is ignored.
    pub async fn customer_for(
        &self,
        who: &Caller,
        request: &GetCustomer,
        amount: &Amount,
    ) -> Result<Customer, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        let record = self.find(who, request.id.as_deref(), request.memo.is_some()).await?;
        let answer = answer::customer_for(kind, record.as_ref(), Some(amount))?;
        self.note_answer(who, &answer, "transfer").await?;
        Ok(answer)
    }

    /// The amount of the transaction that the request names; `None` if it names none or the
    /// transaction has no amount.
    ///
    /// # Errors
    ///
    /// The transaction is unknown or belongs to another account; both get the same text (S12-35).
    async fn named_amount(
        &self,
        who: &Caller,
        transaction_id: Option<&str>,
    ) -> Result<Option<Amount>, HookError> {
        let Some(id) = transaction_id else { return Ok(None) };
        if let Some(transactions) = &self.transactions
            && let Some(named) = transactions.find(who, id).await?
        {
            return Ok(named.amount);
        }
        Err(HookError::Invalid {
            message: MessageId::TransactionUnknown.into(),
            code: Code::InvalidTransactionId,
            field: Some("transaction_id".to_owned()),
        })
    }

    /// Records in the access log which fields an answer contains.
    async fn note_answer(
        &self,
        who: &Caller,
        answer: &Customer,
        route: &str,
    ) -> Result<(), HookError> {
        let names = answer.provided_fields.iter().flat_map(|fields| fields.keys());
        let canonical = |name: &String| {
            sep9::field(name).map_or(name.as_str(), |field| field.canonical).to_owned()
        };
        match &answer.id {
            Some(id) => self.note(who, id, route, "status", names.map(canonical).collect()).await,
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Customers for Kyc {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        let amount = self.named_amount(who, request.transaction_id.as_deref()).await?;
        let record = self.find(who, request.id.as_deref(), request.memo.is_some()).await?;
        // Choices are also values that the wallet sends back. They are translated only for a wallet
        // that asks for a language in `lang`.
        let wording = Wording { language: who.language, choices: request.lang.is_some() };
        let answer = answer::worded(kind, record.as_ref(), amount.as_ref(), wording)?;
        self.note_answer(who, &answer, "GET /customer").await?;
        Ok(answer)
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        let kind = self.kind(request.kind.as_deref())?;
        self.named_amount(who, request.transaction_id.as_deref()).await?;
        let intake = Intake::sort(request.fields, uploads)?;
        let target = put::Target {
            id: request.id.as_deref(),
            by_memo: request.memo.is_some(),
            kind: Some(kind),
            // Without a type, the request may provide fields of any type.
            asked_by: request.kind.is_some().then_some(kind),
        };
        Ok(self.put_intake(who, &target, &intake).await?.id.clone())
    }

    async fn delete(&self, who: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        let deleted = self.database.write("delete customer", |mut tx| async move {
            let files = store::file::delete_of(&mut *tx, &who.customer).await?;
            self.storage.release(&mut tx, &files).await?;
            store::access::forget_actor(&mut *tx, &who.customer).await?;
            let customer = store::customer::delete(&mut *tx, &who.customer).await?;
            if let Some(id) = &customer {
                self.callbacks.delete_of(&mut tx, id).await?;
                self.outbox.delete_of(&mut tx, id).await?;
            }
            Ok::<_, StoreError>((tx, customer.is_some() || !files.is_empty()))
        });
        let deleted = deleted.await?;
        self.remove_unclaimed().await;
        if let Err(cause) = self.database.truncate_wal().await {
            tracing::warn!(%cause, "cannot truncate the write-ahead log; it keeps deleted data until then");
        }
        if deleted { Ok(()) } else { Err(HookError::no_customer()) }
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        let none = Uploads::new();
        let intake = Intake::sort(request.codes, &none)?;
        let target =
            put::Target { id: Some(&request.id), by_memo: false, kind: None, asked_by: None };
        let record = self.put_intake(who, &target, &intake).await?;
        let wording = Wording { language: who.language, choices: false };
        let answer = answer::worded(self.kind(None)?, Some(&record), None, wording)?;
        self.note_answer(who, &answer, "PUT /customer/verification").await?;
        Ok(answer)
    }

    /// Registers the callback URL of a customer, replacing an earlier one (P-25).
    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        let url = &CallbackUrl::parse(&request.url)?;
        let known = self.find_id(who, request.id.as_deref(), request.memo.is_some()).await?;
        let id = &known.ok_or_else(HookError::no_customer)?;
        // Only after the customer is found: otherwise anybody could make the server resolve host
        // names.
        self.callbacks.check_host(url).await?;
        let registered = self.database.write("register callback", |mut tx| async move {
            let record = self.lock_by_id(&mut tx, id).await?;
            let status = answer::customer(self.callback_kind(&record)?, Some(&record))?.status;
            self.callbacks.register(&mut tx, record.owner(), url, &status).await?;
            Ok::<_, HookError>((tx, ()))
        });
        registered.await
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        self.keep_upload(who, upload).await
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        self.list_files(who, request).await
    }
}
