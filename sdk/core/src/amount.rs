//! Amounts of an asset, as exact decimals.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use thiserror::Error;

use crate::wire;

/// The largest number of characters of a decimal: far more than any asset has digits.
const MAX: usize = 64;

/// 2^29. From here on, neighbouring doubles are more than 0.0000001 apart, so two amounts with 7
/// decimals can be the same double.
const FRACTION_LIMIT: f64 = 536_870_912.0;

/// The amount of an asset that a transaction moves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Amount {
    /// The number of units.
    pub value: Decimal,
    /// The asset in SEP-38's format: `stellar:USDC:G…`, `stellar:native` or `iso4217:USD`.
    pub asset: String,
}

/// A decimal of 0 or more, compared digit by digit and never rounded.
///
/// In JSON it is written as text, and read from text or from a number (S24-196). A number becomes
/// the shortest plain text of its double, which is the same in every language. A number that a
/// double cannot distinguish from its neighbours at 7 decimals is refused: those from 536,870,912
/// (2^29) with a fraction, and whole numbers beyond 2^53.
///
/// ```
/// use windlass_core::amount::Decimal;
///
/// let limit: Decimal = "1000".parse()?;
/// assert!(limit < "1000.0000001".parse()? && limit == "01000.00".parse()?);
/// # Ok::<(), windlass_core::amount::DecimalError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decimal {
    /// The digits before the point without leading zeros; empty for 0.
    whole: String,
    /// The digits after the point without trailing zeros.
    fraction: String,
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if text.len() > MAX || !digits(whole) || fraction.is_some_and(|text| !digits(text)) {
            return Err(DecimalError::Malformed);
        }
        Ok(Self {
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.unwrap_or_default().trim_end_matches('0').to_owned(),
        })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without leading zeros the longer number is larger, and without trailing zeros text order
        // is number order.
        (self.whole.len(), &self.whole, &self.fraction).cmp(&(
            other.whole.len(),
            &other.whole,
            &other.fraction,
        ))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.whole.is_empty() { "0" } else { &self.whole })?;
        if self.fraction.is_empty() { Ok(()) } else { write!(f, ".{}", self.fraction) }
    }
}

impl TryFrom<f64> for Decimal {
    type Error = DecimalError;

    fn try_from(number: f64) -> Result<Self, DecimalError> {
        if number.is_nan() || number < 0.0 {
            return Err(DecimalError::Malformed);
        }
        let limit = if number.fract() == 0.0 {
            wire::MAX_SAFE_INTEGER as f64
        } else {
            FRACTION_LIMIT.next_down()
        };
        if number > limit {
            return Err(DecimalError::Inexact);
        }
        // Rust prints the shortest digits that parse to the same double, without an exponent. `abs`
        // turns -0 into 0.
        number.abs().to_string().parse()
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal of 0 or more, as text or as a number")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Decimal, E> {
        if number > wire::MAX_SAFE_INTEGER {
            return Err(E::custom(DecimalError::Inexact));
        }
        number.to_string().parse().map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Decimal, E> {
        let number = u64::try_from(number).map_err(|_| E::custom(DecimalError::Malformed))?;
        self.visit_u64(number)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Decimal, E> {
        Decimal::try_from(number).map_err(E::custom)
    }
}

/// The error when a value is not a [`Decimal`]. The text follows the name of the member.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DecimalError {
    /// The value is not a decimal of 0 or more.
    #[error("must be a decimal of 0 or more, such as 1000 or 0.5")]
    Malformed,
    /// The JSON number could stand for several decimals.
    #[error("is not exact as a JSON number: send it as text")]
    Inexact,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_compared_exactly() {
        let rising = [
            "0",
            "0.0000001",
            "0.09",
            "0.1",
            "0.11",
            "0.9",
            "1",
            "1.0000001",
            "9",
            "10",
            "922337203685.4775807",
            "922337203685.4775808",
            "99999999999999999999999999.1",
        ];
        let decimals = rising.map(|text| text.parse::<Decimal>().unwrap());
        assert!(decimals.is_sorted_by(|a, b| a < b));
        assert_eq!(decimals.map(|decimal| decimal.to_string()), rising);
        assert_eq!("0010.50".parse::<Decimal>(), "10.5".parse());
    }

    #[test]
    fn decimals_are_written_as_text() {
        let amount: Decimal = "0.50".parse().unwrap();
        assert_eq!(serde_json::to_string(&amount).unwrap(), r#""0.5""#);
    }

    proptest! {
        // S24-194, S24-196
        #[test]
        fn numbers_with_7_decimals_are_read_exactly(stroops in 0..5_368_709_120_000_000_u64) {
            let text = format!("{}.{:07}", stroops / 10_000_000, stroops % 10_000_000);
            prop_assert_eq!(serde_json::from_str::<Decimal>(&text).unwrap(), text.parse().unwrap());
        }
    }

    #[test]
    fn other_texts_are_not_decimals() {
        let long = "1".repeat(65);
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1_000", "٣", &long] {
            assert_eq!(text.parse::<Decimal>(), Err(DecimalError::Malformed), "{text}");
        }
    }
}
