//! `PUT /customer`: stores all values of the request, or none.

use std::sync::Arc;

use windlass_core::{problem::Code, time::Date};

use super::{
    Kyc,
    catalogue::Kind,
    change::Change,
    intake::{Incoming, Intake, Text},
    record::Record,
    requirements::Review,
    store::{self, field::FieldState},
};
use crate::{
    database::Tx,
    hooks::{Caller, HookError, wrong_code},
    locale::MessageId,
};

/// The customer and the type that a request is about.
pub(super) struct Target<'a> {
    /// The customer id in the request.
    pub(super) id: Option<&'a str>,
    /// Whether the request identifies the customer by memo.
    pub(super) by_memo: bool,
    /// The type that must not be rejected for this customer.
    pub(super) kind: Option<&'a Kind>,
    /// The type whose fields are stored; `None` stores the fields of all types.
    pub(super) asked_by: Option<&'a Kind>,
}

/// The result of storing a request.
struct Put {
    record: Arc<Record>,
    /// Whether a file was replaced, so that the old object can be removed.
    files_changed: bool,
}

impl Kyc {
    /// Stores the values and checks the codes of a request. Returns the customer afterwards.
    pub(super) async fn put_intake(
        &self,
        who: &Caller,
        target: &Target<'_>,
        intake: &Intake<'_>,
    ) -> Result<Arc<Record>, HookError> {
        let put = self.change("put customer", |mut tx| async move {
            let mut record = self.lock(&mut tx, who, target.id, target.by_memo).await?;
            let texts = self.assess(&record, target, intake)?;
            // An attempt at a code counts even if the request is refused, so the refusal is
            // committed.
            if let Some(refusal) = self.try_codes(&mut tx, &mut record, intake).await? {
                return Ok((tx, Change::Nothing(Err(refusal))));
            }
            let mut changed = Vec::new();
            for text in texts.iter().filter(|text| self.is_kept(text.canonical, target.asked_by)) {
                if self.put_text(&mut tx, &mut record, text, who).await? {
                    changed.push(text.canonical);
                }
            }
            let mut files_changed = false;
            for (field, incoming) in &intake.files {
                let kept = self.is_kept(field, target.asked_by);
                if self.put_file(&mut tx, who, &mut record, field, incoming, kept).await? {
                    changed.push(field);
                    files_changed = true;
                }
            }
            self.reopen_reviews(&mut tx, &mut record, &changed).await?;
            if let Some(kind) = target.asked_by {
                record.name_kind(&mut tx, &kind.name).await?;
            }
            let record = Arc::new(record);
            let put = Put { record: Arc::clone(&record), files_changed };
            Ok((tx, Change::Made { record, value: Ok(put) }))
        });
        let Put { record, files_changed } = put.await??;
        if files_changed {
            // Removes the object of the replaced file.
            self.remove_unclaimed().await;
        }
        Ok(record)
    }

    /// Checks the values of a request and returns them in canonical form.
    fn assess(
        &self,
        record: &Record,
        target: &Target<'_>,
        intake: &Intake<'_>,
    ) -> Result<Vec<Text>, HookError> {
        if target.kind.is_some_and(|kind| record.is_rejected(&kind.name)) {
            return Err(HookError::Invalid {
                message: MessageId::CustomerRejected.into(),
                code: Code::CustomerRejected,
                field: None,
            });
        }
        let texts = intake.judge(record, &self.catalogue, Date::from_unix(self.clock.now()))?;
        for (canonical, code) in &intake.codes {
            let sent = texts.iter().find(|text| text.canonical == *canonical);
            let stored = record.text(canonical)?;
            if sent.is_some_and(|sent| stored.as_ref() != Some(&sent.value)) {
                return Err(wrong_code(&code.name, MessageId::CodeOtherValue));
            }
        }
        Ok(texts)
    }

    /// Whether a value is stored: only if a type asks for its field. Configurations cannot ask for
    /// fields that must not be stored.
    fn is_kept(&self, canonical: &str, asked_by: Option<&Kind>) -> bool {
        let asked = match asked_by {
            Some(kind) => kind.asked(canonical),
            None => self.catalogue.asked(canonical),
        };
        asked.is_some()
    }

    /// Stores a text and queues a code if its field needs one. Returns `false` if the text is the
    /// same as before.
    async fn put_text(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        text: &Text,
        who: &Caller,
    ) -> Result<bool, HookError> {
        let verify = self.catalogue.asked(text.canonical).and_then(|asked| asked.verify);
        if record.text(text.canonical)?.as_ref() == Some(&text.value) {
            match verify {
                _ if !record.is_unverified(text.canonical) => {}
                // A wallet that repeats the same value may not have received the code.
                Some(channel) => self.send_code_again(tx, record, text, channel, who).await?,
                None => record.confirm_field(tx, text.canonical).await?,
            }
            return Ok(false);
        }
        let state = if verify.is_some() { FieldState::Unverified } else { FieldState::Accepted };
        record.put_text(tx, text.canonical, &text.value, state, &self.random).await?;
        if let Some(channel) = verify {
            self.send_code(tx, record, text, channel, who).await?;
        }
        Ok(true)
    }

    /// Stores the file of a field, or the earlier upload that the request refers to. Returns
    /// `false` if it is the same as before. A file that no type asks for is only checked.
    async fn put_file(
        &self,
        tx: &mut Tx,
        who: &Caller,
        record: &mut Record,
        field: &'static str,
        incoming: &Incoming<'_>,
        kept: bool,
    ) -> Result<bool, HookError> {
        let changed = match incoming {
            Incoming::Upload(_) if !kept => false,
            Incoming::Upload(upload) => self.keep_file(tx, record, field, upload).await?,
            Incoming::Reference { file_id } => {
                self.attach_file(tx, who, record, field, file_id, kept).await?
            }
        };
        if changed {
            record.put_file(tx, field).await?;
        }
        Ok(changed)
    }

    /// Reopens the reviews of the types that ask for a changed field.
    async fn reopen_reviews(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        changed: &[&'static str],
    ) -> Result<(), HookError> {
        for kind in self.catalogue.kinds().filter(|kind| kind.review != Review::Automatic) {
            if changed.iter().any(|canonical| kind.asked(canonical).is_some()) {
                record.delete_acceptance(tx, &kind.name).await?;
                store::review_request::supersede(&mut **tx, &record.id, &kind.name).await?;
            }
        }
        Ok(())
    }
}
