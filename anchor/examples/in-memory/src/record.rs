//! The record of a customer, and the answer to `GET /customer`.

use std::collections::BTreeMap;

use assign::assign;
use windlass_core::{
    map::Map,
    sep12::{
        Customer, CustomerKey, Field, FieldStatus, Progress, ProvidedField, Status, derive_status,
    },
};

use crate::kinds::Kind;

/// A customer.
pub(crate) struct Record {
    pub(crate) id: String,
    /// The account of the customer, and the memo of one of its users.
    pub(crate) owner: CustomerKey,
    /// Values by the canonical name of their field.
    pub(crate) values: Map<String>,
    /// Ids of files by the name of their field.
    pub(crate) files: BTreeMap<String, String>,
    /// The codes that the customer has not returned yet, by the canonical name of their field.
    pub(crate) codes: BTreeMap<String, Code>,
}

/// A code that was sent.
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) attempts_left: u32,
}

impl Record {
    pub(crate) fn new(id: String, owner: CustomerKey) -> Self {
        let (values, files, codes) = Default::default();
        Self { id, owner, values, files, codes }
    }

    /// The status of a field; `None` if it was not provided.
    fn status(&self, canonical: &str) -> Option<FieldStatus> {
        if self.codes.contains_key(canonical) {
            return Some(FieldStatus::VerificationRequired);
        }
        let given = self.values.contains_key(canonical) || self.files.contains_key(canonical);
        given.then_some(FieldStatus::Accepted)
    }
}

/// The answer to `GET /customer`. Without a record it lists the fields to provide.
pub(crate) fn answer(kind: &Kind, record: Option<&Record>) -> Customer {
    let (mut wanted, mut provided, mut progress) = (Map::new(), Map::new(), Vec::new());
    for (field, required) in kind.fields() {
        let status = record.and_then(|record| record.status(field.canonical));
        let (name, told) = (field.name.to_owned(), describe(field, required));
        if status.is_some() {
            let (status, error) = (status.clone(), None);
            provided.insert(name, assign!(ProvidedField::new(), { field: told, status, error }));
        } else {
            wanted.insert(name, told);
        }
        progress.push((required, status));
    }
    let progress = progress
        .iter()
        .map(|(required, status)| Progress { required: *required, status: status.as_ref() });
    let status = derive_status(progress, false, false);
    let fields = (status == Status::NeedsInfo || !wanted.is_empty()).then_some(wanted);
    assign!(Customer::new(status), {
        id: record.map(|record| record.id.clone()),
        fields,
        provided_fields: (!provided.is_empty()).then_some(provided),
    })
}

fn describe(field: &windlass_core::sep9::Field, required: bool) -> Field {
    assign!(Field::new(), {
        kind: Some(field.kind),
        description: Some(field.description.to_owned()),
        optional: !required,
    })
}
