//! Files: values of binary fields, and uploads that no field refers to yet.

use assign::assign;
use windlass_anchor::hooks::{Caller, HookError, Upload};
use windlass_core::{
    problem::Code,
    sep9::MediaType,
    sep12::{CustomerKey, File},
};

use crate::{State, takes};

/// A stored file.
pub(crate) struct Stored {
    pub(crate) owner: CustomerKey,
    /// The customer that refers to the file.
    pub(crate) customer_id: Option<String>,
    media: MediaType,
    bytes: Vec<u8>,
}

impl Stored {
    /// Copies an upload, because it is removed when the request is answered.
    pub(crate) async fn read(who: &Caller, upload: &Upload) -> Result<Self, HookError> {
        let bytes = upload.bytes().await.map_err(|cause| HookError::Internal(cause.into()))?;
        let (owner, media) = (who.customer.clone(), upload.media());
        Ok(Self { owner, customer_id: None, media, bytes })
    }

    /// The description of the file for the wallet, without the content.
    pub(crate) fn told(&self, id: &str) -> File {
        assign!(File::new(id, self.media.as_str(), self.bytes.len() as u64), {
            customer_id: self.customer_id.clone(),
        })
    }
}

impl State {
    /// Refuses the id of a file that does not exist, belongs to another account or is used already,
    /// all with the same text.
    pub(crate) fn check_file(
        &self,
        who: &Caller,
        customer: Option<&str>,
        field: &str,
        file_id: &str,
    ) -> Result<(), HookError> {
        let usable = |file: &&Stored| {
            file.owner == who.customer
                && file.customer_id.as_deref().is_none_or(|used_by| customer == Some(used_by))
        };
        let name = format!("{field}_file_id");
        let refuse = |message: &str, code| {
            let message = format!("{name} {message}");
            Err(HookError::Invalid { message: message.into(), code, field: Some(name.clone()) })
        };
        match self.files.get(file_id).filter(usable) {
            None => refuse("is no file of yours", Code::FileNotFound),
            Some(file) if !takes(field, file.media) => {
                refuse("is a file of another kind", Code::InvalidField)
            }
            Some(_) => Ok(()),
        }
    }
}
