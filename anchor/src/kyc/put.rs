//! `PUT /customer`: everything in the request is stored, or nothing of it.

use std::sync::Arc;

use windlass_core::{language::Language, problem::Code, time::Date};

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

/// Whom a request is about, and what for.
pub(super) struct Target<'a> {
    /// The id that the request names.
    pub(super) id: Option<&'a str>,
    /// Whether it names a memo.
    pub(super) by_memo: bool,
    /// The type whose rejection stands against it.
    pub(super) kind: Option<&'a Kind>,
    /// The type whose fields are kept; those of all types if it names none.
    pub(super) asked_by: Option<&'a Kind>,
}

/// What a request has stored.
struct Put {
    record: Arc<Record>,
    /// Whether a file took the place of another one.
    files_changed: bool,
}

impl Kyc {
    /// Stores what came, and returns the customer as it is then.
    pub(super) async fn put_intake(
        &self,
        who: &Caller,
        target: &Target<'_>,
        intake: &Intake<'_>,
    ) -> Result<Arc<Record>, HookError> {
        let put = self.change("put customer", |mut tx| async move {
            let mut record = self.lock(&mut tx, who, target.id, target.by_memo).await?;
            let texts = self.assess(&record, target, intake)?;
            // An attempt at a code counts whatever becomes of the request, so a refusal is committed as well.
            if let Some(refusal) = self.try_codes(&mut tx, &mut record, intake).await? {
                return Ok((tx, Change::Nothing(Err(refusal))));
            }
            let mut changed = Vec::new();
            for text in texts.iter().filter(|text| self.is_kept(text.canonical, target.asked_by)) {
                if self.put_text(&mut tx, &mut record, text, who.language).await? {
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
            // The file that was there before is gone.
            self.remove_unclaimed().await;
        }
        Ok(record)
    }

    /// The values of a request in their canonical form, or a refusal.
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

    /// Whether a value is kept: only if a type asks for it. What must not be stored cannot be asked for.
    fn is_kept(&self, canonical: &str, asked_by: Option<&Kind>) -> bool {
        let asked = match asked_by {
            Some(kind) => kind.asked(canonical),
            None => self.catalogue.asked(canonical),
        };
        asked.is_some()
    }

    /// Stores a text and sends a code to it if it needs one. Returns whether it is another text than before.
    async fn put_text(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        text: &Text,
        language: Language,
    ) -> Result<bool, HookError> {
        let verify = self.catalogue.asked(text.canonical).and_then(|asked| asked.verify);
        if record.text(text.canonical)?.as_ref() == Some(&text.value) {
            match verify {
                _ if !record.is_unverified(text.canonical) => {}
                // A wallet that sends the same value again may have lost the code.
                Some(channel) => self.send_code_again(tx, record, text, channel, language).await?,
                None => record.confirm_field(tx, text.canonical).await?,
            }
            return Ok(false);
        }
        let state = if verify.is_some() { FieldState::Unverified } else { FieldState::Accepted };
        record.put_text(tx, text.canonical, &text.value, state, &self.random).await?;
        if let Some(channel) = verify {
            self.send_code(tx, record, text, channel, language).await?;
        }
        Ok(true)
    }

    /// Stores a file, or the earlier upload that the request refers to. Returns whether it is another one than before. A
    /// file that is not kept is only checked.
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

    /// Reopens the reviews of the types that ask for something that has changed.
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
