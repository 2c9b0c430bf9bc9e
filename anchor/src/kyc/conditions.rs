//! What a customer type asks for only in some countries, or only above some amount.

use serde::{Deserialize, Serialize};
use windlass_core::{
    amount::{Amount, Decimal},
    sep9::{self, Context, Field, Format},
    time::Date,
};

use super::{
    catalogue::{Asked, RequirementsError},
    record::Record,
};
use crate::vault::VaultError;

/// The field that tells the country if a condition names none.
const COUNTRY: &str = "address_country_code";

/// Fields that are asked for when all that it says holds: `[[kyc.types.<type>.when]]`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// The customer gave one of these countries, in the three letters of ISO 3166-1: `BRA`. Any country if empty.
    pub country: Vec<String>,
    /// The field that tells the country; `address_country_code` if absent. The type must ask for it.
    pub country_field: Option<String>,
    /// The transaction that the request is for moves more than this, a decimal. Any amount if absent.
    pub amount_over: Option<String>,
    /// Of this asset, as SEP-38 writes it: `stellar:USDC:G…`, `stellar:native` or `iso4217:USD`.
    pub asset: Option<String>,
    /// SEP-9 names of the fields that the customer then must have.
    pub required: Vec<String>,
    /// SEP-9 names of the fields that it then may have.
    pub optional: Vec<String>,
}

/// A condition, checked.
#[derive(Debug)]
pub(super) struct Rule {
    /// The canonical name of the field, and the values of which it has one.
    country: Option<(&'static str, Vec<String>)>,
    /// The transaction moves more than this.
    over: Option<Amount>,
    pub(super) fields: Vec<Asked>,
}

impl Rule {
    /// `place` is that of the condition in the configuration, `asked` what the type asks for in any case.
    pub(super) fn new(
        condition: &Condition,
        place: &str,
        asked: &[Asked],
        fields: Vec<Asked>,
    ) -> Result<Self, RequirementsError> {
        let wrong = |member: &str, reason: String| RequirementsError::Condition {
            place: format!("{place}{member}"),
            reason,
        };
        if fields.is_empty() {
            return Err(wrong("", "must ask for something: name required or optional".to_owned()));
        }
        let country = match (condition.country.as_slice(), &condition.country_field) {
            ([], None) => None,
            ([], Some(_)) => {
                return Err(wrong(".country_field", "needs country beside it".to_owned()));
            }
            (countries, name) => {
                let name = name.as_deref().unwrap_or(COUNTRY);
                let field =
                    sep9::field(name).filter(|field| tells_country(field)).ok_or_else(|| {
                        wrong(".country_field", format!("\"{name}\" tells no country"))
                    })?;
                if !asked.iter().any(|asked| asked.field.canonical == field.canonical) {
                    let reason = format!("the type must ask for {name}, which tells the country");
                    return Err(wrong(".country", reason));
                }
                let countries = countries.iter().map(|country| {
                    proper(field, country).ok_or_else(|| {
                        let reason = "is no country in three letters, such as BRA";
                        wrong(".country", format!("\"{country}\" {reason}"))
                    })
                });
                Some((field.canonical, countries.collect::<Result<Vec<_>, _>>()?))
            }
        };
        let over = match (&condition.amount_over, &condition.asset) {
            (None, None) => None,
            (Some(amount), Some(asset)) => {
                let value: Decimal = amount
                    .parse()
                    .map_err(|error| wrong(".amount_over", format!("\"{amount}\": {error}")))?;
                if !is_asset(asset) {
                    let reason =
                        "must be an asset such as stellar:USDC:G…, stellar:native or iso4217:USD";
                    return Err(wrong(".asset", format!("\"{asset}\" {reason}")));
                }
                Some(Amount { value, asset: asset.clone() })
            }
            (Some(_), None) => {
                return Err(wrong(".amount_over", "needs asset beside it".to_owned()));
            }
            (None, Some(_)) => {
                return Err(wrong(".asset", "needs amount_over beside it".to_owned()));
            }
        };
        if country.is_none() && over.is_none() {
            return Err(wrong("", "needs country or amount_over".to_owned()));
        }
        Ok(Self { country, over, fields })
    }

    /// Whether it holds for a customer, and for a transaction if there is one.
    pub(super) fn holds(
        &self,
        record: Option<&Record>,
        amount: Option<&Amount>,
    ) -> Result<bool, VaultError> {
        let over = |limit: &Amount| {
            amount.is_some_and(|amount| amount.asset == limit.asset && amount.value > limit.value)
        };
        if self.over.as_ref().is_some_and(|limit| !over(limit)) {
            return Ok(false);
        }
        let Some((field, countries)) = &self.country else { return Ok(true) };
        let given = record.map(|record| record.text(field)).transpose()?.flatten();
        Ok(given.is_some_and(|given| countries.contains(&given)))
    }
}

fn tells_country(field: &Field) -> bool {
    field.format == Format::CountryAlpha3 && field.storable()
}

/// A country as the field's values are stored.
fn proper(field: &Field, country: &str) -> Option<String> {
    // A country is one on any day.
    sep9::check(field, &country.into(), &Context::on(Date::from_unix(0))).ok()
}

/// Whether it is written as SEP-38 writes assets.
fn is_asset(text: &str) -> bool {
    let code = |text: &str, longest| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match text.split(':').collect::<Vec<_>>().as_slice() {
        ["stellar", "native"] => true,
        ["stellar", asset, issuer] => {
            code(asset, 12) && issuer.parse::<windlass_core::account::PublicKey>().is_ok()
        }
        ["iso4217", currency] => currency.len() == 3 && code(currency, 3),
        _ => false,
    }
}
