//! A customer, and where its script stands.

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
    /// Given out with the first answer that says more than what a stranger is told.
    pub(crate) id: Option<String>,
    /// Where it is told of changes.
    pub(crate) callback: Option<String>,
    /// Values by canonical name.
    pub(crate) values: BTreeMap<&'static str, String>,
    steps: Vec<Step>,
    at: usize,
    /// How often the present step was said.
    said: u32,
    /// What was sent in the present step, by canonical name.
    sent: BTreeSet<&'static str>,
    /// What was sent before, as the step that asked for it had it.
    earlier: BTreeMap<&'static str, (String, Field)>,
}

impl Record {
    /// At the first of these steps, of which there is at least one.
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

    /// Where it stands.
    pub(crate) fn step(&self) -> &Step {
        &self.steps[self.at]
    }

    /// Whether the anchor will have no more of it.
    pub(crate) fn is_rejected(&self) -> bool {
        self.step().status == Status::Rejected && self.is_last()
    }

    /// What is said of it now; saying it changes nothing.
    pub(crate) fn told(&self) -> Customer {
        self.step().answer(self.id.clone(), &self.sent, &self.earlier)
    }

    /// What `GET` says; the next one may hear of the next step.
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

    /// Notes what was sent, as far as it was asked for: when nothing is open any more, the next step begins.
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

/// A file: what it holds is of no interest.
pub(crate) struct Stored {
    pub(crate) owner: CustomerKey,
    pub(crate) customer_id: Option<String>,
    pub(crate) media: MediaType,
    pub(crate) size: u64,
    pub(crate) expires_at: u64,
}

impl Stored {
    /// What a wallet is told of it.
    pub(crate) fn told(&self, id: &str) -> File {
        let expires_at = self.customer_id.is_none().then(|| rfc3339(self.expires_at));
        assign!(File::new(id, self.media.as_str(), self.size), {
            expires_at,
            customer_id: self.customer_id.clone(),
        })
    }
}
