//! SEP-1: the stellar.toml, made from the configuration.

use axum::{
    Router,
    http::{HeaderValue, Method, header},
};
use thiserror::Error;
use tower_http::set_header::SetResponseHeaderLayer;
use windlass_core::{
    account::PublicKey,
    sep1::{Currency, Documentation, Entry, Link, LinkError, PrintError, StellarToml, VERSION},
};

use crate::{
    Config, Error,
    config::{self, Organization, Sep},
    cors,
    route::Routes,
};

/// Serves a stellar.toml where wallets look for it (S01-01 to S01-04). `HEAD` is answered as well.
pub fn router(text: String) -> Router {
    routes(text).into()
}

/// The same, with the list of what is routed.
pub fn routes(text: String) -> Routes {
    Routes::new()
        .public(Method::GET, "/.well-known/stellar.toml", async move || text.clone())
        .dress(|router| {
            router
                .method_not_allowed_fallback(async || Error::MethodNotAllowed)
                .layer(SetResponseHeaderLayer::if_not_present(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("text/plain; charset=utf-8"),
                ))
                .layer(cors::layer())
        })
}

/// The text of the stellar.toml that belongs to a configuration.
///
/// # Errors
///
/// A value of the configuration may not be published.
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
        web_auth_endpoint: served(Sep::Sep10, "/auth")?,
        kyc_server: served(Sep::Sep12, "/kyc")?,
        documentation: Entry::Given(documentation(config)?),
        currencies: if config.currencies.is_empty() {
            Entry::Absent
        } else {
            Entry::Given(config.currencies.iter().map(currency).collect())
        },
        ..StellarToml::default()
    };
    Ok(toml.print(dev)?)
}

fn documentation(config: &Config) -> Result<Documentation, StellarTomlError> {
    let Organization { name, url, logo, description, support_email, official_email } =
        &config.organization;
    let url = url.as_ref().map_or_else(|| config.public_url(), Clone::clone);
    Ok(Documentation {
        org_name: Entry::Given(name.clone()),
        // SDF's validator refuses a slash at the end.
        org_url: link("organization.url", url.as_str().trim_end_matches('/'))?,
        org_logo: logo
            .as_ref()
            .map_or(Ok(Entry::Absent), |logo| link("organization.logo", logo.as_str()))?,
        org_description: given(description.as_ref()),
        org_support_email: given(support_email.as_ref()),
        org_official_email: given(official_email.as_ref()),
        ..Documentation::default()
    })
}

fn currency(currency: &config::Currency) -> Currency {
    Currency {
        code: Entry::Given(currency.code.clone()),
        issuer: Entry::Given(currency.issuer),
        status: Entry::Given(currency.status),
        desc: Entry::Given(currency.desc.clone()),
        is_asset_anchored: Entry::Given(currency.anchor_asset_type.is_some()),
        anchor_asset_type: currency.anchor_asset_type.map_or(Entry::Absent, Entry::Given),
        anchor_asset: given(currency.anchor_asset.as_ref()),
        ..Currency::default()
    }
}

fn given(value: Option<&String>) -> Entry<String> {
    value.map_or(Entry::Absent, |value| Entry::Given(value.clone()))
}

fn link(key: &'static str, url: &str) -> Result<Entry<Link>, StellarTomlError> {
    url.parse().map(Entry::Given).map_err(|error| StellarTomlError::Url {
        key,
        url: url.to_owned(),
        error,
    })
}

/// Why no stellar.toml can be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StellarTomlError {
    /// A URL of the configuration.
    #[error("{key}: {url}: {error}")]
    Url {
        /// Which key.
        key: &'static str,
        /// The URL.
        url: String,
        /// What is wrong with it.
        error: LinkError,
    },
    /// The file as a whole.
    #[error("stellar.toml: {0}")]
    Print(#[from] PrintError),
}
