//! What a request of these protocols is: stated once, read by client and server.

use std::{borrow::Cow, fmt, sync::LazyLock};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::sealed::Sealed;
use crate::{
    json::{self, JsonError},
    map::Map,
};

/// A request that a wallet sends and an anchor serves. Only this crate implements it, so that it may grow.
///
/// The members of the type are the parameters.
pub trait Endpoint: Sealed + DeserializeOwned + Serialize {
    /// The service whose base URL is before the path.
    const SERVICE: Service;
    /// The HTTP method.
    const METHOD: Method;
    /// The path under the base URL, with `{name}` where a part of it is a parameter.
    const PATH: &'static str;
    /// Who may send it.
    const AUTH: Auth;
    /// How its parameters travel.
    const ENCODING: Encoding;
    /// What success answers.
    type Response: DeserializeOwned + Serialize;

    /// The path with its parameters filled in.
    fn path(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::PATH)
    }

    /// The binary values to send beside the parameters.
    fn uploads(&self) -> &Uploads {
        static NONE: LazyLock<Uploads> = LazyLock::new(Uploads::new);
        &NONE
    }

    /// Whether a binary value of this name belongs to the request.
    fn takes_file(_name: &str) -> bool {
        false
    }

    /// Reads the body of a success.
    ///
    /// # Errors
    ///
    /// It is not the JSON that was expected.
    fn response(body: &[u8]) -> Result<Self::Response, JsonError> {
        json::from_slice(body)
    }
}

pub(crate) mod sealed {
    /// Keeps other crates from implementing [`Endpoint`](super::Endpoint).
    #[expect(unnameable_types, reason = "what cannot be named cannot be implemented")]
    pub trait Sealed {}
}

/// A service of an anchor. Its base URL is in the anchor's stellar.toml.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Service {
    /// Signing in (SEP-10).
    WebAuth,
    /// Customers and their files (SEP-12).
    Kyc,
}

impl Service {
    /// The key of its URL in the stellar.toml.
    pub const fn toml_key(self) -> &'static str {
        match self {
            Self::WebAuth => "WEB_AUTH_ENDPOINT",
            Self::Kyc => "KYC_SERVER",
        }
    }
}

/// Who may send a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Auth {
    /// Everybody.
    None,
    /// Who has signed in: it carries the token of a SEP-10 session.
    Token,
}

/// How the parameters of a request travel. In place of JSON, an anchor also takes a form or
/// multipart (S12-06).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Encoding {
    /// In the query.
    Query,
    /// As JSON in the body; as `multipart/form-data` if there are files.
    Json,
    /// As JSON in the body, which is left out if it would be empty. An anchor reads the query as
    /// well, because some proxies drop the body of a `DELETE` (S12-102).
    JsonOrQuery,
    /// As `multipart/form-data`, also without files.
    Multipart,
}

/// Binary values by the name of their part.
pub type Uploads = Map<Upload>;

/// A binary value: a photo, a document.
#[derive(Clone, Default, Eq, PartialEq)]
pub struct Upload {
    /// The name it had where it came from. Only a label: nothing is decided by it.
    pub file_name: String,
    /// The media type it claims to be. The bytes decide, not this (S09-17).
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Without the bytes and the name: they are personal data.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({} bytes)", self.bytes.len())
    }
}

/// The HTTP methods that the protocols use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// The answer `{}` of a request that has nothing to tell. Its body is not read (S12-105).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Empty {}
