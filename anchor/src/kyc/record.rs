//! The stored record of a customer, and how to decrypt its values.

use std::collections::BTreeMap;

use windlass_core::{
    map::Map,
    problem::Code,
    sep12::{CustomerKey, FieldStatus},
};
use zeroize::Zeroizing;

use super::{
    Kyc,
    store::{self, code, decision::Outcome, field},
};
use crate::{
    database::Tx,
    hooks::{Caller, HookError},
    locale::MessageId,
    outbox::Owner,
    vault::{DataKey, Vault, VaultError},
};

mod changes;

/// All stored data of a customer, except the contents of files.
///
/// A request loads the record once. Its changes go to the database and to the record
/// [together](changes).
#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) identity: CustomerKey,
    pub(super) key: DataKey,
    /// The customer type that the last `PUT` named; `""` if none did.
    pub(super) named_kind: String,
    /// The provided fields, by canonical name.
    fields: BTreeMap<String, field::Row>,
    /// The newest code of each field, by canonical name.
    codes: BTreeMap<String, code::Row>,
    /// The decisions, by customer type.
    decisions: BTreeMap<String, store::decision::Row>,
}

impl Record {
    /// Loads the rest of a customer. The queries do not share a snapshot: callers that write must
    /// hold the lock on the customer.
    async fn load(
        db: &mut sqlx::AnyConnection,
        vault: &Vault,
        row: store::customer::Row,
        identity: CustomerKey,
    ) -> Result<Self, HookError> {
        tracing::trace!("loading a customer");
        let key = vault.unwrap(&row.key(), &["customer", &row.id])?;
        let fields = field::all(&mut *db, &row.id).await?;
        let codes = code::current(&mut *db, &row.id).await?;
        let decisions = store::decision::all(&mut *db, &row.id).await?;
        Ok(Self {
            id: row.id,
            identity,
            key,
            named_kind: row.kind,
            fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
            codes: codes.into_iter().map(|code| (code.field.clone(), code)).collect(),
            decisions: decisions.into_iter().map(|row| (row.kind.clone(), row)).collect(),
        })
    }

    /// The customer as the owner of outbox messages and callback registrations.
    pub(super) const fn owner(&self) -> Owner<'_> {
        Owner { id: self.id.as_str(), key: &self.key }
    }

    /// The canonical names of the provided fields.
    pub(super) fn provided(&self) -> impl Iterator<Item = &String> {
        self.fields.keys()
    }

    /// The status of a field; `None` if it was not provided.
    pub(super) fn status(&self, canonical: &str) -> Option<FieldStatus> {
        self.fields.get(canonical).map(|field| field.state.into())
    }

    /// Whether a field waits for its confirmation code.
    pub(super) fn is_unverified(&self, canonical: &str) -> bool {
        self.status(canonical) == Some(FieldStatus::VerificationRequired)
    }

    /// Whether a field is accepted.
    pub(super) fn is_accepted(&self, canonical: &str) -> bool {
        self.status(canonical) == Some(FieldStatus::Accepted)
    }

    /// The text of a field; `None` if it was not provided or is a file.
    pub(super) fn text(&self, canonical: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
        let Some(value) = self.fields.get(canonical).and_then(|field| field.value.as_ref()) else {
            return Ok(None);
        };
        self.key.open_text(value, &self.value_context(canonical)).map(Some)
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

    /// The reason for the rejection of a field.
    pub(super) fn error(&self, canonical: &str) -> Result<Option<String>, VaultError> {
        let Some(error) = self.fields.get(canonical).and_then(|field| field.error.as_ref()) else {
            return Ok(None);
        };
        Ok(Some(self.key.open_text(error, &self.error_context(canonical))?.to_string()))
    }

    /// The newest code of a field.
    pub(super) fn code(&self, canonical: &str) -> Option<&code::Row> {
        self.codes.get(canonical)
    }

    /// The code with this link hash, if it is the newest of its field.
    pub(super) fn code_of_link(&self, hash: &str) -> Option<&code::Row> {
        self.codes.values().find(|code| code.link.as_deref() == Some(hash))
    }

    /// The decision about the customer for this type.
    pub(super) fn outcome(&self, kind: &str) -> Option<Outcome> {
        self.decisions.get(kind).map(|decision| decision.outcome)
    }

    /// Whether the customer was rejected for this type. A rejection is final.
    pub(super) fn is_rejected(&self, kind: &str) -> bool {
        self.outcome(kind) == Some(Outcome::Rejected)
    }

    /// The message for the customer that goes with the decision.
    pub(super) fn message(&self, kind: &str) -> Result<Option<String>, VaultError> {
        let Some(message) = self.decisions.get(kind).and_then(|row| row.message.as_ref()) else {
            return Ok(None);
        };
        Ok(Some(self.key.open_text(message, &self.message_context(kind))?.to_string()))
    }

    fn value_context<'a>(&'a self, canonical: &'a str) -> [&'a str; 3] {
        ["field", &self.id, canonical]
    }

    fn error_context<'a>(&'a self, canonical: &'a str) -> [&'a str; 3] {
        ["error", &self.id, canonical]
    }

    fn message_context<'a>(&'a self, kind: &'a str) -> [&'a str; 3] {
        ["message", &self.id, kind]
    }
}

impl Kyc {
    /// Finds the customer that a request is about: by its `id`, or else by account and memo. `None`
    /// if the account has no such customer.
    ///
    /// # Errors
    ///
    /// The id is unknown or belongs to another account; both get the same text (S12-26). Or `id`
    /// and memo name different customers (S12-28).
    pub(super) async fn find(
        &self,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Option<Record>, HookError> {
        let mut db = self.database.connection().await?;
        let Some((row, identity)) = find_row(&mut db, who, id, by_memo).await? else {
            return Ok(None);
        };
        Record::load(&mut db, &self.vault, row, identity).await.map(Some)
    }

    /// Like [`Self::find`], but only the id of the customer, with one query.
    pub(super) async fn find_id(
        &self,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Option<String>, HookError> {
        let mut db = self.database.connection().await?;
        let found = find_row(&mut db, who, id, by_memo).await?;
        Ok(found.map(|(row, _)| row.id))
    }

    /// Like [`Self::find`], but locks the customer against other writers until the transaction
    /// ends, and inserts one if none is found and no `id` is given.
    pub(super) async fn lock(
        &self,
        tx: &mut Tx,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Record, HookError> {
        let now = self.clock.now();
        let (row, identity) = match id {
            Some(id) => {
                let account = who.subject.key().to_string();
                let row = store::customer::lock(&mut **tx, id, &account, now).await?;
                visible(who, row, by_memo)?
            }
            None => {
                let (id, key) = (self.random.id(), DataKey::new(&self.random));
                let key = self.vault.wrap(&key, &["customer", &id], &self.random)?;
                let row = store::customer::lock_or_insert(&mut **tx, &who.customer, &id, &key, now);
                (row.await?, who.customer.clone())
            }
        };
        Record::load(tx, &self.vault, row, identity).await
    }

    /// The customer with this id. The caller must check that the account may see it.
    pub(super) async fn load_by_id(&self, id: &str) -> Result<Record, HookError> {
        let mut db = self.database.connection().await?;
        let row = store::customer::load_by_id(&mut *db, id).await?;
        self.load(&mut db, row.ok_or_else(HookError::no_customer)?).await
    }

    /// The rest of the customer with this row. The caller must check that the account may see it.
    pub(super) async fn load(
        &self,
        db: &mut sqlx::AnyConnection,
        row: store::customer::Row,
    ) -> Result<Record, HookError> {
        let identity = row.identity().ok_or_else(HookError::no_customer)?;
        Record::load(db, &self.vault, row, identity).await
    }

    /// Like [`Self::load_by_id`], but locks the customer against other writers until the
    /// transaction ends.
    pub(super) async fn lock_by_id(&self, tx: &mut Tx, id: &str) -> Result<Record, HookError> {
        let row = store::customer::lock_by_id(&mut **tx, id).await?;
        self.load(tx, row.ok_or_else(HookError::no_customer)?).await
    }
}

async fn find_row(
    db: &mut sqlx::AnyConnection,
    who: &Caller,
    id: Option<&str>,
    by_memo: bool,
) -> Result<Option<(store::customer::Row, CustomerKey)>, HookError> {
    match id {
        Some(id) => {
            let account = who.subject.key().to_string();
            let row = store::customer::of_account(db, id, &account).await?;
            visible(who, row, by_memo).map(Some)
        }
        None => {
            let row = store::customer::find(db, &who.customer).await?;
            Ok(row.map(|row| (row, who.customer.clone())))
        }
    }
}

/// The row and its identity, if the caller may see the customer and the memo in the request is that
/// of the same customer.
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
