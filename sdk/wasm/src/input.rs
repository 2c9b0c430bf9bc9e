//! Values on their way from JavaScript, where every type is only a promise.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::AbortSignal;
use windlass_core::text;

use crate::Error;

#[cfg(feature = "kyc")]
mod kyc;

#[cfg(feature = "kyc")]
pub(crate) use kyc::Files;
#[cfg(feature = "server")]
pub(crate) use kyc::bytes;

/// An object with named members; `undefined` and `null` count as one without any.
pub(crate) struct Input(JsValue);

impl From<Input> for JsValue {
    fn from(Input(value): Input) -> Self {
        value
    }
}

impl Input {
    pub(crate) fn new(value: impl Into<JsValue>) -> Result<Self, Error> {
        let value = value.into();
        if value.is_object() || value.is_null() || value.is_undefined() {
            Ok(Self(value))
        } else {
            Err(Error::request("options must be an object"))
        }
    }

    /// The member, unless it is absent, `undefined` or `null`.
    pub(crate) fn member(&self, name: &str) -> Option<JsValue> {
        // To ask anything else for a member throws, and to make an error takes long.
        if !self.0.is_object() {
            return None;
        }
        let member = Reflect::get(&self.0, &name.into()).ok()?;
        (!member.is_null() && !member.is_undefined()).then_some(member)
    }

    pub(crate) fn object(&self, name: &str) -> Result<Option<Self>, Error> {
        self.member(name).map(Self::new).transpose()
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let text = |value: JsValue| {
            value.as_string().ok_or_else(|| Error::request(text!(name, " must be a string")))
        };
        self.member(name).map(text).transpose()
    }

    pub(crate) fn required(&self, name: &str) -> Result<String, Error> {
        self.text(name)?.ok_or_else(|| Error::request(text!(name, " is missing")))
    }

    /// A memo: text or a bigint. A number would lose the digits after 2^53 before anybody sees them.
    pub(crate) fn memo(&self) -> Result<Option<String>, Error> {
        match self.member("memo") {
            None => Ok(None),
            Some(memo) if memo.is_bigint() => Ok(Some(decimal(memo))),
            Some(memo) => memo.as_string().map(Some).ok_or_else(|| {
                Error::request("memo must be a string or a bigint: a number loses digits")
            }),
        }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.member(name).is_some_and(|value| value.is_truthy())
    }

    pub(crate) fn signal(&self) -> Option<AbortSignal> {
        self.member("signal").and_then(|signal| signal.dyn_into().ok())
    }
}

fn decimal(bigint: JsValue) -> String {
    Object::<JsValue>::unchecked_from_js(bigint).to_string().into()
}
