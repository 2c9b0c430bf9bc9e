//! Links that confirm a value as its code does: for e-mail, where opening one is easier than copying a code (P-20).
//!
//! A link holds a secret of 32 random bytes, of which only the hash is kept. It lives and ends with its code: whichever
//! is used first uses up both.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest as _, Sha256};
use windlass_core::sep12::FieldStatus;

use super::Kyc;
use crate::{hooks::HookError, store};

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

/// A link on its way to its owner.
pub(super) struct NewLink {
    /// The whole URL.
    pub(super) url: String,
    /// What is kept of it.
    pub(super) hash: String,
}

impl Kyc {
    /// A new link, if links are served.
    pub(super) fn new_link(&self) -> Option<NewLink> {
        let base = self.links.as_ref()?;
        let secret = BASE64URL_NOPAD.encode(&self.random.bytes::<32>());
        Some(NewLink { url: format!("{base}/{secret}"), hash: hash(&secret) })
    }

    /// Where the link with this secret stands. Changes nothing: mail programs and scanners open links by themselves.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = hash(secret);
        let Some((customer_id, _)) = store::code::of_link(self.database.pool(), &hash).await?
        else {
            return Ok(Link::Gone);
        };
        let mut db = self.database.pool().acquire().await?;
        let codes = store::code::current(&mut *db, &customer_id).await?;
        let fields = store::field::all(&mut *db, &customer_id).await?;
        let code = codes.into_iter().find(|code| code.link.as_ref() == Some(&hash));
        Ok(code.map_or(Link::Gone, |code| {
            let field = fields.into_iter().find(|field| field.name == code.field);
            let status = field.map(|field| field.status).unwrap_or_default();
            self.stands(&code, &status)
        }))
    }

    /// Confirms the value that the link with this secret was sent to. To be called when a person has said so. The same
    /// link again changes nothing, and is answered in the same way.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn confirm_link(&self, secret: &str) -> Result<Link, HookError> {
        let hash = hash(secret);
        let Some((customer_id, _)) = store::code::of_link(self.database.pool(), &hash).await?
        else {
            return Ok(Link::Gone);
        };
        let mut tx = self.database.begin().await?;
        let record = match self.hold_for_operator(&mut tx, &customer_id).await {
            Err(HookError::NotFound { .. }) => return Ok(Link::Gone),
            record => record?,
        };
        let Some(code) = record.codes.values().find(|code| code.link.as_ref() == Some(&hash))
        else {
            return Ok(Link::Gone);
        };
        let status = record.status(&code.field);
        let link = self.stands(code, status.as_ref().map_or("", FieldStatus::as_str));
        let Link::Waiting { field } = link else { return Ok(link) };
        store::code::consume(&mut *tx, &code.id).await?;
        store::field::confirm(&mut *tx, &record.id, &field).await?;
        self.settle(&mut tx, &record.id).await?;
        tx.commit().await?;
        self.outbox.ring();
        Ok(Link::Confirmed { field })
    }

    fn stands(&self, code: &store::code::Row, field_status: &str) -> Link {
        let field = code.field.clone();
        match (code.state.as_str(), field_status) {
            ("live", "VERIFICATION_REQUIRED") if code.is_fresh(self.clock.now()) => {
                Link::Waiting { field }
            }
            ("used", "ACCEPTED") => Link::Confirmed { field },
            _ => Link::Gone,
        }
    }
}

fn hash(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}
