//! The definition of an endpoint, which client and server share.

use std::{borrow::Cow, fmt, sync::LazyLock};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::sealed::Sealed;
use crate::{
    json::{self, JsonError, Lenient},
    map::Map,
};

/// A request that a wallet sends and an anchor serves. Only this crate can implement it, so that it
/// can gain members.
///
/// The members of the type are the parameters.
pub trait Endpoint: Sealed + DeserializeOwned + Serialize {
    /// The service whose base URL is before the path.
    const SERVICE: Service;
    /// The HTTP method.
    const METHOD: Method;
    /// The path under the base URL, with `{name}` where a part of it is a parameter.
    const PATH: &'static str;
    /// The required authentication.
    const AUTH: Auth;
    /// The place and encoding of the parameters.
    const ENCODING: Encoding;
    /// The body of a successful response.
    type Response: FromAnchor + Serialize;

    /// The path with its parameters filled in.
    fn path(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::PATH)
    }

    /// The binary values to send with the parameters.
    fn uploads(&self) -> &Uploads {
        static NONE: LazyLock<Uploads> = LazyLock::new(Uploads::new);
        &NONE
    }

    /// Whether the request accepts a binary value with this name.
    fn takes_file(_name: &str) -> bool {
        false
    }

    /// Reads the body of a success. A value of the wrong type costs only its own member.
    ///
    /// # Errors
    ///
    /// It is not JSON, or a member that is required is missing or of the wrong type.
    fn response(body: &[u8]) -> Result<Self::Response, JsonError> {
        Self::Response::read(body)
    }
}

/// A message that an anchor sends: an answer, or the body of a callback.
pub trait FromAnchor: DeserializeOwned {
    /// Reads it. A value of the wrong type costs only its own member.
    ///
    /// # Errors
    ///
    /// It is not JSON, or a member that is required is missing or of the wrong type.
    fn read(body: &[u8]) -> Result<Self, JsonError> {
        let Lenient { mut value, odd } = json::from_slice_leniently::<Self>(body)?;
        if !odd.is_empty() {
            value.note_odd(odd);
        }
        Ok(value)
    }

    /// Keeps the names of the members that were left out, in a message that has a place for them.
    fn note_odd(&mut self, _odd: Vec<String>) {}
}

impl FromAnchor for Empty {}

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

/// The required authentication.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Auth {
    /// None.
    None,
    /// The token of a SEP-10 session.
    Token,
}

/// The place and encoding of a request's parameters. In place of JSON, an anchor also accepts a
/// form or multipart (S12-06).
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
    /// The file name. Only a label, which affects nothing.
    pub file_name: String,
    /// The declared media type. It is ignored: the bytes decide (S09-17).
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Leaves out the content and the name, which are personal data.
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

/// The response `{}` of requests without a result. Its body is not parsed (S12-105).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Empty {}
