//! The parameters of a request, before they become a request.

use serde_json::{Map, Value};
use windlass_core::endpoint::Endpoint;

use super::BodyError;

/// The longest name, in bytes.
const MAX_NAME: usize = 128;
/// The most parameters and parts.
pub(super) const MAX_PARTS: usize = 256;

/// Parameters by name, each once.
#[derive(Default)]
pub(super) struct Parameters(Map<String, Value>);

impl Parameters {
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn insert(&mut self, name: String, value: Value) -> Result<(), BodyError> {
        check_name(&name)?;
        if self.contains(&name) {
            return Err(BodyError::Repeated(name));
        }
        // No database holds it, and no parameter means it.
        if value.as_str().is_some_and(|text| text.contains('\0')) {
            return Err(BodyError::NotText(name));
        }
        if self.0.len() == MAX_PARTS {
            return Err(BodyError::TooManyParts(MAX_PARTS));
        }
        self.0.insert(name, value);
        Ok(())
    }

    /// The request that they are.
    pub(super) fn into_request<E: Endpoint>(self) -> Result<E, BodyError> {
        let members = Value::Object(self.0);
        E::deserialize(&members).map_err(|error| blame::<E>(members, &error))
    }
}

/// Text of a form. Browsers write every new line of it as CRLF, whatever the user's own was.
pub(super) fn form_text(text: String) -> Value {
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

pub(super) fn check_name(name: &str) -> Result<(), BodyError> {
    if name.is_empty() || name.len() > MAX_NAME || name.contains('\0') {
        return Err(BodyError::Malformed("body has a name that is empty or too long"));
    }
    Ok(())
}

/// Which parameter is at fault. The error's own text may hold the value; only the name of a missing one is safe.
fn blame<E: Endpoint>(mut members: Value, error: &serde_json::Error) -> BodyError {
    if let Some(name) = missing(error) {
        return BodyError::Missing(name);
    }
    let names: Vec<_> = members.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    for name in names {
        let Some(value) = members.as_object_mut().and_then(|members| members.remove(&name)) else {
            continue;
        };
        match E::deserialize(&members) {
            Ok(_) => return BodyError::NotText(name),
            Err(error) if missing(&error).as_ref() == Some(&name) => {
                return BodyError::NotText(name);
            }
            Err(_) => {}
        }
        if let Some(members) = members.as_object_mut() {
            members.insert(name, value);
        }
    }
    BodyError::Malformed("parameters are not of the types that this request takes")
}

fn missing(error: &serde_json::Error) -> Option<String> {
    Some(error.to_string().strip_prefix("missing field `")?.split('`').next()?.to_owned())
}
