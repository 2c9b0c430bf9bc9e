//! The parts of the stellar.toml that describe the organization and its assets.

use serde::Deserialize;
use url::Url;
use windlass_core::{
    account::PublicKey,
    sep1::{AnchorAssetType, CurrencyStatus},
};

/// `[DOCUMENTATION]` of the stellar.toml, and `ACCOUNTS`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organization {
    /// Legal name of the organization.
    pub name: String,
    /// Trading name, if it differs from the legal name.
    pub dba: Option<String>,
    /// Official website; its domain must serve the stellar.toml. By default the public URL.
    pub url: Option<Url>,
    /// URL of a logo, a PNG.
    pub logo: Option<Url>,
    /// Description of the business.
    pub description: Option<String>,
    /// Physical address.
    pub physical_address: Option<String>,
    /// URL of an official document that shows name and address.
    pub physical_address_attestation: Option<Url>,
    /// Phone number in E.164 format.
    pub phone_number: Option<String>,
    /// URL of a phone bill that shows name and number.
    pub phone_number_attestation: Option<Url>,
    /// Account at Keybase.
    pub keybase: Option<String>,
    /// Account at Twitter.
    pub twitter: Option<String>,
    /// Account at GitHub.
    pub github: Option<String>,
    /// E-mail address for users.
    pub support_email: Option<String>,
    /// E-mail address for business partners.
    pub official_email: Option<String>,
    /// Authority that issued the licence.
    pub licensing_authority: Option<String>,
    /// Type of the licence.
    pub license_type: Option<String>,
    /// Number of the licence.
    pub license_number: Option<String>,
    /// `G…` addresses of the accounts that the organization controls.
    pub accounts: Vec<PublicKey>,
}

impl Default for Organization {
    fn default() -> Self {
        Self {
            name: "Windlass Sandbox Anchor".to_owned(),
            dba: None,
            url: None,
            logo: None,
            description: None,
            physical_address: None,
            physical_address_attestation: None,
            phone_number: None,
            phone_number_attestation: None,
            keybase: None,
            twitter: None,
            github: None,
            support_email: None,
            official_email: None,
            licensing_authority: None,
            license_type: None,
            license_number: None,
            accounts: Vec::new(),
        }
    }
}

/// A person of the stellar.toml's `[[PRINCIPALS]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principal {
    /// Full legal name.
    pub name: String,
    /// Business e-mail address.
    pub email: Option<String>,
    /// Account at Keybase.
    pub keybase: Option<String>,
    /// Account at Telegram.
    pub telegram: Option<String>,
    /// Account at Twitter.
    pub twitter: Option<String>,
    /// Account at GitHub.
    pub github: Option<String>,
    /// SHA-256 of a photo of the person's identity document.
    pub id_photo_hash: Option<String>,
    /// SHA-256 of a photo of the person with that document and a signed note.
    pub verification_photo_hash: Option<String>,
}

/// An asset of the stellar.toml's `[[CURRENCIES]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// Asset code: up to 12 letters and digits.
    pub code: String,
    /// `G…` address of the issuer.
    pub issuer: PublicKey,
    /// State of the asset: `live`, `dead`, `test` or `private`.
    #[serde(default = "test_status")]
    pub status: CurrencyStatus,
    /// Number of decimals that wallets show, at most 7.
    pub display_decimals: Option<u64>,
    /// A short name, up to 20 characters.
    pub name: Option<String>,
    /// Description of the asset.
    pub desc: String,
    /// Conditions on the asset.
    pub conditions: Option<String>,
    /// URL of an image, a PNG.
    pub image: Option<Url>,
    /// Number of tokens, if no more will ever be issued.
    pub fixed_number: Option<u64>,
    /// Largest possible number of tokens.
    pub max_number: Option<u64>,
    /// Whether the issuer can issue any number of tokens.
    pub is_unlimited: Option<bool>,
    /// Kind of the anchored asset: `fiat`, `crypto`, …; absent if the token is not anchored.
    pub anchor_asset_type: Option<AnchorAssetType>,
    /// Code of the anchored asset, such as `USD`.
    pub anchor_asset: Option<String>,
    /// URL of an audit or other attestation of the reserve.
    pub attestation_of_reserve: Option<Url>,
    /// How to redeem the token for the anchored asset.
    pub redemption_instructions: Option<String>,
    /// Addresses of the accounts that hold the collateral.
    #[serde(default)]
    pub collateral_addresses: Vec<String>,
    /// A statement for each collateral address.
    #[serde(default)]
    pub collateral_address_messages: Vec<String>,
    /// A signature for each statement, in base64.
    #[serde(default)]
    pub collateral_address_signatures: Vec<String>,
}

const fn test_status() -> CurrencyStatus {
    CurrencyStatus::Test
}
