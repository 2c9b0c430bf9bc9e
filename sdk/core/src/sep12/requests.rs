//! The requests about a customer.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{Customer, Identification};
use crate::{
    endpoint::{
        Auth, Empty, Encoding, Endpoint, FromAnchor, Method, Service, Uploads, sealed::Sealed,
    },
    json::JsonError,
    map::Map,
    memo::{MemoType, MemoValue},
    sep9::{self, Field, Value},
};

/// `GET /customer`: the status of a customer, and the fields that the anchor has and needs.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetCustomer {
    /// Id returned by an earlier `PUT /customer`.
    pub id: Option<String>,
    /// Deprecated: the account of the token.
    pub account: Option<String>,
    /// The memo of a user of a shared account, if the token does not contain it.
    pub memo: Option<MemoValue>,
    /// Deprecated: `id` (the default), `text` or `hash`.
    pub memo_type: Option<MemoType>,
    /// What the customer wants to do, such as `sep31-sender`; decides which fields are needed.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The transaction that the information is for; requires `type` as well.
    pub transaction_id: Option<String>,
    /// ISO 639-1 code of the language for descriptions and messages; `en` if absent.
    pub lang: Option<String>,
}

impl GetCustomer {
    /// Asks about the customer that the token names.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Sealed for GetCustomer {}

impl Endpoint for GetCustomer {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/customer";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Query;
    type Response = Customer;
}

/// The fields of [`PutCustomer`]. JavaScript has them in an object of their own, files among them:
/// the npm package declares the type of this name.
pub type CustomerFields = Map<Value>;

/// `PUT /customer`: creates a customer, or adds fields to it.
///
/// Only the sent fields change. Binary values are multipart, after all other values (S12-77).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PutCustomer {
    /// Id returned by an earlier `PUT /customer`. With it, the other identifying members are not
    /// needed.
    pub id: Option<String>,
    /// Deprecated: the account of the token.
    pub account: Option<String>,
    /// The memo of a user of a shared account, if the token does not contain it.
    pub memo: Option<MemoValue>,
    /// Deprecated: `id` (the default), `text` or `hash`.
    pub memo_type: Option<MemoType>,
    /// What the customer wants to do; decides which fields are needed.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The transaction that the information is for; requires `type` as well.
    pub transaction_id: Option<String>,
    /// Fields, `<field>_verification` codes and `<field>_file_id` references, by name.
    #[serde(flatten)]
    pub fields: CustomerFields,
    /// Binary fields, by name. Set by a wallet; an anchor receives them separately, as streams.
    #[serde(skip)]
    pub uploads: Uploads,
}

impl PutCustomer {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Sealed for PutCustomer {}

impl Endpoint for PutCustomer {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/customer";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Json;
    type Response = CustomerCreated;

    fn uploads(&self) -> &Uploads {
        &self.uploads
    }

    fn takes_file(name: &str) -> bool {
        sep9::field(name).is_some_and(Field::is_binary)
    }
}

/// The answer to [`PutCustomer`]. It does not contain the result: `GET /customer` does (S12-73).
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CustomerCreated {
    /// The customer's id, for every later request.
    pub id: String,
}

impl FromAnchor for CustomerCreated {}

impl CustomerCreated {
    /// The customer has this id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

/// The codes of [`PutVerification`]. JavaScript has them in an object of their own: the npm package
/// declares the type of this name.
pub type VerificationCodes = Map<Value>;

/// `PUT /customer/verification`: returns confirmation codes, in the way of SEP-12 before 1.12
/// (S12-96).
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PutVerification {
    /// The customer's id.
    pub id: String,
    /// Codes, by `<field>_verification`.
    #[serde(flatten)]
    pub codes: VerificationCodes,
}

impl PutVerification {
    /// Returns codes of the customer with this id.
    pub fn new(id: impl Into<String>, codes: VerificationCodes) -> Self {
        Self { id: id.into(), codes }
    }
}

impl Sealed for PutVerification {}

impl Endpoint for PutVerification {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/customer/verification";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Json;
    type Response = Customer;
}

/// `DELETE /customer/{account}`: deletes all data that the anchor has about the customer.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DeleteCustomer {
    /// `G…` or `M…`: the account of the token. In the path.
    #[serde(skip)]
    pub account: String,
    /// The memo of a user of a shared account, if the token does not contain it. In
    /// the body.
    pub memo: Option<MemoValue>,
    /// Deprecated: `id` (the default), `text` or `hash`. In the body.
    pub memo_type: Option<MemoType>,
}

impl DeleteCustomer {
    /// Deletes the customer of this account.
    pub fn new(account: impl Into<String>) -> Self {
        Self { account: account.into(), memo: None, memo_type: None }
    }
}

impl Sealed for DeleteCustomer {}

impl Endpoint for DeleteCustomer {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/customer/{account}";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::JsonOrQuery;
    type Response = Empty;

    fn path(&self) -> Cow<'static, str> {
        Cow::Owned(format!("/customer/{}", self.account))
    }

    fn response(_: &[u8]) -> Result<Empty, JsonError> {
        Ok(Empty {})
    }
}

/// `PUT /customer/callback`: registers a URL to which the anchor reports every change of status
/// (S12-120).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PutCallback {
    /// An https URL of the wallet's server, with its host in lower case and without the default
    /// port (S12-124).
    pub url: String,
    /// Id returned by an earlier `PUT /customer`.
    pub id: Option<String>,
    /// Deprecated: the account of the token.
    pub account: Option<String>,
    /// The memo of a user of a shared account, if the token does not contain it.
    pub memo: Option<MemoValue>,
    /// Deprecated: `id` (the default), `text` or `hash`.
    pub memo_type: Option<MemoType>,
}

impl PutCallback {
    /// Registers this URL for the customer that the token names.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), id: None, account: None, memo: None, memo_type: None }
    }
}

impl Sealed for PutCallback {}

impl Endpoint for PutCallback {
    const SERVICE: Service = Service::Kyc;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/customer/callback";
    const AUTH: Auth = Auth::Token;
    const ENCODING: Encoding = Encoding::Json;
    type Response = Empty;

    fn response(_: &[u8]) -> Result<Empty, JsonError> {
        Ok(Empty {})
    }
}

/// A request that identifies a customer in the usual four ways.
pub trait Identified {
    /// The identification in the request.
    fn identification(&self) -> Identification<'_>;
}

macro_rules! identified {
    ($($request:ident)+) => {
        $(impl Identified for $request {
            fn identification(&self) -> Identification<'_> {
                Identification {
                    id: self.id.as_deref(),
                    account: self.account.as_deref(),
                    memo: self.memo.as_deref(),
                    memo_type: self.memo_type.as_deref(),
                }
            }
        })+
    };
}
identified!(GetCustomer PutCustomer PutCallback);

impl Identified for DeleteCustomer {
    fn identification(&self) -> Identification<'_> {
        Identification {
            id: None,
            account: Some(&self.account),
            memo: self.memo.as_deref(),
            memo_type: self.memo_type.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_parameters_share_one_object() {
        let put: PutCustomer = serde_json::from_str(
            r#"{"id":"1","type":"sep6","memo":7,"organization.name":"X","occupation":251}"#,
        )
        .unwrap();
        assert_eq!(
            (put.id.as_deref(), put.kind.as_deref(), put.memo.as_deref()),
            (Some("1"), Some("sep6"), Some("7"))
        );
        assert_eq!(put.fields.keys().collect::<Vec<_>>(), ["organization.name", "occupation"]);
        assert_eq!(
            serde_json::to_string(&put).unwrap(),
            r#"{"id":"1","memo":"7","type":"sep6","organization.name":"X","occupation":251}"#
        );
    }

    #[test]
    fn memo_that_is_a_fraction_is_refused() {
        for json in [r#"{"memo":1.5}"#, r#"{"memo":-1}"#, r#"{"memo":true}"#] {
            assert!(serde_json::from_str::<PutCustomer>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn path_contains_the_account() {
        let delete = DeleteCustomer::new("GABC");
        assert_eq!(delete.path(), "/customer/GABC");
        assert_eq!(serde_json::to_string(&delete).unwrap(), "{}");
    }
}
