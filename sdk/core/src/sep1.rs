//! The stellar.toml file ([SEP-1]): what a wallet reads of it, and what an anchor publishes.
//!
//! [`well_known`] tells where the file of a [`HomeDomain`] is, [`StellarToml::parse`] reads it, and
//! [`StellarToml::print`] writes it. A bad value affects its own key only: see [`Entry`].
//!
//! ```
//! use windlass_core::sep1::{HomeDomain, StellarToml, well_known};
//!
//! let domain: HomeDomain = "anchor.example.com".parse()?;
//! assert_eq!(well_known(&domain, false), "https://anchor.example.com/.well-known/stellar.toml");
//!
//! let text = "SIGNING_KEY = 5\nKYC_SERVER = 'https://anchor.example.com/kyc/'";
//! let file = StellarToml::parse(text)?;
//! assert_eq!(file.signing_key.get().unwrap_err().to_string(), "SIGNING_KEY must be a string");
//! let kyc = file.kyc_server(false)?.unwrap();
//! assert_eq!(kyc.join("/customer").as_str(), "https://anchor.example.com/kyc/customer");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [SEP-1]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0001.md

use std::borrow::Borrow;

use thiserror::Error;

use crate::{account::PublicKey, link::Link, problem::Code};

mod contract;
mod currency;
mod documentation;
mod domain;
mod entry;
mod syntax;
mod table;

pub use contract::ContractId;
pub use currency::{AnchorAssetType, Currency, CurrencyStatus};
pub use documentation::{Documentation, Principal};
pub use domain::{HomeDomain, HomeDomainError};
pub use entry::{Entry, KeyError, Reason};
pub use table::Keys;

/// The version of SEP-1 that this module implements, for [`StellarToml::version`].
pub const VERSION: &str = "2.7.0";

/// The longest file that is read, in bytes. A longer one is refused, never read in part (S01-13).
pub const MAX_READ_BYTES: usize = 102_400;

/// The longest file that may be published, in bytes: 100 KB in the smaller meaning (S01-05).
pub const MAX_PUBLISHED_BYTES: usize = 100_000;

/// The only URL of a domain's stellar.toml (S01-01, S01-11).
///
/// With `dev`, the URL of a loopback host is plain http (S01-12).
pub fn well_known(domain: &HomeDomain, dev: bool) -> String {
    let scheme = if dev && domain.is_loopback() { "http" } else { "https" };
    format!("{scheme}://{domain}/.well-known/stellar.toml")
}

table::table! {
    /// A stellar.toml. Missing keys are [`Entry::Absent`]; keys that SEP-1 does not have are
    /// ignored.
    ///
    /// `AUTH_SERVER` is deprecated and neither read nor written (S01-23).
    pub struct StellarToml {
        /// The version of SEP-1 that the file follows.
        pub version: String = "VERSION",
        /// The passphrase of the network of all services and assets below.
        pub network_passphrase: String = "NETWORK_PASSPHRASE",
        /// The URL of the federation server (SEP-2).
        pub federation_server: Link = "FEDERATION_SERVER",
        /// The base URL of programmatic deposits and withdrawals (SEP-6).
        pub transfer_server: Link = "TRANSFER_SERVER",
        /// The base URL of interactive deposits and withdrawals (SEP-24).
        pub transfer_server_sep24: Link = "TRANSFER_SERVER_SEP0024",
        /// The base URL of the KYC API (SEP-12). [`StellarToml::kyc_server`] applies the fallback.
        pub kyc_server: Link = "KYC_SERVER",
        /// The URL of web authentication (SEP-10).
        pub web_auth_endpoint: Link = "WEB_AUTH_ENDPOINT",
        /// The URL of web authentication of contract accounts (SEP-45).
        pub web_auth_for_contracts_endpoint: Link = "WEB_AUTH_FOR_CONTRACTS_ENDPOINT",
        /// The contract of web authentication of contract accounts (SEP-45).
        pub web_auth_contract_id: ContractId = "WEB_AUTH_CONTRACT_ID",
        /// The key that signs challenges and callbacks. It issues no asset.
        pub signing_key: PublicKey = "SIGNING_KEY",
        /// A public Horizon server.
        pub horizon_url: Link = "HORIZON_URL",
        /// The accounts that the domain controls.
        pub accounts: Vec<PublicKey> = "ACCOUNTS",
        /// The key that signs payment links (SEP-7). It does not stand in for `SIGNING_KEY`.
        pub uri_request_signing_key: PublicKey = "URI_REQUEST_SIGNING_KEY",
        /// The base URL of cross-border payments (SEP-31).
        pub direct_payment_server: Link = "DIRECT_PAYMENT_SERVER",
        /// The base URL of quotes (SEP-38).
        pub anchor_quote_server: Link = "ANCHOR_QUOTE_SERVER",
        // Tables come last: TOML takes every key after a table's header as a key of that table.
        /// The organization behind the domain.
        pub documentation: Documentation = "DOCUMENTATION",
        /// The people behind the organization.
        pub principals: Vec<Principal> = "PRINCIPALS",
        /// The assets that the domain issues or serves.
        pub currencies: Vec<Currency> = "CURRENCIES",
    }
}

impl StellarToml {
    /// Reads a file. A bad value is kept as [`Entry::Invalid`] and does not fail the rest (S01-15,
    /// S01-16).
    ///
    /// # Errors
    ///
    /// The text is longer than [`MAX_READ_BYTES`], or is not TOML.
    pub fn parse(text: &str) -> Result<Self, TomlError> {
        Ok(Self::read(&parse_table(text)?))
    }

    /// Writes the file, root keys first (S01-05, S01-06, S01-36).
    ///
    /// With `dev`, the URLs of services may be plain http on a loopback host.
    ///
    /// # Errors
    ///
    /// Anything that [`Self::problems`] finds, or more than [`MAX_PUBLISHED_BYTES`].
    pub fn print(&self, dev: bool) -> Result<String, PrintError> {
        if let Some(problem) = self.problems(dev).into_iter().next() {
            return Err(PrintError::Invalid(problem));
        }
        let mut out = String::new();
        self.write(&mut out);
        if out.len() > MAX_PUBLISHED_BYTES { Err(PrintError::TooLong(out.len())) } else { Ok(out) }
    }

    /// All values of the file that are unusable or must not be published.
    pub fn problems(&self, dev: bool) -> Vec<KeyError> {
        let mut found = self.invalid();
        let services = [
            (&self.federation_server, "FEDERATION_SERVER"),
            (&self.transfer_server, "TRANSFER_SERVER"),
            (&self.transfer_server_sep24, "TRANSFER_SERVER_SEP0024"),
            (&self.kyc_server, "KYC_SERVER"),
            (&self.web_auth_endpoint, "WEB_AUTH_ENDPOINT"),
            (&self.web_auth_for_contracts_endpoint, "WEB_AUTH_FOR_CONTRACTS_ENDPOINT"),
            (&self.direct_payment_server, "DIRECT_PAYMENT_SERVER"),
            (&self.anchor_quote_server, "ANCHOR_QUOTE_SERVER"),
        ];
        found.extend(services.iter().filter_map(|(link, key)| link.publishable(key, dev).err()));
        let mut add = |path: &str, problems: Vec<KeyError>| {
            found.extend(problems.into_iter().map(|problem| problem.within(path)));
        };
        if let Some(documentation) = self.documentation.ok() {
            add("DOCUMENTATION", documentation.problems(dev));
        }
        for (i, principal) in self.principals.ok().into_iter().flatten().enumerate() {
            add(&format!("PRINCIPALS[{i}]"), principal.invalid());
        }
        for (i, currency) in self.currencies.ok().into_iter().flatten().enumerate() {
            add(&format!("CURRENCIES[{i}]"), currency.problems());
        }
        found
    }

    /// The URL of web authentication (SEP-10), if the file has one.
    ///
    /// # Errors
    ///
    /// The value is not a URL, or is plain http; with `dev`, plain http is allowed on a loopback
    /// host (S01-12).
    pub fn web_auth_endpoint(&self, dev: bool) -> Result<Option<&Link>, KeyError> {
        self.web_auth_endpoint.by_ref().secure("WEB_AUTH_ENDPOINT", dev)
    }

    /// The base URL of SEP-12: `KYC_SERVER`, else `TRANSFER_SERVER` (S01-39).
    ///
    /// # Errors
    ///
    /// As [`Self::web_auth_endpoint`]. A bad `KYC_SERVER` is an error and not a reason to fall
    /// back.
    pub fn kyc_server(&self, dev: bool) -> Result<Option<&Link>, KeyError> {
        kyc_server(self.kyc_server.by_ref(), || self.transfer_server.by_ref(), dev)
    }
}

/// A stellar.toml whose keys are read one by one.
///
/// For wallets, which need a few of the seventy keys; [`StellarToml`] reads them all.
#[derive(Debug)]
pub struct TomlFile(syntax::Table);

impl TomlFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// As [`StellarToml::parse`].
    pub fn parse(text: &str) -> Result<Self, TomlError> {
        parse_table(text).map(Self)
    }

    /// Reads all keys.
    pub fn all(&self) -> StellarToml {
        StellarToml::read(&self.0)
    }

    /// The root keys.
    pub const fn keys(&self) -> Keys<'_, StellarToml> {
        Keys::new(&self.0)
    }

    /// The keys of `[DOCUMENTATION]`, if the file has that table.
    pub fn documentation(&self) -> Option<Keys<'_, Documentation>> {
        match self.0.get("DOCUMENTATION") {
            Some(syntax::Value::Table(table)) => Some(Keys::new(table)),
            _ => None,
        }
    }

    /// As [`StellarToml::web_auth_endpoint`].
    ///
    /// # Errors
    ///
    /// As that method.
    pub fn web_auth_endpoint(&self, dev: bool) -> Result<Option<Link>, KeyError> {
        self.keys().web_auth_endpoint().secure("WEB_AUTH_ENDPOINT", dev)
    }

    /// As [`StellarToml::kyc_server`].
    ///
    /// # Errors
    ///
    /// As that method.
    pub fn kyc_server(&self, dev: bool) -> Result<Option<Link>, KeyError> {
        let keys = self.keys();
        kyc_server(keys.kyc_server(), || keys.transfer_server(), dev)
    }
}

fn kyc_server<L: Borrow<Link>>(
    kyc: Entry<L>,
    transfer: impl FnOnce() -> Entry<L>,
    dev: bool,
) -> Result<Option<L>, KeyError> {
    match kyc.secure("KYC_SERVER", dev)? {
        Some(link) => Ok(Some(link)),
        None => transfer().secure("TRANSFER_SERVER", dev),
    }
}

fn parse_table(text: &str) -> Result<syntax::Table, TomlError> {
    if text.len() > MAX_READ_BYTES {
        return Err(TomlError::TooLong(text.len()));
    }
    // No TOML begins like this.
    if text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('<') {
        return Err(TomlError::WebPage);
    }
    syntax::parse(text)
        .map_err(|fault| TomlError::Syntax { line: fault.line, message: fault.message })
}

/// The error when the whole file is unreadable.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TomlError {
    /// More than [`MAX_READ_BYTES`].
    #[error("stellar.toml has {0} bytes, at most {MAX_READ_BYTES} are read")]
    TooLong(usize),
    /// A web page, such as a site's "not found" page.
    #[error("stellar.toml is a web page (HTML), not TOML")]
    WebPage,
    /// Not TOML.
    #[error("stellar.toml is not TOML: line {line}: {message}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// What was expected.
        message: &'static str,
    },
}

impl TomlError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::InvalidToml
    }
}

/// The error when the file must not be published.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum PrintError {
    /// A value violates a rule of SEP-1.
    #[error(transparent)]
    Invalid(#[from] KeyError),
    /// More than [`MAX_PUBLISHED_BYTES`].
    #[error("stellar.toml would have {0} bytes, at most {MAX_PUBLISHED_BYTES} may be published")]
    TooLong(usize),
}

#[cfg(test)]
mod tests;
