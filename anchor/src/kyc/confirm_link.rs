//! Links that confirm a value in place of its code: for e-mail, where opening a link is easier than
//! copying a code (P-20).
//!
//! A link contains a secret of 32 random bytes; the database stores only its hash. The link expires
//! together with its code, and using either one uses up both.

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

/// The state of a confirmation link.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Link {
    /// The value is not confirmed yet.
    Waiting {
        /// The canonical name of the value's field.
        field: String,
    },
    /// The value is confirmed, by this link or by its code.
    Confirmed {
        /// The canonical name of the value's field.
        field: String,
    },
    /// The link is unknown, has expired, or was replaced by a newer one.
    Gone,
}

/// A link before it is sent.
pub(super) struct NewLink {
    /// The whole URL.
    pub(super) url: String,
    /// The hash of the secret, which is stored.
    pub(super) hash: String,
}

impl Kyc {
    pub(super) fn new_link(&self) -> NewLink {
        let secret = BASE64URL_NOPAD.encode(&self.random.bytes::<32>());
        NewLink { url: format!("{}/{secret}", self.confirm_url), hash: hash(&secret) }
    }

    /// The state of the link with this secret. Changes nothing, because mail programs and scanners
    /// open links without the user.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = hash(secret);
        let customer_id = store::code::customer_of_link(self.database.reads(), &hash).await?;
        let Some(customer_id) = customer_id else { return Ok(Link::Gone) };
        match self.load_by_id(&customer_id).await {
            Ok(record) => Ok(self.link_state(&record, &hash)),
            Err(HookError::NotFound { .. }) => Ok(Link::Gone),
            Err(error) => Err(error),
        }
    }

    /// Confirms the value that the link with this secret was sent to. Called when the customer
    /// presses the button on the page. Repeating the call changes nothing and returns the same
    /// state.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn confirm_link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = &hash(secret);
        let customer_id = store::code::customer_of_link(self.database.reads(), hash).await?;
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
