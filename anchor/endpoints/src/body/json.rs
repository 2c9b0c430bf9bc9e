//! `application/json`: one object.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

use super::{BodyError, parameters::Parameters};

/// Reads an object. A repeated name is refused, because parsers disagree on which value counts.
pub(super) fn read(body: &[u8], members: &mut Parameters) -> Result<(), BodyError> {
    let object: Object = serde_json::from_slice(body)
        .map_err(|_| BodyError::Malformed("body is not a JSON object"))?;
    object.0.into_iter().try_for_each(|(name, value)| members.insert(name, value))
}

/// The members in their order, including repeated names.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                // One more than the limit suffices for the refusal.
                while members.len() <= super::parameters::MAX_PARTS {
                    let Some(member) = map.next_entry()? else { return Ok(Object(members)) };
                    members.push(member);
                }
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(ObjectVisitor)
    }
}
