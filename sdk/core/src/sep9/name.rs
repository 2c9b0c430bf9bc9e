//! Names that SEP-12 derives from field names.

use std::string::String;

use super::{FIELDS, Field, field};

const VERIFICATION: &str = "_verification";
const FILE_ID: &str = "_file_id";

/// The meaning of a parameter's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Name {
    /// A field of the catalogue.
    Field(&'static Field),
    /// `<field>_verification`: the code that proves the field's value.
    Verification(&'static Field),
    /// `<field>_file_id`: the id of a file that was uploaded before, for a binary field.
    FileId(&'static Field),
    /// None of these: a parameter, a name of the anchor's own, or a mistake.
    Unknown,
}

impl Name {
    /// Reads a name, case and dots included (S09-01, S12-95).
    ///
    /// A suffix counts only if the rest is the name of a field: `id_type` is a field,
    /// `foo_verification` is unknown.
    pub fn parse(name: &str) -> Self {
        if let Some(field) = field(name) {
            return Self::Field(field);
        }
        if let Some(field) = name.strip_suffix(VERIFICATION).and_then(field) {
            return Self::Verification(field);
        }
        match name.strip_suffix(FILE_ID).and_then(field) {
            Some(field) if field.is_binary() => Self::FileId(field),
            _ => Self::Unknown,
        }
    }

    /// The field that was probably meant by a name that SEP-9 does not have, such as `firstName`:
    /// its name has the same letters and digits, in either case.
    pub fn meant_by(name: &str) -> Option<&'static Field> {
        if Self::parse(name) != Self::Unknown {
            return None;
        }
        let letters = |name: &'_ str| -> String {
            let letters = name.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|c| c.to_ascii_lowercase()).collect()
        };
        let meant = letters(name);
        FIELDS.iter().find(|field| letters(field.name) == meant)
    }

    /// The field that the name refers to.
    pub const fn field(self) -> Option<&'static Field> {
        match self {
            Self::Field(field) | Self::Verification(field) | Self::FileId(field) => Some(field),
            Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;
    use crate::sep9::FIELDS;

    #[test]
    fn every_field_has_its_derived_names() {
        for field in &FIELDS {
            assert_eq!(Name::parse(field.name), Name::Field(field));
            assert_eq!(
                Name::parse(&format!("{}_verification", field.name)),
                Name::Verification(field)
            );
            let file_id = Name::parse(&format!("{}_file_id", field.name));
            assert_eq!(
                file_id,
                if field.is_binary() { Name::FileId(field) } else { Name::Unknown },
                "{}",
                field.name
            );
        }
    }

    #[test]
    fn misspelt_names_have_the_letters_of_a_field() {
        for (name, meant) in [
            ("firstname", Some("first_name")),
            ("firstName", Some("first_name")),
            ("First Name", Some("first_name")),
            ("EMAIL_ADDRESS", Some("email_address")),
            ("organization_name", Some("organization.name")),
            ("first_name", None),
            ("mobile_number_verification", None),
            ("favourite_colour", None),
            ("", None),
            ("___", None),
        ] {
            assert_eq!(Name::meant_by(name).map(|field| field.name), meant, "{name}");
        }
    }

    #[test]
    fn fields_that_look_like_parameters_are_fields() {
        for name in ["id_type", "id_number", "bank_account_type"] {
            assert_eq!(Name::parse(name).field().map(|field| field.name), Some(name));
        }
    }

    #[test]
    fn suffix_alone_or_twice_or_in_the_middle_is_unknown() {
        for name in [
            "_verification",
            "_file_id",
            "verification",
            "favourite_colour_verification",
            "mobile_number_verification_verification",
            "photo_id_front_file_id_verification",
            "mobile_number_verification_x",
            "family_name_file_id",
            "id",
            "type",
            "memo",
            "account",
            "",
        ] {
            assert_eq!(Name::parse(name), Name::Unknown, "{name:?}");
        }
    }

    #[test]
    fn names_are_exact() {
        for name in [
            "organization.vat_number",
            "Family_name",
            "organization.card.number",
            "organization.birth_date",
            "cvu_number",
            "country_code",
            "organization",
            " city",
        ] {
            assert_eq!(Name::parse(name), Name::Unknown, "{name:?}");
        }
    }
}
