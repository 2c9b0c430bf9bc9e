//! `PUT /customer`: everything in the request is stored, or nothing of it.

use sqlx::{Any, Transaction};
use windlass_core::{
    problem::Code,
    sep12::{FieldStatus, Language},
    time::Date,
};

use super::{
    Kyc,
    catalogue::Kind,
    codes::Confirmed,
    intake::{Incoming, Intake, Text},
    record::Record,
    requirements::Review,
};
use crate::{
    hooks::{Caller, HookError, wrong_code},
    locale::MessageId,
    store,
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

/// What changed, for the reviews that it opens again.
type Changed = Vec<&'static str>;

impl Kyc {
    /// Stores what came, and returns the customer's id.
    pub(super) async fn put_intake(
        &self,
        who: &Caller,
        target: &Target<'_>,
        intake: &Intake<'_>,
    ) -> Result<String, HookError> {
        // Codes are tried first, and the attempt counts whatever becomes of the request. So everything that can be
        // refused without trying them is looked at before.
        let confirmed = if intake.codes.is_empty() {
            Vec::new()
        } else {
            let record = self.find(who, target.id, target.by_memo).await?;
            self.assess(record.as_ref(), target, intake)?;
            self.try_codes(record.as_ref(), intake).await?
        };

        let mut tx = self.database.begin().await?;
        let record = self.hold(&mut tx, who, target.id, target.by_memo).await?;
        let texts = self.assess(Some(&record), target, intake)?;
        for code in &confirmed {
            self.confirm(&mut tx, &record, code).await?;
        }
        let mut changed = Changed::new();
        for text in texts.iter().filter(|text| self.is_kept(text.canonical, target.asked_by)) {
            self.put_text(&mut tx, &record, text, &confirmed, &mut changed, who.language).await?;
        }
        for (field, incoming) in &intake.files {
            if self
                .put_file(
                    &mut tx,
                    who,
                    &record,
                    field,
                    incoming,
                    self.is_kept(field, target.asked_by),
                )
                .await?
            {
                changed.push(field);
            }
        }
        self.reopen_reviews(&mut tx, &record, &changed).await?;
        if let Some(kind) = target.asked_by {
            store::customer::name_kind(&mut *tx, &record.id, &kind.name).await?;
        }
        self.settle(&mut tx, &record.id).await?;
        tx.commit().await?;
        if changed.iter().any(|field| intake.files.contains_key(field)) {
            // The file that was there before is gone.
            self.collect().await;
        }
        self.outbox.ring();
        Ok(record.id)
    }

    /// Refuses what must be refused; the values in their proper form otherwise.
    fn assess(
        &self,
        record: Option<&Record>,
        target: &Target<'_>,
        intake: &Intake<'_>,
    ) -> Result<Vec<Text>, HookError> {
        if let (Some(record), Some(kind)) = (record, target.kind)
            && record.verdict(&kind.name) == Some("REJECTED")
        {
            return Err(HookError::Invalid {
                message: MessageId::CustomerRejected.into(),
                code: Code::CustomerRejected,
                field: None,
            });
        }
        let texts = intake.judge(record, &self.catalogue, Date::from_unix(self.clock.now()))?;
        for (canonical, code) in &intake.codes {
            let sent = texts.iter().find(|text| text.canonical == *canonical);
            let stored = record.map(|record| record.text(canonical)).transpose()?.flatten();
            if sent.is_some_and(|sent| stored.as_ref() != Some(&sent.value)) {
                return Err(wrong_code(&code.name, MessageId::CodeOtherValue));
            }
        }
        Ok(texts)
    }

    /// Whether a value is kept: what nobody asked for is not. What may never be stored cannot be asked for.
    fn is_kept(&self, canonical: &str, asked_by: Option<&Kind>) -> bool {
        let asked = match asked_by {
            Some(kind) => kind.asked(canonical),
            None => self.catalogue.asked(canonical),
        };
        asked.is_some()
    }

    /// Stores a text, unless it is what is stored already; a new one may need a code.
    async fn put_text(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        text: &Text,
        confirmed: &[Confirmed],
        changed: &mut Changed,
        language: Language,
    ) -> Result<(), HookError> {
        let verify = self.catalogue.asked(text.canonical).and_then(|asked| asked.verify);
        let same = record.text(text.canonical)?.as_ref() == Some(&text.value);
        let waits = record.status(text.canonical) == Some(FieldStatus::VerificationRequired)
            && !confirmed.iter().any(|code| code.field == text.canonical);
        if same {
            return match verify {
                // Whoever sends it again may have lost the code.
                Some(channel) if waits => {
                    self.send_code_again(tx, record, text, channel, language).await
                }
                None if waits => Ok(store::field::confirm(&mut **tx, &record.id, text.canonical)
                    .await
                    .map(drop)?),
                _ => Ok(()),
            };
        }
        let value = record.key.seal(
            text.value.as_bytes(),
            &record.place_of(text.canonical),
            &self.random,
        )?;
        let status = if verify.is_some() {
            FieldStatus::VerificationRequired
        } else {
            FieldStatus::Accepted
        };
        store::field::put(&mut **tx, &record.id, text.canonical, Some(value), status.as_str())
            .await?;
        changed.push(text.canonical);
        match verify {
            Some(channel) => self.send_code(tx, record, text, channel, language).await,
            None => Ok(()),
        }
    }

    /// Stores a file or takes the one referred to; whether anything changed. If it is not kept, it is only looked at.
    async fn put_file(
        &self,
        tx: &mut Transaction<'static, Any>,
        who: &Caller,
        record: &Record,
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
            store::field::put(&mut **tx, &record.id, field, None, FieldStatus::Accepted.as_str())
                .await?;
        }
        Ok(changed)
    }

    /// What a person accepted was something else than what is there now.
    async fn reopen_reviews(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        changed: &[&'static str],
    ) -> Result<(), HookError> {
        for kind in self.catalogue.kinds().filter(|kind| kind.review != Review::Automatic) {
            if changed.iter().any(|canonical| kind.asked(canonical).is_some()) {
                store::review::reopen(&mut **tx, &record.id, &kind.name).await?;
                store::question::supersede(&mut **tx, &record.id, &kind.name).await?;
            }
        }
        Ok(())
    }
}
