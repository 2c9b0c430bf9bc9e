//! Amounts in stroops, and their text in Horizon's JSON.

/// Stroops in one unit of an asset.
pub(crate) const UNIT: i64 = 10_000_000;

/// The amount as Horizon writes it: a decimal with exactly seven places.
pub(crate) fn text(stroops: i64) -> String {
    let sign = if stroops < 0 { "-" } else { "" };
    let stroops = stroops.unsigned_abs();
    let unit = UNIT.unsigned_abs();
    format!("{sign}{}.{:07}", stroops / unit, stroops % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_always_have_seven_places() {
        for (stroops, expected) in [
            (0, "0.0000000"),
            (1, "0.0000001"),
            (125_000_000, "12.5000000"),
            (i64::MAX, "922337203685.4775807"),
        ] {
            assert_eq!(text(stroops), expected);
        }
    }
}
