//! A customer, and its position in the script.

use std::collections::{BTreeMap, BTreeSet};

use assign::assign;
use windlass_core::{
    sep9::MediaType,
    sep12::{Customer, CustomerKey, Field, File, Status},
    time::rfc3339,
};

use crate::script::Step;

/// A customer.
pub(crate) struct Record {
    /// The customer's id. Absent until an answer or request registers the customer.
    pub(crate) id: Option<String>,
    /// The registered callback URL.
    pub(crate) callback: Option<String>,
    /// The provided values by canonical name.
    pub(crate) values: BTreeMap<&'static str, String>,
    steps: Vec<Step>,
    at: usize,
    /// How often `GET` has returned the current step.
    said: u32,
    /// The fields sent during the current step, by canonical name.
    sent: BTreeSet<&'static str>,
    /// The fields sent during earlier steps: the name and description of the step that asked for
    /// them, by canonical name.
    earlier: BTreeMap<&'static str, (String, Field)>,
}

impl Record {
    /// A customer at the first of these steps. There must be at least one.
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self {
            id: None,
            callback: None,
            values: BTreeMap::new(),
            steps,
            at: 0,
            said: 0,
            sent: BTreeSet::new(),
            earlier: BTreeMap::new(),
        }
    }

    /// The current step.
    pub(crate) fn step(&self) -> &Step {
        &self.steps[self.at]
    }

    /// Whether the current step is a rejection.
    pub(crate) fn is_rejected(&self) -> bool {
        self.step().status == Status::Rejected && self.is_last()
    }

    /// The current answer. Does not advance the script.
    pub(crate) fn told(&self) -> Customer {
        self.step().answer(self.id.clone(), &self.sent, &self.earlier)
    }

    /// The answer to `GET`. Counts it, so that the next `GET` may get the next step.
    pub(crate) fn say(&mut self) -> Customer {
        let told = self.told();
        self.said += 1;
        let often = match (self.step().status == Status::NeedsInfo, self.step().says) {
            (true, None) => u32::MAX,
            (_, says) => says.unwrap_or(1),
        };
        if self.said >= often {
            self.go_on();
        }
        told
    }

    /// Records the sent fields that the step asks for. When no required field is missing, the next
    /// step begins.
    pub(crate) fn note(&mut self, sent: impl IntoIterator<Item = &'static str>) {
        let step = &self.steps[self.at];
        self.sent.extend(sent.into_iter().filter(|canonical| step.named(canonical).is_some()));
        if self.step().status == Status::NeedsInfo && self.step().is_done(&self.sent) {
            self.go_on();
        }
    }

    fn is_last(&self) -> bool {
        self.at + 1 == self.steps.len()
    }

    fn go_on(&mut self) {
        if !self.is_last() {
            let sent = std::mem::take(&mut self.sent);
            for canonical in sent {
                if let Some((name, field)) = self.steps[self.at].named(canonical) {
                    self.earlier.insert(canonical, (name.clone(), field.clone()));
                }
            }
            self.at += 1;
            self.said = 0;
        }
    }
}

/// An uploaded file, without its content.
pub(crate) struct Stored {
    pub(crate) owner: CustomerKey,
    pub(crate) customer_id: Option<String>,
    pub(crate) media: MediaType,
    pub(crate) size: u64,
    pub(crate) expires_at: u64,
}

impl Stored {
    /// The description of the file for the wallet.
    pub(crate) fn told(&self, id: &str) -> File {
        let expires_at = self.customer_id.is_none().then(|| rfc3339(self.expires_at));
        assign!(File::new(id, self.media.as_str(), self.size), {
            expires_at,
            customer_id: self.customer_id.clone(),
        })
    }
}
