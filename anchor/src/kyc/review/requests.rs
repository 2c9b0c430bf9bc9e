//! Review requests: customers that the review provider decides about (W-11).

use std::{collections::BTreeMap, sync::Arc};

use windlass_core::{problem::Code, sep12::Status};
use zeroize::Zeroizing;

use super::{
    super::{
        Kyc,
        access::{Access, Actor},
        answer,
        catalogue::Kind,
        change::Change,
        files::key_context,
        record::Record,
        requirements::Review,
        store,
    },
    Decision, topic,
};
use crate::{
    database::Tx,
    hooks::{HookError, ReviewDecision, ReviewFile, ReviewProvider, ReviewRequest},
    outbox::NewMessage,
};

impl Kyc {
    /// Stores the provider's decision on an open request. Returns `false` if the request is not open
    /// any more: it has a decision already, or the customer has changed since.
    ///
    /// # Errors
    ///
    /// The request is unknown, or the decision names a field that was not provided.
    pub async fn decide_review(
        &self,
        request_id: &str,
        decision: &ReviewDecision,
    ) -> Result<bool, HookError> {
        let request = store::review_request::find(self.database.reads(), request_id).await?;
        let request = &request.ok_or_else(no_request)?;
        self.decide_request(request_id, request, decision).await
    }

    async fn decide_request(
        &self,
        request_id: &str,
        request: &store::review_request::Row,
        decision: &ReviewDecision,
    ) -> Result<bool, HookError> {
        if *decision == ReviewDecision::Processing {
            return Ok(request.is_open());
        }
        let taken = self.change("decide review", |mut tx| async move {
            let mut record = self.lock_by_id(&mut tx, &request.customer_id).await?;
            if !store::review_request::note_decision(&mut *tx, request_id).await? {
                return Ok((tx, Change::Nothing(false)));
            }
            let kind = self.kind(Some(&request.kind))?;
            if record.is_rejected(&kind.name) {
                // An operator has decided in the meantime.
                return Ok((tx, Change::Nothing(false)));
            }
            self.apply_review(&mut tx, &mut record, kind, decision).await?;
            Ok((tx, Change::Made { record: Arc::new(record), value: true }))
        });
        taken.await
    }

    /// Asks the provider, if the request is still open, and stores the decision.
    pub(super) async fn review(
        &self,
        provider: &dyn ReviewProvider,
        request_id: &str,
    ) -> Result<(), HookError> {
        let row = store::review_request::find(self.database.reads(), request_id).await?;
        let Some(row) = row.filter(store::review_request::Row::is_open) else { return Ok(()) };
        // The configuration may have lost the type since then.
        let Ok(kind) = self.kind(Some(&row.kind)) else { return Ok(()) };
        let record = self.load_by_id(&row.customer_id).await?;
        let request = self.request(request_id, kind, &record).await?;
        let fields = request.fields.keys().chain(request.files.keys()).cloned().collect();
        let access = Access {
            customer_id: record.id.clone(),
            actor: Actor::ReviewProvider(provider.name().to_owned()),
            route: "review".to_owned(),
            purpose: kind.name.clone(),
            fields,
        };
        self.access.write(access).await?;
        let decision = provider.review(&request).await?;
        self.decide_request(request_id, &row, &decision).await.map(drop)
    }

    /// Queues review requests for the types that are complete now. `tx` must hold the lock on the
    /// customer.
    pub(in crate::kyc) async fn request_reviews(
        &self,
        tx: &mut Tx,
        record: &Record,
    ) -> Result<(), HookError> {
        for kind in self.catalogue.kinds().filter(|kind| kind.review == Review::Provider) {
            let waits = answer::customer(kind, Some(record))?.status == Status::Processing;
            if !waits || store::review_request::has_open(&mut **tx, &record.id, &kind.name).await? {
                continue;
            }
            let (id, now) = (self.random.id(), self.clock.now());
            store::review_request::insert(&mut **tx, &id, &record.id, &kind.name, now).await?;
            let message = NewMessage {
                topic: topic::TOPIC,
                id: &id,
                owner: Some(record.owner()),
                line: "",
                content: b"",
                expires_at: u64::MAX,
            };
            self.outbox.push(tx, &message).await?;
        }
        Ok(())
    }

    async fn request(
        &self,
        id: &str,
        kind: &Kind,
        record: &Record,
    ) -> Result<ReviewRequest, HookError> {
        let (mut fields, mut files) = (BTreeMap::new(), BTreeMap::new());
        for name in record.provided() {
            let Some(asked) = kind.asked(name) else { continue };
            let shown = asked.field.name.to_owned();
            if let Some(text) = record.text(name)? {
                fields.insert(shown, text);
                continue;
            }
            let row = store::file::of_field(self.database.reads(), &record.id, name).await?;
            let Some(row) = row else { continue };
            let key = record.key.unwrap(&row.key().bytes, &key_context(record, name, &row.id))?;
            let content = Zeroizing::new(self.storage.read(&row.id, key).await?.bytes().await?);
            let content_type = row.content_type.clone();
            files.insert(shown, ReviewFile { content_type, content });
        }
        let (customer_id, kind) = (record.id.clone(), kind.name.clone());
        Ok(ReviewRequest { id: id.to_owned(), customer_id, kind, fields, files })
    }

    async fn apply_review(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        kind: &Kind,
        decision: &ReviewDecision,
    ) -> Result<(), HookError> {
        match decision {
            ReviewDecision::Accepted => self.apply(tx, record, kind, &Decision::Accept).await,
            ReviewDecision::Rejected { message } => {
                let message = message.clone();
                self.apply(tx, record, kind, &Decision::Reject { message }).await
            }
            ReviewDecision::NeedsInfo { fields } if fields.is_empty() => {
                Err(HookError::invalid("NEEDS_INFO must name the rejected fields"))
            }
            ReviewDecision::NeedsInfo { fields } => {
                for (field, error) in fields {
                    let (field, error) = (field.clone(), error.clone());
                    self.apply(tx, record, kind, &Decision::RejectField { field, error }).await?;
                }
                // If only optional values were rejected, nothing more is required: accept the rest.
                if answer::customer(kind, Some(record))?.status == Status::Processing {
                    self.apply(tx, record, kind, &Decision::Accept).await?;
                }
                Ok(())
            }
            ReviewDecision::Processing => Ok(()),
        }
    }
}

fn no_request() -> HookError {
    HookError::NotFound { message: "no such review request".into(), code: Code::NotFound }
}
