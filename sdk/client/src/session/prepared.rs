//! Requests that windlass-wasm sends in two steps.

use windlass_core::{
    endpoint::{Endpoint, Service, Upload},
    sep12::{Customer, DeleteCustomer, GetFiles, PostFile, PutCallback, PutCustomer},
    time::Date,
};

use super::{
    Session,
    kyc::{checked, with_content_type, with_plain_host},
};
use crate::{Error, ErrorKind, Renew, Response, Transport, encode::Encoded};

#[doc(hidden)]
#[derive(Debug)]
pub struct Prepared(Encoded);

#[doc(hidden)]
impl Prepared {
    pub fn new<E: Endpoint>(endpoint: &E) -> Result<Self, Error> {
        Encoded::new(endpoint).map(Self)
    }
}

#[doc(hidden)]
impl<T: Transport, R: Renew<T>> Session<T, R> {
    pub async fn send_prepared(&self, request: &Prepared) -> Result<Response, Error> {
        self.send(Service::Kyc, &request.0).await
    }

    pub fn prepare_customer(
        &self,
        request: PutCustomer,
        known: Option<&Customer>,
    ) -> Result<Prepared, Error> {
        Prepared::new(&checked(request, known, Date::from_unix(self.shared.clock.now()))?)
    }

    pub fn prepare_deletion(
        &self,
        memo: Option<String>,
        memo_type: Option<String>,
    ) -> Result<Prepared, Error> {
        let account = self.account().without_memo().to_string();
        Prepared::new(&DeleteCustomer { account, memo, memo_type })
    }

    pub fn prepare_file(file: Upload) -> Result<Prepared, Error> {
        let mut request = PostFile::default();
        request.uploads.insert(PostFile::PART.to_owned(), with_content_type(file, None));
        Prepared::new(&request)
    }

    pub fn prepare_files(request: &GetFiles) -> Result<Prepared, Error> {
        request.target().map_err(|error| ErrorKind::InvalidRequest(error.to_string()))?;
        Prepared::new(request)
    }

    pub fn prepare_callback(request: PutCallback) -> Result<Prepared, Error> {
        Prepared::new(&PutCallback { url: with_plain_host(&request.url), ..request })
    }
}
