//! Conditions: fields that a customer type asks for only in some countries, or only above some
//! amount.

use windlass_core::{
    amount::{Amount, Decimal},
    sep9::{self, Context, Field, Format},
    time::Date,
};

use super::{
    asked::Asked,
    record::Record,
    requirements::{Condition, RequirementsError},
};
use crate::vault::VaultError;

/// The country field of a condition that names none.
const COUNTRY: &str = "address_country_code";

/// A condition, validated.
#[derive(Debug)]
pub(super) struct Rule {
    /// The canonical name of the country field, and the countries that match.
    country: Option<(&'static str, Vec<String>)>,
    /// The amount that the transaction must exceed.
    over: Option<Amount>,
    pub(super) fields: Vec<Asked>,
}

impl Rule {
    /// Validates a condition. `place` is its key in the configuration; `asked` are the fields that
    /// the type always asks for.
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
        let country = country(condition, asked, wrong)?;
        let over = over(condition, wrong)?;
        if country.is_none() && over.is_none() {
            return Err(wrong("", "needs country or amount_over".to_owned()));
        }
        Ok(Self { country, over, fields })
    }

    /// Whether the condition holds for this customer and, if there is one, for a transaction of
    /// this amount.
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

/// The country field and the countries of a condition.
fn country(
    condition: &Condition,
    asked: &[Asked],
    wrong: impl Fn(&str, String) -> RequirementsError,
) -> Result<Option<(&'static str, Vec<String>)>, RequirementsError> {
    let name = match (condition.country.as_slice(), &condition.country_field) {
        ([], None) => return Ok(None),
        ([], Some(_)) => {
            return Err(wrong(".country_field", "needs country as well".to_owned()));
        }
        (_, name) => name.as_deref().unwrap_or(COUNTRY),
    };
    let field = sep9::field(name)
        .filter(|field| is_country(field))
        .ok_or_else(|| wrong(".country_field", format!("\"{name}\" is not a country field")))?;
    if !asked.iter().any(|asked| asked.field.canonical == field.canonical) {
        return Err(wrong(".country", format!("the type must also ask for {name}")));
    }
    let countries = condition.country.iter().map(|country| {
        canonical_country(field, country).ok_or_else(|| {
            let reason = "is not a three-letter country code such as BRA";
            wrong(".country", format!("\"{country}\" {reason}"))
        })
    });
    Ok(Some((field.canonical, countries.collect::<Result<_, _>>()?)))
}

/// The amount of a condition.
fn over(
    condition: &Condition,
    wrong: impl Fn(&str, String) -> RequirementsError,
) -> Result<Option<Amount>, RequirementsError> {
    let (amount, asset) = match (&condition.amount_over, &condition.asset) {
        (None, None) => return Ok(None),
        (Some(amount), Some(asset)) => (amount, asset),
        (Some(_), None) => return Err(wrong(".amount_over", "needs asset as well".to_owned())),
        (None, Some(_)) => return Err(wrong(".asset", "needs amount_over as well".to_owned())),
    };
    let value: Decimal =
        amount.parse().map_err(|error| wrong(".amount_over", format!("\"{amount}\": {error}")))?;
    if !is_asset(asset) {
        let reason = "must be an asset such as stellar:USDC:G…, stellar:native or iso4217:USD";
        return Err(wrong(".asset", format!("\"{asset}\" {reason}")));
    }
    Ok(Some(Amount { value, asset: asset.clone() }))
}

fn is_country(field: &Field) -> bool {
    field.format == Format::CountryAlpha3 && field.storable()
}

/// The country in the form in which the field's values are stored.
fn canonical_country(field: &Field, country: &str) -> Option<String> {
    // The check of a country does not depend on the date.
    sep9::check(field, &country.into(), &Context::on(Date::from_unix(0))).ok()
}

/// Whether the text is an asset in SEP-38's format.
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
