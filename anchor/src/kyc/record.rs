//! A customer as it is stored, and how to read what is sealed.

use std::collections::BTreeMap;

use sqlx::{Any, Transaction};
use windlass_core::{
    map::Map,
    problem::Code,
    sep12::{CustomerKey, FieldStatus},
};
use zeroize::Zeroizing;

use super::Kyc;
use crate::{
    hooks::{Caller, HookError},
    locale::MessageId,
    store,
    vault::{DataKey, Vault, VaultError},
};

/// Everything that is known about a customer, except for the contents of files.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) identity: CustomerKey,
    pub(super) key: DataKey,
    /// By canonical name.
    pub(super) fields: BTreeMap<String, store::field::Row>,
    /// The code of each field that counts, by canonical name.
    pub(super) codes: BTreeMap<String, store::code::Row>,
    /// By customer type.
    pub(super) reviews: BTreeMap<String, store::review::Row>,
}

impl Record {
    /// Reads the rest of a customer. The queries are not one snapshot; a caller that writes holds the customer.
    async fn load(
        db: &mut sqlx::AnyConnection,
        vault: &Vault,
        row: store::customer::Row,
        identity: CustomerKey,
    ) -> Result<Self, HookError> {
        let key = vault.unwrap(&row.key(), &["customer", &row.id])?;
        let fields = store::field::all(&mut *db, &row.id).await?;
        let codes = store::code::current(&mut *db, &row.id).await?;
        let reviews = store::review::all(&mut *db, &row.id).await?;
        Ok(Self {
            id: row.id,
            identity,
            key,
            fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
            codes: codes.into_iter().map(|code| (code.field.clone(), code)).collect(),
            reviews: reviews.into_iter().map(|review| (review.kind.clone(), review)).collect(),
        })
    }

    /// Where a field stands; `None` if it was not provided.
    pub(super) fn status(&self, canonical: &str) -> Option<FieldStatus> {
        self.fields.get(canonical).map(|field| match field.status.as_str() {
            "ACCEPTED" => FieldStatus::Accepted,
            "REJECTED" => FieldStatus::Rejected,
            "VERIFICATION_REQUIRED" => FieldStatus::VerificationRequired,
            other => FieldStatus::Other(other.to_owned()),
        })
    }

    /// The text of a field, if it was provided and is no file.
    pub(super) fn text(&self, canonical: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
        let Some(value) = self.fields.get(canonical).and_then(|field| field.value.as_ref()) else {
            return Ok(None);
        };
        self.key.open_text(value, &self.place_of(canonical)).map(Some)
    }

    /// All texts, by canonical name.
    pub(super) fn texts(&self) -> Result<Map<String>, VaultError> {
        let mut texts = Map::new();
        for name in self.fields.keys() {
            if let Some(text) = self.text(name)? {
                texts.insert(name.clone(), text.to_string());
            }
        }
        Ok(texts)
    }

    /// Why a field was rejected.
    pub(super) fn error(&self, canonical: &str) -> Result<Option<String>, VaultError> {
        let Some(error) = self.fields.get(canonical).and_then(|field| field.error.as_ref()) else {
            return Ok(None);
        };
        Ok(Some(self.key.open_text(error, &["error", &self.id, canonical])?.to_string()))
    }

    /// What the customer is told about a decision.
    pub(super) fn message(&self, kind: &str) -> Result<Option<String>, VaultError> {
        let Some(message) = self.reviews.get(kind).and_then(|review| review.message.as_ref())
        else {
            return Ok(None);
        };
        Ok(Some(self.key.open_text(message, &["message", &self.id, kind])?.to_string()))
    }

    /// What a reviewer decided for a type, as the table has it.
    pub(super) fn verdict(&self, kind: &str) -> Option<&str> {
        self.reviews.get(kind).map(|review| review.verdict.as_str())
    }

    /// What binds a value to its place.
    pub(super) fn place_of<'a>(&'a self, canonical: &'a str) -> [&'a str; 3] {
        ["field", &self.id, canonical]
    }
}

impl Kyc {
    /// The customer that a request is about: by its `id`, or else by account and memo. `None` if it is not registered.
    ///
    /// # Errors
    ///
    /// There is no such id, or it is not the caller's, in the same words (S12-26); `id` and memo disagree (S12-28).
    pub(super) async fn find(
        &self,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Option<Record>, HookError> {
        let mut db = self.database.pool().acquire().await?;
        let (row, identity) = match id {
            Some(id) => {
                let row = store::customer::of_account(&mut *db, id, &who.subject.key().to_string())
                    .await?;
                visible(who, row, by_memo)?
            }
            None => match store::customer::find(&mut *db, &who.customer).await? {
                Some(row) => (row, who.customer.clone()),
                None => return Ok(None),
            },
        };
        Record::load(&mut db, &self.vault, row, identity).await.map(Some)
    }

    /// The same, held against other writers until the transaction ends. Made if it is not there and no `id` is given.
    pub(super) async fn hold(
        &self,
        tx: &mut Transaction<'static, Any>,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Record, HookError> {
        let now = self.clock.now();
        let (row, identity) = match id {
            Some(id) => {
                let row = store::customer::lock(&mut **tx, id, &who.subject.key().to_string(), now)
                    .await?;
                visible(who, row, by_memo)?
            }
            None => {
                let id = self.random.id();
                let key = self.vault.wrap(
                    &DataKey::new(&self.random),
                    &["customer", &id],
                    &self.random,
                )?;
                let row = store::customer::lock_or_insert(&mut **tx, &who.customer, &id, &key, now)
                    .await?;
                (row, who.customer.clone())
            }
        };
        Record::load(tx, &self.vault, row, identity).await
    }

    /// Any customer, for the operator, who only looks.
    pub(super) async fn find_for_operator(&self, id: &str) -> Result<Record, HookError> {
        let mut db = self.database.pool().acquire().await?;
        let row = store::customer::find_for_operator(&mut *db, id)
            .await?
            .ok_or_else(HookError::no_customer)?;
        let identity = row.identity().ok_or_else(HookError::no_customer)?;
        Record::load(&mut db, &self.vault, row, identity).await
    }

    /// Any customer, for the operator.
    pub(super) async fn hold_for_operator(
        &self,
        tx: &mut Transaction<'static, Any>,
        id: &str,
    ) -> Result<Record, HookError> {
        let row = store::customer::lock_for_operator(&mut **tx, id)
            .await?
            .ok_or_else(HookError::no_customer)?;
        let identity = row.identity().ok_or_else(HookError::no_customer)?;
        Record::load(tx, &self.vault, row, identity).await
    }
}

/// The row and whose it is, if the caller may see it and did not name somebody else beside the id.
fn visible(
    who: &Caller,
    row: Option<store::customer::Row>,
    by_memo: bool,
) -> Result<(store::customer::Row, CustomerKey), HookError> {
    let row = row.ok_or_else(HookError::no_customer)?;
    let identity =
        row.identity().filter(|identity| who.sees(identity)).ok_or_else(HookError::no_customer)?;
    if by_memo && identity != who.customer {
        return Err(HookError::Invalid {
            message: MessageId::MemoOfOther.into(),
            code: Code::IdentityMismatch,
            field: Some("memo".to_owned()),
        });
    }
    Ok((row, identity))
}
