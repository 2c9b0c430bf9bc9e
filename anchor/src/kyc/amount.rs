//! How much of what is moved, exactly.

use std::{cmp::Ordering, fmt, str::FromStr};

use thiserror::Error;

/// The most characters of a decimal: far more than any asset has digits.
const MAX: usize = 64;

/// How much of an asset a transaction moves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Amount {
    /// How much.
    pub value: Decimal,
    /// Of what, as SEP-38 writes it: `stellar:USDC:G…`, `stellar:native` or `iso4217:USD`.
    pub asset: String,
}

/// A decimal of 0 or more, compared digit by digit and never rounded.
///
/// ```
/// use windlass_anchor::kyc::Decimal;
///
/// let limit: Decimal = "1000".parse()?;
/// assert!(limit < "1000.0000001".parse()? && limit == "01000.00".parse()?);
/// # Ok::<(), windlass_anchor::kyc::NotADecimal>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decimal {
    /// Without leading zeros; empty if it is less than 1.
    whole: String,
    /// Without trailing zeros.
    fraction: String,
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if text.len() > MAX || !digits(whole) || fraction.is_some_and(|text| !digits(text)) {
            return Err(NotADecimal);
        }
        Ok(Self {
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.unwrap_or_default().trim_end_matches('0').to_owned(),
        })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without leading zeros the longer one is the larger one, and without trailing ones text order is number order.
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

/// The text is no decimal of 0 or more.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("must be a decimal of 0 or more, such as 1000 or 0.5")]
pub struct NotADecimal;

#[cfg(test)]
mod tests {
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
    fn other_text_is_no_decimal() {
        let long = "1".repeat(65);
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1_000", "٣", &long] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }
}
