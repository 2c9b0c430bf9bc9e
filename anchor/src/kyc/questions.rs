//! Customers that an outside reviewer decides about (W-11).

use std::collections::BTreeMap;

use sqlx::{Any, Transaction};
use windlass_core::sep12::Status;
use zeroize::Zeroizing;

use super::{
    Kyc, answer, catalogue::Kind, files::key_context, record::Record, requirements::Review,
};
use crate::{
    access::{Access, Actor},
    hooks::{Evidence, HookError, Question, Reviewer, Verdict},
    kyc::Decision,
    store,
};

impl Kyc {
    /// Takes the answer to a question that was left open; whether it still counted. An answer that comes again, or about
    /// what the customer has changed since, does not.
    ///
    /// # Errors
    ///
    /// There is no such question, or the verdict names a field that was not provided.
    pub async fn answer(&self, question_id: &str, verdict: &Verdict) -> Result<bool, HookError> {
        let question = store::question::find(self.database.pool(), question_id).await?;
        let question = question.ok_or_else(no_question)?;
        if *verdict == Verdict::Processing {
            return Ok(question.is_open());
        }
        let mut tx = self.database.begin().await?;
        let record = self.hold_for_operator(&mut tx, &question.customer_id).await?;
        if !store::question::answer(&mut *tx, question_id).await? {
            return Ok(false);
        }
        let kind = self.kind(Some(&question.kind))?;
        if record.verdict(&kind.name) == Some("REJECTED") {
            // A person was quicker.
            tx.commit().await?;
            return Ok(false);
        }
        self.pronounce(&mut tx, &record, kind, verdict).await?;
        self.settle(&mut tx, &record.id).await?;
        tx.commit().await?;
        self.outbox.ring();
        Ok(true)
    }

    /// Asks a reviewer, if the question still counts, and takes the answer.
    pub(crate) async fn ask(
        &self,
        reviewer: &dyn Reviewer,
        question_id: &str,
    ) -> Result<(), HookError> {
        let row = store::question::find(self.database.pool(), question_id).await?;
        let Some(row) = row.filter(store::question::Row::is_open) else { return Ok(()) };
        // A type that was taken out of the configuration is nobody's any more.
        let Ok(kind) = self.kind(Some(&row.kind)) else { return Ok(()) };
        let record = self.find_for_operator(&row.customer_id).await?;
        let question = self.question(question_id, kind, &record).await?;
        let fields = question.fields.keys().chain(question.files.keys()).cloned().collect();
        let access = Access {
            customer_id: record.id.clone(),
            actor: Actor::Provider(reviewer.name().to_owned()),
            route: "review".to_owned(),
            purpose: kind.name.clone(),
            fields,
        };
        self.access.write(access).await?;
        let verdict = reviewer.review(&question).await?;
        self.answer(question_id, &verdict).await.map(drop)
    }

    /// Puts questions in for what is now complete, as part of `tx`, which holds the customer.
    pub(super) async fn ask_about(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
    ) -> Result<(), HookError> {
        for kind in self.outside_kinds() {
            let waits = answer::customer(kind, Some(record))?.status == Status::Processing;
            if !waits || store::question::is_open(&mut **tx, &record.id, &kind.name).await? {
                continue;
            }
            let (id, now) = (self.random.id(), self.clock.now());
            store::question::insert(&mut **tx, &id, &record.id, &kind.name, now).await?;
            self.outbox.push_review(tx, (&record.id, &record.key), &id).await?;
        }
        Ok(())
    }

    /// The types that an outside reviewer decides about.
    pub(super) fn outside_kinds(&self) -> impl Iterator<Item = &Kind> {
        self.catalogue.kinds().filter(|kind| kind.review == Review::Provider)
    }

    async fn question(
        &self,
        id: &str,
        kind: &Kind,
        record: &Record,
    ) -> Result<Question, HookError> {
        let (mut fields, mut files) = (BTreeMap::new(), BTreeMap::new());
        for name in record.fields.keys() {
            let Some(asked) = kind.asked(name) else { continue };
            let shown = asked.field.name.to_owned();
            if let Some(text) = record.text(name)? {
                fields.insert(shown, text);
                continue;
            }
            let row = store::file::of_field(self.database.pool(), &record.id, name).await?;
            let Some(row) = row else { continue };
            let key = record.key.unwrap(&row.key().bytes, &key_context(record, name, &row.id))?;
            let content = Zeroizing::new(self.storage.read(&row.id, key).await?.bytes().await?);
            let content_type = row.content_type.clone();
            files.insert(shown, Evidence { content_type, content });
        }
        let (customer_id, kind) = (record.id.clone(), kind.name.clone());
        Ok(Question { id: id.to_owned(), customer_id, kind, fields, files })
    }

    /// Writes a verdict down.
    async fn pronounce(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        kind: &Kind,
        verdict: &Verdict,
    ) -> Result<(), HookError> {
        match verdict {
            Verdict::Accepted => self.write_down(tx, record, kind, Decision::Accept).await,
            Verdict::Rejected { message } => {
                let message = message.clone();
                self.write_down(tx, record, kind, Decision::Reject { message }).await
            }
            Verdict::NeedsInfo { fields } if fields.is_empty() => {
                Err(HookError::invalid("NEEDS_INFO must name the fields that are not good"))
            }
            Verdict::NeedsInfo { fields } => {
                for (field, error) in fields {
                    let (field, error) = (field.clone(), error.clone());
                    let decision = Decision::RejectField { field, error };
                    self.write_down(tx, record, kind, decision).await?;
                }
                // If only optional values are bad, nothing more is waited for: the rest is good.
                let record = self.hold_for_operator(tx, &record.id).await?;
                if answer::customer(kind, Some(&record))?.status == Status::Processing {
                    self.write_down(tx, &record, kind, Decision::Accept).await?;
                }
                Ok(())
            }
            Verdict::Processing => Ok(()),
        }
    }
}

fn no_question() -> HookError {
    HookError::NotFound {
        message: "no such question".into(),
        code: windlass_core::problem::Code::NotFound,
    }
}
