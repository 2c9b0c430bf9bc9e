//! The fields that each customer type asks for.

use windlass_core::sep9::{self, Field};

/// The field that a code must confirm.
pub(crate) const VERIFIED: &str = "mobile_number";

/// A customer type.
pub(crate) struct Kind {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const KINDS: [Kind; 3] = [
    Kind { name: "small", required: &["first_name", "city"], optional: &[] },
    Kind {
        name: "photo",
        required: &["first_name", "photo_id_front"],
        optional: &["photo_id_back"],
    },
    Kind { name: "phone", required: &["mobile_number"], optional: &["city"] },
];

impl Kind {
    /// The type with this name, or the first type if `name` is `None`.
    pub(crate) fn find(name: Option<&str>) -> Option<&'static Self> {
        KINDS.iter().find(|kind| name.is_none_or(|name| kind.name == name))
    }

    /// The fields of the type, and whether each is required.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static Field, bool)> {
        let required = self.required.iter().map(|name| (*name, true));
        let all = required.chain(self.optional.iter().map(|name| (*name, false)));
        all.filter_map(|(name, required)| Some((sep9::field(name)?, required)))
    }
}

/// Whether any type asks for this field. Other fields are not stored.
pub(crate) fn is_asked(canonical: &str) -> bool {
    KINDS.iter().flat_map(Kind::fields).any(|(field, _)| field.canonical == canonical)
}
