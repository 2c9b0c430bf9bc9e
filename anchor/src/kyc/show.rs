//! Operators' view of a customer. The access log records each view before data is shown.

use std::{collections::BTreeMap, fmt};

use windlass_core::{problem::Code, sep12::CustomerKey};
use zeroize::Zeroizing;

use super::{
    Kyc,
    access::{Access, Actor},
    files::key_context,
    record::Record,
    store,
};
use crate::{hooks::HookError, storage::Reader};

/// The operator who views a customer, and the purpose, for the access log.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The operator's name.
    pub operator: &'a str,
    /// The purpose, without personal data: `review`, `ticket 4711`.
    pub purpose: &'a str,
}

/// A customer as operators see it.
pub struct Shown {
    /// The id of the customer.
    pub id: String,
    /// The account and memo of the customer.
    pub identity: CustomerKey,
    /// Decrypted texts, by the canonical name of their field.
    pub texts: BTreeMap<String, Zeroizing<String>>,
    /// The ids of files, by the name of their field.
    pub files: BTreeMap<String, String>,
}

/// Leaves out the values, which are personal data.
impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({}, {} texts, {} files)", self.id, self.texts.len(), self.files.len())
    }
}

impl Kyc {
    /// All data that a customer has provided, with files as ids. For operators: makes no access
    /// check.
    ///
    /// # Errors
    ///
    /// The customer is unknown, or the access log cannot be written.
    pub async fn show(&self, look: Look<'_>, customer_id: &str) -> Result<Shown, HookError> {
        let record = self.load_by_id(customer_id).await?;
        let rows = store::file::of_customer(self.database.reads(), &record.id).await?;
        let files: BTreeMap<_, _> =
            rows.into_iter().filter_map(|row| Some((row.field?, row.id))).collect();
        let mut texts = BTreeMap::new();
        for name in record.provided() {
            if let Some(text) = record.text(name)? {
                texts.insert(name.clone(), text);
            }
        }
        let fields = texts.keys().chain(files.keys()).cloned().collect();
        self.note_look(look, &record, "show", fields).await?;
        Ok(Shown { id: record.id, identity: record.identity, texts, files })
    }

    /// The content of a customer's file.
    ///
    /// # Errors
    ///
    /// The customer has no file for this field, the storage does not answer, or the access log
    /// cannot be written.
    pub async fn read_file(
        &self,
        look: Look<'_>,
        customer_id: &str,
        field: &str,
    ) -> Result<Reader, HookError> {
        let record = self.load_by_id(customer_id).await?;
        let row = store::file::of_field(self.database.reads(), &record.id, field).await?;
        let row = row.ok_or_else(|| HookError::NotFound {
            message: "no such file".into(),
            code: Code::FileNotFound,
        })?;
        let key = record.key.unwrap(&row.key().bytes, &key_context(&record, field, &row.id))?;
        self.note_look(look, &record, "file", vec![field.to_owned()]).await?;
        Ok(self.storage.read(&row.id, key).await?)
    }

    async fn note_look(
        &self,
        look: Look<'_>,
        record: &Record,
        route: &str,
        fields: Vec<String>,
    ) -> Result<(), HookError> {
        let access = Access {
            customer_id: record.id.clone(),
            actor: Actor::Operator(look.operator.to_owned()),
            route: route.to_owned(),
            purpose: look.purpose.to_owned(),
            fields,
        };
        Ok(self.access.write(access).await?)
    }
}
