//! Files: values of binary fields, and uploads that a later request refers to.

use std::collections::BTreeMap;

use assign::assign;
use windlass_core::{
    problem::Code,
    sep9::{self, FieldError, ValueError},
    sep12::{File, Files, FilesTarget, GetFiles},
    time::rfc3339,
};

use super::{Kyc, record::Record, store};
use crate::{
    database::Tx,
    hooks::{Caller, HookError, Upload},
    locale::{LocalizedText, MessageId},
    storage::StoredObject,
    vault::{DataKey, WrappedKey},
};

/// How long an upload is kept without a customer that refers to it, in seconds.
const LIFETIME: u64 = 86_400;
/// The number of such uploads per customer, by account and memo.
const MAX_LOOSE: u64 = 20;
/// The number of such uploads of all customers of one account.
const MAX_LOOSE_OF_ACCOUNT: u64 = 1000;

impl Kyc {
    /// `POST /customer/files`
    pub(super) async fn keep_upload(
        &self,
        who: &Caller,
        upload: &Upload,
    ) -> Result<File, HookError> {
        let now = self.clock.now();
        let expires_at = now + LIFETIME;
        let (object, media) = (StoredObject::of(upload)?, upload.media());
        let (id, digest) = (object.id(), self.seal_digest(upload)?);
        let wrapped = self.vault.wrap(object.key(), &["file", id], &self.random)?;

        let new = &store::file::New {
            id,
            uploader: &who.customer,
            value_of: None,
            content_type: media.as_str(),
            size: upload.size(),
            key: &wrapped,
            digest: &digest,
            expires_at: Some(expires_at),
        };
        let kept = self.database.write("keep upload", |mut tx| async move {
            let loose = store::file::loose(&mut *tx, &who.customer, now).await?;
            if loose.of_customer >= MAX_LOOSE || loose.of_account >= MAX_LOOSE_OF_ACCOUNT {
                let count = loose.of_customer.max(MAX_LOOSE);
                return Err(HookError::TooManyRequests {
                    message: LocalizedText::from(MessageId::FilesWait).with("count", count),
                    retry_after: loose.next_expiry.saturating_sub(now).max(1),
                });
            }
            self.storage.claim(&mut tx, upload).await?;
            store::file::insert(&mut *tx, new).await?;
            Ok((tx, ()))
        });
        kept.await?;
        Ok(assign!(File::new(id, media.as_str(), upload.size()), {
            expires_at: Some(rfc3339(expires_at)),
        }))
    }

    /// `GET /customer/files`. The list is empty both for unknown ids and for those of other
    /// accounts (S12-117).
    pub(super) async fn list_files(
        &self,
        who: &Caller,
        request: GetFiles,
    ) -> Result<Files, HookError> {
        let files: Vec<_> = match request.target() {
            Ok(FilesTarget::File(id)) => self.visible_file(who, id).await?.into_iter().collect(),
            Ok(FilesTarget::Customer(id)) => match self.find_id(who, Some(id), false).await {
                Ok(Some(id)) => store::file::of_customer(self.database.reads(), &id).await?,
                Ok(None) | Err(HookError::NotFound { .. }) => Vec::new(),
                Err(error) => return Err(error),
            },
            Err(_) => return Err(HookError::invalid(MessageId::FilesOneName)),
        };
        let mut read: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in &files {
            if let (Some(customer_id), Some(field)) = (&row.customer_id, &row.field) {
                read.entry(customer_id).or_default().push(field.clone());
            }
        }
        for (customer_id, fields) in read {
            self.note(who, customer_id, "GET /customer/files", "list", fields).await?;
        }
        let files = files.into_iter().map(|row| {
            assign!(File::new(row.id.clone(), row.content_type.clone(), row.size()), {
                expires_at: row.expires_at().map(rfc3339),
                customer_id: row.customer_id,
            })
        });
        Ok(Files::new(files.collect()))
    }

    /// The file with this id, if the caller uploaded it or may see the customer that it belongs to.
    async fn visible_file(
        &self,
        who: &Caller,
        id: &str,
    ) -> Result<Option<store::file::Row>, HookError> {
        let account = who.subject.key().to_string();
        let row =
            store::file::of_account(self.database.reads(), id, &account, self.clock.now()).await?;
        let Some(row) = row else { return Ok(None) };
        let owner = match &row.customer_id {
            None => row.uploader(),
            Some(id) => {
                let customer =
                    store::customer::of_account(self.database.reads(), id, &account).await?;
                customer.and_then(|customer| customer.identity())
            }
        };
        Ok(owner.is_some_and(|owner| who.sees(&owner)).then_some(row))
    }

    /// Stores a file as the value of a field, replacing an earlier one. Returns `false` if the
    /// content is the same as before.
    pub(super) async fn keep_file(
        &self,
        tx: &mut Tx,
        record: &Record,
        field: &'static str,
        upload: &Upload,
    ) -> Result<bool, HookError> {
        if let Some(old) = store::file::of_field(&mut **tx, &record.id, field).await? {
            let key = record.key.unwrap(&old.key().bytes, &key_context(record, field, &old.id))?;
            if *key.open(&old.digest, &digest_context(&old.id))? == upload.digest() {
                return Ok(false);
            }
            self.delete_file(tx, record, field).await?;
        }
        let object = StoredObject::of(upload)?;
        let (id, digest) = (object.id(), self.seal_digest(upload)?);
        let wrapped = self.wrap_for(record, field, id, object.key())?;
        let new = store::file::New {
            id,
            uploader: &record.identity,
            value_of: Some((&record.id, field)),
            content_type: upload.media().as_str(),
            size: upload.size(),
            key: &wrapped,
            digest: &digest,
            expires_at: None,
        };
        self.storage.claim(tx, upload).await?;
        store::file::insert(&mut **tx, &new).await?;
        Ok(true)
    }

    /// Makes an earlier upload the value of a field. Returns `false` if it already was.
    ///
    /// # Errors
    ///
    /// The upload is unknown, has expired, belongs to another account or is the value of another
    /// field: these get the same text (S12-115). Or its media type is not one that the field
    /// accepts.
    pub(super) async fn attach_file(
        &self,
        tx: &mut Tx,
        who: &Caller,
        record: &Record,
        field: &'static str,
        file_id: &str,
        kept: bool,
    ) -> Result<bool, HookError> {
        let account = who.subject.key().to_string();
        let row = store::file::of_account(&mut **tx, file_id, &account, self.clock.now()).await?;
        let row = row.ok_or_else(|| file_not_found(field))?;
        if row.customer_id.as_ref() == Some(&record.id) && row.field.as_deref() == Some(field) {
            return Ok(false);
        }
        let mine = row.uploader().is_some_and(|uploader| who.sees(&uploader));
        if !mine || row.customer_id.is_some() {
            return Err(file_not_found(field));
        }
        let takes = sep9::field(field).map(|field| field.media).unwrap_or_default();
        if !takes.iter().any(|media| media.as_str() == row.content_type) {
            return Err(vec![FieldError {
                field: format!("{field}_file_id"),
                error: ValueError::WrongFile(takes),
            }]
            .into());
        }
        if !kept {
            return Ok(false);
        }
        let key = self.vault.unwrap(&row.key(), &["file", &row.id])?;
        let wrapped = self.wrap_for(record, field, &row.id, &key)?;
        self.delete_file(tx, record, field).await?;
        if !store::file::attach(&mut **tx, &row.id, &record.id, field, &wrapped).await? {
            return Err(file_not_found(field));
        }
        Ok(true)
    }

    /// Deletes the file of a field.
    async fn delete_file(
        &self,
        tx: &mut Tx,
        record: &Record,
        field: &str,
    ) -> Result<(), HookError> {
        let ids = store::file::delete_of_field(&mut **tx, &record.id, field).await?;
        Ok(self.storage.release(tx, &ids).await?)
    }

    fn seal_digest(&self, upload: &Upload) -> Result<Vec<u8>, HookError> {
        let object = StoredObject::of(upload)?;
        Ok(object.key().seal(&upload.digest(), &digest_context(object.id()), &self.random)?)
    }

    /// Wraps the key of a file with its customer's key, so that deleting the customer also destroys
    /// the file's key.
    fn wrap_for(
        &self,
        record: &Record,
        field: &str,
        file_id: &str,
        key: &DataKey,
    ) -> Result<WrappedKey, HookError> {
        let bytes = record.key.wrap(key, &key_context(record, field, file_id), &self.random)?;
        Ok(WrappedKey { key_id: String::new(), bytes })
    }
}

pub(super) fn key_context<'a>(
    record: &'a Record,
    field: &'a str,
    file_id: &'a str,
) -> [&'a str; 4] {
    ["file", &record.id, field, file_id]
}

fn digest_context(file_id: &str) -> [&str; 2] {
    ["digest", file_id]
}

fn file_not_found(field: &str) -> HookError {
    let name = format!("{field}_file_id");
    HookError::Invalid {
        message: LocalizedText::from(MessageId::FileUnknown).with("field", &name),
        code: Code::FileNotFound,
        field: Some(name),
    }
}
