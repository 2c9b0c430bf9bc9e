//! Files that are uploaded separately from `PUT /customer`.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use thiserror::Error;

use crate::endpoint::{
    Auth, Encoding, Endpoint, FromAnchor, Method, Service, Upload, Uploads, sealed::Sealed,
};

/// `POST /customer/files`: uploads one file. A later `PUT /customer` refers to it by
/// `<field>_file_id` (S12-110).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PostFile {
    /// The file, under the name `file`. Set by a wallet; an anchor receives it separately, as a
    /// stream.
    #[serde(skip)]
    pub uploads: Uploads,
}

impl PostFile {
    /// The name of the one part.
    pub const PART: &'static str = "file";

    /// Uploads this file.
    pub fn new(file: Upload) -> Self {
        Self { uploads: Uploads::from([(Self::PART.to_owned(), file)]) }
    }
}

impl Sealed for PostFile {}

impl Endpoint for PostFile {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/customer/files";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Multipart;
    type Response = File;

    fn uploads(&self) -> &Uploads {
        &self.uploads
    }

    fn takes_file(name: &str) -> bool {
        name == Self::PART
    }
}

/// The description of a file, without its content (S12-111).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "CustomerFile"))]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct File {
    /// The id to use as `<field>_file_id`.
    pub file_id: String,
    /// The media type, determined from the content.
    pub content_type: String,
    /// The size in bytes.
    pub size: u64,
    /// The time at which the file is deleted unless a customer refers to it, such as
    /// `2026-01-02T03:04:05Z`.
    pub expires_at: Option<String>,
    /// The customer that refers to the file.
    pub customer_id: Option<String>,
}

impl FromAnchor for File {}

impl File {
    /// A file with the members that every file has.
    pub fn new(file_id: impl Into<String>, content_type: impl Into<String>, size: u64) -> Self {
        let (file_id, content_type) = (file_id.into(), content_type.into());
        Self { file_id, content_type, size, expires_at: None, customer_id: None }
    }
}

/// `GET /customer/files`: uploaded files, by exactly one of file id and customer id (S12-116).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyGetFiles"))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetFiles {
    /// The id of a file.
    pub file_id: Option<String>,
    /// The id of a customer, for all its files.
    pub customer_id: Option<String>,
}

impl GetFiles {
    /// Asks for one file.
    pub fn of_file(id: impl Into<String>) -> Self {
        Self { file_id: Some(id.into()), ..Self::default() }
    }

    /// Asks for all files of a customer.
    pub fn of_customer(id: impl Into<String>) -> Self {
        Self { customer_id: Some(id.into()), ..Self::default() }
    }

    /// The target of the request.
    ///
    /// # Errors
    ///
    /// The request names both a file and a customer, or neither (S12-116).
    pub fn target(&self) -> Result<FilesTarget<'_>, FilesTargetError> {
        match (self.file_id.as_deref(), self.customer_id.as_deref()) {
            (Some(id), None) => Ok(FilesTarget::File(id)),
            (None, Some(id)) => Ok(FilesTarget::Customer(id)),
            _ => Err(FilesTargetError),
        }
    }
}

/// The target of a [`GetFiles`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FilesTarget<'a> {
    /// The file with this id.
    File(&'a str),
    /// All files of the customer with this id.
    Customer(&'a str),
}

/// A [`GetFiles`] names both a file and a customer, or neither.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("name either file_id or customer_id")]
pub struct FilesTargetError;

impl Sealed for GetFiles {}

impl Endpoint for GetFiles {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/customer/files";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Query;
    type Response = Files;
}

/// The answer to [`GetFiles`]. Empty both if nothing exists and if it belongs to another account
/// (S12-117).
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Files {
    /// The files.
    pub files: Vec<File>,
}

impl FromAnchor for Files {}

impl Files {
    /// These files.
    pub const fn new(files: Vec<File>) -> Self {
        Self { files }
    }
}
