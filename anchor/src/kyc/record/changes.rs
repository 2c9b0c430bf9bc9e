//! Changes of a record, made in the database and in memory together.
//!
//! `tx` must hold the lock on the customer. Encrypted values are bound to their place in the
//! record.

use super::{
    super::store::{
        code::{self, CodeState},
        customer, decision,
        decision::Outcome,
        field,
        field::FieldState,
    },
    Record,
};
use crate::{clock::Random, database::Tx, hooks::HookError};

impl Record {
    /// Stores a text as the value of a field, replacing an earlier value.
    pub(in crate::kyc) async fn put_text(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
        text: &str,
        state: FieldState,
        random: &Random,
    ) -> Result<(), HookError> {
        let value = self.key.seal(text.as_bytes(), &self.value_context(canonical), random)?;
        self.put_field(tx, canonical, Some(value), state).await
    }

    /// Stores that the value of a field is a file.
    pub(in crate::kyc) async fn put_file(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
    ) -> Result<(), HookError> {
        self.put_field(tx, canonical, None, FieldState::Accepted).await
    }

    async fn put_field(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
        value: Option<Vec<u8>>,
        state: FieldState,
    ) -> Result<(), HookError> {
        field::put(&mut **tx, &self.id, canonical, value.as_deref(), state).await?;
        let name = canonical.to_owned();
        let row = field::Row { name: name.clone(), value, state, error: None };
        self.fields.insert(name, row);
        Ok(())
    }

    /// Accepts a field that waits for its confirmation code.
    pub(in crate::kyc) async fn confirm_field(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
    ) -> Result<(), HookError> {
        field::confirm(&mut **tx, &self.id, canonical).await?;
        if let Some(field) = self.fields.get_mut(canonical)
            && field.state == FieldState::Unverified
        {
            field.state = FieldState::Accepted;
        }
        Ok(())
    }

    /// Rejects a field with a reason for the customer. Returns `false` if the field was not
    /// provided.
    pub(in crate::kyc) async fn reject_field(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
        error: &str,
        random: &Random,
    ) -> Result<bool, HookError> {
        let error = self.key.seal(error.as_bytes(), &self.error_context(canonical), random)?;
        if !field::reject(&mut **tx, &self.id, canonical, &error).await? {
            return Ok(false);
        }
        if let Some(field) = self.fields.get_mut(canonical) {
            (field.state, field.error) = (FieldState::Rejected, Some(error));
        }
        Ok(true)
    }

    /// Stores a new code for a field and makes the earlier one void. Returns the id of the earlier
    /// one.
    pub(in crate::kyc) async fn put_code(
        &mut self,
        tx: &mut Tx,
        new: &code::New<'_>,
    ) -> Result<Option<String>, HookError> {
        let old = self.codes.remove(new.field);
        if old.is_some() {
            code::void(&mut **tx, &self.id, new.field).await?;
        }
        code::insert(&mut **tx, &self.id, new).await?;
        self.codes.insert(new.field.to_owned(), new.into());
        Ok(old.map(|code| code.id))
    }

    /// Uses up the code of a field and accepts the field.
    pub(in crate::kyc) async fn use_code(
        &mut self,
        tx: &mut Tx,
        canonical: &str,
    ) -> Result<(), HookError> {
        if let Some(code) = self.codes.get_mut(canonical) {
            code::consume(&mut **tx, &code.id).await?;
            code.state = CodeState::Used;
        }
        self.confirm_field(tx, canonical).await
    }

    /// Stores a decision with a message for the customer, replacing an earlier decision.
    pub(in crate::kyc) async fn put_decision(
        &mut self,
        tx: &mut Tx,
        kind: &str,
        outcome: Outcome,
        message: Option<&str>,
        random: &Random,
    ) -> Result<(), HookError> {
        let seal = |text: &str| self.key.seal(text.as_bytes(), &self.message_context(kind), random);
        let message = message.map(seal).transpose()?;
        decision::put(&mut **tx, &self.id, kind, outcome, message.as_deref()).await?;
        let row = decision::Row { kind: kind.to_owned(), outcome, message };
        self.decisions.insert(kind.to_owned(), row);
        Ok(())
    }

    /// Deletes an acceptance after a change of an accepted field. A rejection stays.
    pub(in crate::kyc) async fn delete_acceptance(
        &mut self,
        tx: &mut Tx,
        kind: &str,
    ) -> Result<(), HookError> {
        decision::delete_acceptance(&mut **tx, &self.id, kind).await?;
        if self.outcome(kind) == Some(Outcome::Accepted) {
            self.decisions.remove(kind);
        }
        Ok(())
    }

    /// Stores the customer type that a `PUT` named.
    pub(in crate::kyc) async fn name_kind(
        &mut self,
        tx: &mut Tx,
        kind: &str,
    ) -> Result<(), HookError> {
        customer::name_kind(&mut **tx, &self.id, kind).await?;
        kind.clone_into(&mut self.named_kind);
        Ok(())
    }
}
