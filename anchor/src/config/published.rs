//! What is published in the stellar.toml beside the services themselves.

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
    /// Legal name.
    pub name: String,
    /// Trading name, if it is another one.
    pub dba: Option<String>,
    /// Official site; its domain must serve the stellar.toml. Without it the public URL.
    pub url: Option<Url>,
    /// A logo in PNG.
    pub logo: Option<Url>,
    /// What it does.
    pub description: Option<String>,
    /// Where it is.
    pub physical_address: Option<String>,
    /// An official document that shows name and address.
    pub physical_address_attestation: Option<Url>,
    /// A telephone number in E.164 form.
    pub phone_number: Option<String>,
    /// A telephone bill that shows name and number.
    pub phone_number_attestation: Option<Url>,
    /// Account at Keybase.
    pub keybase: Option<String>,
    /// Account at Twitter.
    pub twitter: Option<String>,
    /// Account at GitHub.
    pub github: Option<String>,
    /// Where users write to.
    pub support_email: Option<String>,
    /// Where business partners write to.
    pub official_email: Option<String>,
    /// Who gave the licence.
    pub licensing_authority: Option<String>,
    /// What the licence is for.
    pub license_type: Option<String>,
    /// The number of the licence.
    pub license_number: Option<String>,
    /// `G…` of the accounts on the ledger that the organization controls.
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
    /// Up to 12 letters and digits.
    pub code: String,
    /// `G…` of the issuer.
    pub issuer: PublicKey,
    /// `live`, `dead`, `test` or `private`.
    #[serde(default = "test_status")]
    pub status: CurrencyStatus,
    /// How many decimals wallets show, at most 7.
    pub display_decimals: Option<u64>,
    /// A short name, up to 20 characters.
    pub name: Option<String>,
    /// What it is.
    pub desc: String,
    /// Conditions on it.
    pub conditions: Option<String>,
    /// An image in PNG.
    pub image: Option<Url>,
    /// How many there are, if there will never be more.
    pub fixed_number: Option<u64>,
    /// How many there can be at most.
    pub max_number: Option<u64>,
    /// Whether any number can be issued.
    pub is_unlimited: Option<bool>,
    /// `fiat`, `crypto`, …; without it the asset is not anchored to anything.
    pub anchor_asset_type: Option<AnchorAssetType>,
    /// What it is anchored to, such as `USD`.
    pub anchor_asset: Option<String>,
    /// Who vouches for the reserve.
    pub attestation_of_reserve: Option<Url>,
    /// How to get the thing for it.
    pub redemption_instructions: Option<String>,
    /// Addresses that hold the collateral.
    #[serde(default)]
    pub collateral_addresses: Vec<String>,
    /// A statement for each of them.
    #[serde(default)]
    pub collateral_address_messages: Vec<String>,
    /// A signature for each statement, in base64.
    #[serde(default)]
    pub collateral_address_signatures: Vec<String>,
}

const fn test_status() -> CurrencyStatus {
    CurrencyStatus::Test
}
