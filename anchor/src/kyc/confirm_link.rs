//! Links that confirm a value as its code does: for e-mail, where opening a link is easier than copying a code (P-20).
//!
//! A link contains a secret of 32 random bytes, of which only the hash is stored. It expires with its code, and using one
//! of the two uses up both.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest as _, Sha256};

use super::{
    Kyc,
    change::Change,
    record::Record,
    store::{self, code::CodeState},
};
use crate::hooks::HookError;

/// Where a link stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Link {
    /// The value waits to be confirmed.
    Waiting {
        /// The canonical name of its field.
        field: String,
    },
    /// The value was confirmed, by this link or by the code beside it.
    Confirmed {
        /// The canonical name of its field.
        field: String,
    },
    /// It is unknown, has expired, or there is a newer one.
    Gone,
}

/// A link to be sent.
pub(super) struct NewLink {
    /// The whole URL.
    pub(super) url: String,
    /// What is stored of it.
    pub(super) hash: String,
}

impl Kyc {
    pub(super) fn new_link(&self) -> NewLink {
        let secret = BASE64URL_NOPAD.encode(&self.random.bytes::<32>());
        NewLink { url: format!("{}/{secret}", self.confirm_url), hash: hash(&secret) }
    }

    /// Where the link with this secret stands. Changes nothing: mail programs and scanners open links by themselves.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = hash(secret);
        let customer_id = store::code::customer_of_link(self.database.pool(), &hash).await?;
        let Some(customer_id) = customer_id else { return Ok(Link::Gone) };
        match self.load_by_id(&customer_id).await {
            Ok(record) => Ok(self.link_state(&record, &hash)),
            Err(HookError::NotFound { .. }) => Ok(Link::Gone),
            Err(error) => Err(error),
        }
    }

    /// Confirms the value that the link with this secret was sent to, because a person has pressed the button. The same
    /// link again changes nothing and gets the same answer.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn confirm_link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = &hash(secret);
        let customer_id = store::code::customer_of_link(self.database.pool(), hash).await?;
        let Some(customer_id) = &customer_id else { return Ok(Link::Gone) };
        let confirmed = self.change("confirm by link", |mut tx| async move {
            let mut record = match self.lock_by_id(&mut tx, customer_id).await {
                Err(HookError::NotFound { .. }) => return Ok((tx, Change::Nothing(Link::Gone))),
                record => record?,
            };
            match self.link_state(&record, hash) {
                Link::Waiting { field } => {
                    record.use_code(&mut tx, &field).await?;
                    let record = Arc::new(record);
                    Ok((tx, Change::Made { record, value: Link::Confirmed { field } }))
                }
                link => Ok((tx, Change::Nothing(link))),
            }
        });
        confirmed.await
    }

    fn link_state(&self, record: &Record, hash: &str) -> Link {
        let Some(code) = record.code_of_link(hash) else { return Link::Gone };
        let field = code.field.clone();
        match code.state {
            CodeState::Live if record.is_unverified(&field) && code.is_fresh(self.clock.now()) => {
                Link::Waiting { field }
            }
            CodeState::Used if record.is_accepted(&field) => Link::Confirmed { field },
            _ => Link::Gone,
        }
    }
}

fn hash(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}
