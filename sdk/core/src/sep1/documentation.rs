//! The organization and the people behind the domain.

use super::{Entry, KeyError, table::table};
use crate::link::Link;

table! {
    /// The organization behind the domain.
    pub struct Documentation {
        /// The legal name.
        pub org_name: String = "ORG_NAME",
        /// The trading name, if there is one.
        pub org_dba: String = "ORG_DBA",
        /// The official website, at the domain that serves the stellar.toml.
        pub org_url: Link = "ORG_URL",
        /// A logo as PNG with a transparent background.
        pub org_logo: Link = "ORG_LOGO",
        /// What the organization does.
        pub org_description: String = "ORG_DESCRIPTION",
        /// The postal address.
        pub org_physical_address: String = "ORG_PHYSICAL_ADDRESS",
        /// A document by a third party that shows name and address.
        pub org_physical_address_attestation: Link = "ORG_PHYSICAL_ADDRESS_ATTESTATION",
        /// A phone number in E.164 form.
        pub org_phone_number: String = "ORG_PHONE_NUMBER",
        /// A phone bill that shows number and name.
        pub org_phone_number_attestation: Link = "ORG_PHONE_NUMBER_ATTESTATION",
        /// Account at Keybase.
        pub org_keybase: String = "ORG_KEYBASE",
        /// Account at Twitter.
        pub org_twitter: String = "ORG_TWITTER",
        /// Account at GitHub.
        pub org_github: String = "ORG_GITHUB",
        /// E-mail address for business partners.
        pub org_official_email: String = "ORG_OFFICIAL_EMAIL",
        /// E-mail address for users.
        pub org_support_email: String = "ORG_SUPPORT_EMAIL",
        /// The authority that issued the licence.
        pub org_licensing_authority: String = "ORG_LICENSING_AUTHORITY",
        /// The type of the licence.
        pub org_license_type: String = "ORG_LICENSE_TYPE",
        /// The number of the licence.
        pub org_license_number: String = "ORG_LICENSE_NUMBER",
    }
}

impl Documentation {
    pub(super) fn problems(&self, dev: bool) -> Vec<KeyError> {
        let mut found = self.invalid();
        let links = [
            (&self.org_url, "ORG_URL"),
            (&self.org_logo, "ORG_LOGO"),
            (&self.org_physical_address_attestation, "ORG_PHYSICAL_ADDRESS_ATTESTATION"),
            (&self.org_phone_number_attestation, "ORG_PHONE_NUMBER_ATTESTATION"),
        ];
        found.extend(links.iter().filter_map(|(link, key)| link.publishable(key, dev).err()));
        found
    }
}

table! {
    /// A person behind the organization.
    pub struct Principal {
        /// Full legal name.
        pub name: String = "name",
        /// Business e-mail address.
        pub email: String = "email",
        /// Account at Keybase.
        pub keybase: String = "keybase",
        /// Account at Telegram.
        pub telegram: String = "telegram",
        /// Account at Twitter.
        pub twitter: String = "twitter",
        /// Account at GitHub.
        pub github: String = "github",
        /// SHA-256 of a photo of the person's identity document.
        pub id_photo_hash: String = "id_photo_hash",
        /// SHA-256 of a photo of the person with that document and a signed note.
        pub verification_photo_hash: String = "verification_photo_hash",
    }
}
