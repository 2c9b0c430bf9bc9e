//! A field of the catalogue in JSON, whole.

use alloc::{string::String, vec::Vec};

use super::Field;
use crate::json::{Members, ToJson};

impl ToJson for Field {
    fn to_json(&self, out: &mut String) {
        Members::object(self, out);
    }

    fn to_members(&self, out: &mut Members<'_>) {
        out.member("name", &self.name);
        out.member("canonical", &self.canonical);
        out.member("group", &self.group);
        out.member("kind", &self.kind);
        out.member("format", &self.format);
        out.member("label", &self.label);
        out.member("description", &self.description);
        out.member("choices", &(!self.choices.is_empty()).then_some(self.choices));
        out.member(
            "digits",
            &self.digits.map(|(min, max)| Vec::from([u64::from(min), max.into()])),
        );
        out.member("media", &(!self.media.is_empty()).then_some(self.media));
        out.member("deprecated", &Told(self.deprecated));
    }
}

/// A flag that is told even if it is not set.
struct Told(bool);

impl ToJson for Told {
    fn to_json(&self, out: &mut String) {
        self.0.to_json(out);
    }
}
