//! Files: values of binary fields, and uploads that no field refers to yet.

use assign::assign;
use windlass_anchor::hooks::{Caller, HookError, Upload};
use windlass_core::{
    problem::Code,
    sep9::MediaType,
    sep12::{CustomerKey, File},
};

use crate::{State, takes};

/// A file.
pub(crate) struct Stored {
    pub(crate) owner: CustomerKey,
    /// The customer that refers to it.
    pub(crate) customer_id: Option<String>,
    media: MediaType,
    bytes: Vec<u8>,
}

impl Stored {
    /// Takes an upload over: when the request is answered, it is gone.
    pub(crate) async fn read(who: &Caller, upload: &Upload) -> Result<Self, HookError> {
        let bytes = upload.bytes().await.map_err(|cause| HookError::Internal(cause.into()))?;
        let (owner, media) = (who.customer.clone(), upload.media());
        Ok(Self { owner, customer_id: None, media, bytes })
    }

    /// What a wallet is told of it: never its contents.
    pub(crate) fn told(&self, id: &str) -> File {
        assign!(File::new(id, self.media.as_str(), self.bytes.len() as u64), {
            customer_id: self.customer_id.clone(),
        })
    }
}

impl State {
    /// Refuses a reference to a file that is not there, somebody else's or used already, all in the same words.
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
