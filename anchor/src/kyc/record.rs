//! A customer as it is stored, and how to read what is sealed.

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

/// Everything that is stored about a customer, except for the contents of files.
///
/// A request loads it once. What the request changes is changed here and in the database [together](changes).
#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) identity: CustomerKey,
    pub(super) key: DataKey,
    /// The customer type that the last `PUT` named; `""` if none did.
    pub(super) named_kind: String,
    /// By canonical name.
    fields: BTreeMap<String, field::Row>,
    /// The newest code of each field, by canonical name.
    codes: BTreeMap<String, code::Row>,
    /// By customer type.
    decisions: BTreeMap<String, store::decision::Row>,
}

impl Record {
    /// Reads the rest of a customer. The queries are not one snapshot: a caller that writes has locked the customer.
    async fn load(
        db: &mut sqlx::AnyConnection,
        vault: &Vault,
        row: store::customer::Row,
        identity: CustomerKey,
    ) -> Result<Self, HookError> {
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

    /// The owner of messages and registrations of other rooms.
    pub(super) const fn owner(&self) -> Owner<'_> {
        Owner { id: self.id.as_str(), key: &self.key }
    }

    /// The canonical names of what was provided.
    pub(super) fn provided(&self) -> impl Iterator<Item = &String> {
        self.fields.keys()
    }

    /// Where a field stands; `None` if it was not provided.
    pub(super) fn status(&self, canonical: &str) -> Option<FieldStatus> {
        self.fields.get(canonical).map(|field| field.state.into())
    }

    /// Whether a field waits for its confirmation code.
    pub(super) fn is_unverified(&self, canonical: &str) -> bool {
        self.status(canonical) == Some(FieldStatus::VerificationRequired)
    }

    /// Whether a field is good.
    pub(super) fn is_accepted(&self, canonical: &str) -> bool {
        self.status(canonical) == Some(FieldStatus::Accepted)
    }

    /// The text of a field, if it was provided and is no file.
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

    /// Why a field was rejected.
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

    /// The code with the link of this hash, if it is the newest of its field.
    pub(super) fn code_of_link(&self, hash: &str) -> Option<&code::Row> {
        self.codes.values().find(|code| code.link.as_deref() == Some(hash))
    }

    /// What was decided about the customer as one of this type.
    pub(super) fn outcome(&self, kind: &str) -> Option<Outcome> {
        self.decisions.get(kind).map(|decision| decision.outcome)
    }

    /// Whether the customer was rejected for good as one of this type.
    pub(super) fn is_rejected(&self, kind: &str) -> bool {
        self.outcome(kind) == Some(Outcome::Rejected)
    }

    /// What the customer is told about a decision.
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
    /// The customer that a request is about: by its `id`, or else by account and memo. `None` if it is not registered.
    ///
    /// # Errors
    ///
    /// There is no such id or it is not the caller's, in the same words (S12-26); `id` and memo disagree (S12-28).
    pub(super) async fn find(
        &self,
        who: &Caller,
        id: Option<&str>,
        by_memo: bool,
    ) -> Result<Option<Record>, HookError> {
        let mut db = self.database.connection().await?;
        let (row, identity) = match id {
            Some(id) => {
                let account = who.subject.key().to_string();
                let row = store::customer::of_account(&mut *db, id, &account).await?;
                visible(who, row, by_memo)?
            }
            None => match store::customer::find(&mut *db, &who.customer).await? {
                Some(row) => (row, who.customer.clone()),
                None => return Ok(None),
            },
        };
        Record::load(&mut db, &self.vault, row, identity).await.map(Some)
    }

    /// The same, locked against other writers until the transaction ends. Inserted if it is not registered and no `id` is
    /// given.
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

    /// The customer with this id. The caller has to make sure that it may be seen.
    pub(super) async fn load_by_id(&self, id: &str) -> Result<Record, HookError> {
        let mut db = self.database.connection().await?;
        let row = store::customer::load_by_id(&mut *db, id).await?;
        let row = row.ok_or_else(HookError::no_customer)?;
        let identity = row.identity().ok_or_else(HookError::no_customer)?;
        Record::load(&mut db, &self.vault, row, identity).await
    }

    /// The same, locked against other writers until the transaction ends.
    pub(super) async fn lock_by_id(&self, tx: &mut Tx, id: &str) -> Result<Record, HookError> {
        let row = store::customer::lock_by_id(&mut **tx, id).await?;
        let row = row.ok_or_else(HookError::no_customer)?;
        let identity = row.identity().ok_or_else(HookError::no_customer)?;
        Record::load(tx, &self.vault, row, identity).await
    }
}

/// The row and its identity, if the caller may see it and the request names no other customer beside the id.
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
