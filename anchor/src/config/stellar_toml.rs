//! Generates the stellar.toml from the configuration.

use thiserror::Error;
use url::Url;
use windlass_core::{
    account::PublicKey,
    link::Link,
    link::LinkError,
    sep1::{
        AnchorAssetType, Currency, Documentation, Entry, Principal, PrintError, StellarToml,
        VERSION,
    },
};

use super::{Config, Sep, published};
use crate::{sep10, sep12};

/// Generates the text of the stellar.toml.
///
/// # Errors
///
/// A value of the configuration is not allowed in a stellar.toml.
pub fn stellar_toml(config: &Config, signing_key: PublicKey) -> Result<String, StellarTomlError> {
    let dev = config.public_url().scheme() == "http";
    let served = |sep, path: &str| {
        if config.serves(sep) {
            link("public_url", &config.endpoint(path))
        } else {
            Ok(Entry::Absent)
        }
    };
    let toml = StellarToml {
        version: Entry::Given(VERSION.to_owned()),
        network_passphrase: Entry::Given(config.network.passphrase.clone()),
        signing_key: Entry::Given(signing_key),
        web_auth_endpoint: served(Sep::Sep10, sep10::MOUNT)?,
        kyc_server: served(Sep::Sep12, sep12::MOUNT)?,
        documentation: Entry::Given(documentation(config)?),
        accounts: list(&config.organization.accounts),
        principals: list(&config.principals.iter().map(principal).collect::<Vec<_>>()),
        currencies: list(&config.currencies.iter().map(currency).collect::<Result<Vec<_>, _>>()?),
        ..StellarToml::default()
    };
    Ok(toml.print(dev)?)
}

fn documentation(config: &Config) -> Result<Documentation, StellarTomlError> {
    let organization = &config.organization;
    let url = organization.url.as_ref().map_or_else(|| config.public_url(), Clone::clone);
    Ok(Documentation {
        org_name: Entry::Given(organization.name.clone()),
        org_dba: organization.dba.clone().into(),
        // SDF's validator refuses a slash at the end.
        org_url: link("organization.url", url.as_str().trim_end_matches('/'))?,
        org_logo: maybe_link("organization.logo", organization.logo.as_ref())?,
        org_description: organization.description.clone().into(),
        org_physical_address: organization.physical_address.clone().into(),
        org_physical_address_attestation: maybe_link(
            "organization.physical_address_attestation",
            organization.physical_address_attestation.as_ref(),
        )?,
        org_phone_number: organization.phone_number.clone().into(),
        org_phone_number_attestation: maybe_link(
            "organization.phone_number_attestation",
            organization.phone_number_attestation.as_ref(),
        )?,
        org_keybase: organization.keybase.clone().into(),
        org_twitter: organization.twitter.clone().into(),
        org_github: organization.github.clone().into(),
        org_official_email: organization.official_email.clone().into(),
        org_support_email: organization.support_email.clone().into(),
        org_licensing_authority: organization.licensing_authority.clone().into(),
        org_license_type: organization.license_type.clone().into(),
        org_license_number: organization.license_number.clone().into(),
    })
}

fn principal(principal: &published::Principal) -> Principal {
    Principal {
        name: Entry::Given(principal.name.clone()),
        email: principal.email.clone().into(),
        keybase: principal.keybase.clone().into(),
        telegram: principal.telegram.clone().into(),
        twitter: principal.twitter.clone().into(),
        github: principal.github.clone().into(),
        id_photo_hash: principal.id_photo_hash.clone().into(),
        verification_photo_hash: principal.verification_photo_hash.clone().into(),
    }
}

fn currency(currency: &published::Currency) -> Result<Currency, StellarTomlError> {
    // SDF's validator requires a type for every entry, even for assets that are not anchored
    // (S01-67).
    let anchor_asset_type = currency.anchor_asset_type.unwrap_or(AnchorAssetType::Other);
    Ok(Currency {
        code: Entry::Given(currency.code.clone()),
        issuer: Entry::Given(currency.issuer),
        status: Entry::Given(currency.status),
        display_decimals: currency.display_decimals.into(),
        name: currency.name.clone().into(),
        desc: Entry::Given(currency.desc.clone()),
        conditions: currency.conditions.clone().into(),
        image: maybe_link("currencies.image", currency.image.as_ref())?,
        fixed_number: currency.fixed_number.into(),
        max_number: currency.max_number.into(),
        is_unlimited: currency.is_unlimited.into(),
        is_asset_anchored: Entry::Given(currency.anchor_asset_type.is_some()),
        anchor_asset_type: Entry::Given(anchor_asset_type),
        anchor_asset: currency.anchor_asset.clone().into(),
        attestation_of_reserve: maybe_link(
            "currencies.attestation_of_reserve",
            currency.attestation_of_reserve.as_ref(),
        )?,
        redemption_instructions: currency.redemption_instructions.clone().into(),
        collateral_addresses: list(&currency.collateral_addresses),
        collateral_address_messages: list(&currency.collateral_address_messages),
        collateral_address_signatures: list(&currency.collateral_address_signatures),
        ..Currency::default()
    })
}

/// Leaves out an empty list.
fn list<T: Clone>(items: &[T]) -> Entry<Vec<T>> {
    if items.is_empty() { Entry::Absent } else { Entry::Given(items.to_vec()) }
}

fn maybe_link(key: &'static str, url: Option<&Url>) -> Result<Entry<Link>, StellarTomlError> {
    url.map_or(Ok(Entry::Absent), |url| link(key, url.as_str()))
}

fn link(key: &'static str, url: &str) -> Result<Entry<Link>, StellarTomlError> {
    url.parse().map(Entry::Given).map_err(|error| StellarTomlError::Url {
        key,
        url: url.to_owned(),
        error,
    })
}

/// The error when the stellar.toml cannot be generated.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StellarTomlError {
    /// A URL of the configuration is not allowed.
    #[error("{key}: {url}: {error}")]
    Url {
        /// The key of the URL.
        key: &'static str,
        /// The URL.
        url: String,
        /// The rule that it violates.
        error: LinkError,
    },
    /// The file as a whole cannot be written.
    #[error("stellar.toml: {0}")]
    Print(#[from] PrintError),
}
