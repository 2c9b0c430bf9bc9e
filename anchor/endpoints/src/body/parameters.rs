//! The parameters of a request, before they are converted to its type.
//!
//! serde_path_to_error, serde_html_form and axum-extra name a missing parameter only inside of a
//! text, which may quote secret values. Here the error type gets the name from `missing_field`.

use std::{fmt, vec};

use serde::de::{
    DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, value::MapAccessDeserializer,
};
use serde_json::Value;
use windlass_core::endpoint::Endpoint;

use super::BodyError;

/// The longest name, in bytes.
const MAX_NAME: usize = 128;
/// The largest number of parameters and parts.
pub(super) const MAX_PARTS: usize = 256;

/// Parameters in the order of the request, each name once.
#[derive(Default)]
pub(super) struct Parameters(Vec<(String, Value)>);

impl Parameters {
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    pub(super) fn insert(&mut self, name: String, value: Value) -> Result<(), BodyError> {
        check_name(&name)?;
        if self.contains(&name) {
            return Err(BodyError::Repeated(name));
        }
        // PostgreSQL cannot store a NUL character.
        if value.as_str().is_some_and(|text| text.contains('\0')) {
            return Err(BodyError::NotText(name));
        }
        if self.0.len() == MAX_PARTS {
            return Err(BodyError::TooManyParts(MAX_PARTS));
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Converts the parameters to the request type of the endpoint.
    pub(super) fn into_request<E: Endpoint>(self) -> Result<E, BodyError> {
        let members = Members { rest: self.0.into_iter(), current: None };
        E::deserialize(MapAccessDeserializer::new(members)).map_err(|Fault(error)| error)
    }
}

/// The text of a form field. Browsers send each line break as CRLF, whatever the user entered; this
/// restores the line feeds.
pub(super) fn form_text(text: String) -> Value {
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

pub(super) fn check_name(name: &str) -> Result<(), BodyError> {
    if name.is_empty() || name.len() > MAX_NAME || name.contains('\0') {
        return Err(BodyError::Malformed("body has a name that is empty or too long"));
    }
    Ok(())
}

/// A deserializer over the parameters. Its errors name the parameter, and never contain its value.
struct Members {
    rest: vec::IntoIter<(String, Value)>,
    current: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.current = self.rest.next();
        let Some((name, _)) = &self.current else { return Ok(None) };
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (name, value) =
            self.current.take().ok_or_else(|| Fault::custom("value before name"))?;
        seed.deserialize(value).map_err(|_| Fault(BodyError::NotText(name)))
    }
}

/// The deserializer's error: a [`BodyError`].
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Fault(BodyError);

impl serde::de::Error for Fault {
    /// Drops serde's text, which may contain a value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(BodyError::Malformed("parameters do not have the types that this request expects"))
    }

    fn missing_field(name: &'static str) -> Self {
        Self(BodyError::Missing(name.to_owned()))
    }
}
