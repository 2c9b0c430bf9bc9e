//! The assets that a domain issues or serves.

use serde::{Deserialize, Serialize};

use super::{
    ContractId, Entry, KeyError, Reason, TomlError, parse_table,
    syntax::Value,
    table::{Item, quote, table, text},
};
use crate::{account::PublicKey, link::Link};

table! {
    /// An asset, or the URL of a file that describes one: see [`Currency::link`].
    pub struct Currency {
        /// The asset's code, at most 12 characters.
        pub code: String = "code",
        /// A pattern of codes, in which `?` stands for one character.
        pub code_template: String = "code_template",
        /// The account that issues it, if it is an asset of the ledger.
        pub issuer: PublicKey = "issuer",
        /// The token's contract, if it is not an asset of the ledger.
        pub contract: ContractId = "contract",
        /// The status.
        pub status: CurrencyStatus = "status",
        /// How many decimals to show, at most 7.
        pub display_decimals: u64 = "display_decimals",
        /// A short name, at most 20 characters.
        pub name: String = "name",
        /// A description.
        pub desc: String = "desc",
        /// Conditions on the token.
        pub conditions: String = "conditions",
        /// An image as PNG with a transparent background.
        pub image: Link = "image",
        /// The number of units, if it never grows.
        pub fixed_number: u64 = "fixed_number",
        /// The largest number of units there can be.
        pub max_number: u64 = "max_number",
        /// Whether any number of units can be issued.
        pub is_unlimited: bool = "is_unlimited",
        /// Whether it can be redeemed for another asset.
        pub is_asset_anchored: bool = "is_asset_anchored",
        /// The kind of that asset.
        pub anchor_asset_type: AnchorAssetType = "anchor_asset_type",
        /// The name of that asset: `USD`, `BTC`, an address.
        pub anchor_asset: String = "anchor_asset",
        /// A document that attests the reserve.
        pub attestation_of_reserve: Link = "attestation_of_reserve",
        /// How to redeem it.
        pub redemption_instructions: String = "redemption_instructions",
        /// Addresses that hold the collateral.
        pub collateral_addresses: Vec<String> = "collateral_addresses",
        /// One message per address, which says that the collateral is reserved.
        pub collateral_address_messages: Vec<String> = "collateral_address_messages",
        /// One signature per message, in base64.
        pub collateral_address_signatures: Vec<String> = "collateral_address_signatures",
        /// Whether every payment needs approval (SEP-8). Absent means it does not.
        pub regulated: bool = "regulated",
        /// The URL of the approval server (SEP-8).
        pub approval_server: Link = "approval_server",
        /// The criteria of the approval server, as text.
        pub approval_criteria: String = "approval_criteria",
        /// The URL of the file that describes the asset. The entry then has no other key.
        pub toml: Link = "toml",
    }
}

impl Currency {
    /// Reads a currency's own file, to which a linked entry points.
    ///
    /// # Errors
    ///
    /// The text is longer than a stellar.toml may be, or is not TOML.
    pub fn parse(text: &str) -> Result<Self, TomlError> {
        Ok(Self::read(&parse_table(text)?))
    }

    /// The URL of the file that describes the asset, if the entry is a link to one (S01-66).
    pub const fn link(&self) -> Option<&Link> {
        self.toml.ok()
    }

    /// Whether the entry is about assets of this code (S01-50, S01-53).
    pub fn covers(&self, code: &str) -> bool {
        let matches = |template: &String| {
            template.len() == code.len()
                && template
                    .bytes()
                    .zip(code.bytes())
                    .all(|(wanted, found)| wanted == b'?' || wanted == found)
        };
        self.code.ok().is_some_and(|own| own == code)
            || self.code_template.ok().is_some_and(matches)
    }

    /// What is wrong with the entry (S01-50 to S01-66). Use it only if this is empty.
    pub fn problems(&self) -> Vec<KeyError> {
        let mut found = self.invalid();
        let mut require = |holds: bool, key: &str, reason: Reason| {
            if !holds {
                found.push(KeyError::new(key, reason));
            }
        };
        if let Some(link) = self.link() {
            require(is_currency_file(link), "toml", Reason::NotACurrencyFile);
            require(
                Self { toml: Entry::Absent, ..self.clone() } == Self::default(),
                "toml",
                Reason::NotAlone,
            );
            return found;
        }

        for (text, key, max) in [
            (&self.code, "code", 12),
            (&self.code_template, "code_template", 12),
            (&self.name, "name", 20),
        ] {
            require(
                text.ok().is_none_or(|text| (1..=max).contains(&text.chars().count())),
                key,
                Reason::Length(max),
            );
        }
        require(
            self.code.is_present() || self.code_template.is_present(),
            "code",
            Reason::Missing("code_template"),
        );
        require(
            !(self.issuer.is_present() && self.contract.is_present()),
            "issuer",
            Reason::Excludes("contract"),
        );
        // Lumens have neither. The SEP does not mention them; anchors list them as `native`.
        let native = self.code.ok().is_some_and(|code| code == "native" || code == "XLM");
        require(
            native || self.issuer.is_present() || self.contract.is_present(),
            "issuer",
            Reason::Missing("contract"),
        );

        let limits =
            [(self.fixed_number.ok(), "fixed_number"), (self.max_number.ok(), "max_number")];
        for (number, key) in limits {
            require(number.is_none_or(|number| *number <= LARGEST), key, Reason::TooLarge(LARGEST));
        }
        require(
            self.display_decimals.ok().is_none_or(|decimals| *decimals <= 7),
            "display_decimals",
            Reason::TooLarge(7),
        );
        require(
            !(self.fixed_number.is_present() && self.max_number.is_present()),
            "fixed_number",
            Reason::Excludes("max_number"),
        );
        require(
            !(self.fixed_number.is_present() && self.is_unlimited.is_present()),
            "fixed_number",
            Reason::Excludes("is_unlimited"),
        );
        require(
            !(self.max_number.is_present() && self.is_unlimited.is_present()),
            "max_number",
            Reason::Excludes("is_unlimited"),
        );

        let count = |list: &Entry<Vec<String>>| list.ok().map_or(0, Vec::len);
        for (list, key) in [
            (&self.collateral_address_messages, "collateral_address_messages"),
            (&self.collateral_address_signatures, "collateral_address_signatures"),
        ] {
            require(
                count(list) == count(&self.collateral_addresses),
                key,
                Reason::NotParallel("collateral_addresses"),
            );
        }
        found
    }
}

/// The largest number that every TOML reader reads.
const LARGEST: u64 = i64::MAX as u64;

/// `https://DOMAIN/.well-known/CURRENCY.toml`
fn is_currency_file(link: &Link) -> bool {
    let path =
        link.as_str().strip_prefix("https://").and_then(|rest| rest.strip_prefix(link.authority()));
    let name = path
        .and_then(|path| path.strip_prefix("/.well-known/"))
        .and_then(|name| name.strip_suffix(".toml"));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['/', '?']))
}

/// A closed set of words. Others are ignored: a newer SEP-1 may have more (S01-15).
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// The word in the file.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl Item for $name {
            fn read(value: &Value) -> Result<Option<Self>, Reason> {
                Ok(match text(value)? {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                })
            }

            fn write(&self, out: &mut String) {
                quote(self.as_str(), out);
            }
        }
    };
}

words! {
    /// The status of an asset (S01-54).
    CurrencyStatus {
        /// In use.
        Live = "live",
        /// No longer in use.
        Dead = "dead",
        /// For tests.
        Test = "test",
        /// Not for the public.
        Private = "private",
    }
}

words! {
    /// The kind of asset that a token is redeemed for (S01-61).
    AnchorAssetType {
        /// A national currency.
        Fiat = "fiat",
        /// A cryptocurrency.
        Crypto = "crypto",
        /// A non-fungible token.
        Nft = "nft",
        /// Shares of a company.
        Stock = "stock",
        /// A bond.
        Bond = "bond",
        /// A commodity, such as gold or oil.
        Commodity = "commodity",
        /// Real estate.
        RealEstate = "realestate",
        /// Anything else.
        Other = "other",
    }
}
