//! Unix seconds as the two texts that Horizon writes.

use std::time::{Duration, UNIX_EPOCH};

const DAY: u64 = 86_400;
/// The end of the year 9999, the last second that the `Date` header can name.
const LAST: u64 = 253_402_300_799;

/// RFC 3339 in UTC, whole seconds: `2026-08-20T12:00:05Z`.
pub(crate) fn rfc3339(unix: u64) -> String {
    let (year, month, day) = civil(unix / DAY);
    let (hour, minute, second) = (unix % DAY / 3600, unix % 3600 / 60, unix % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The form of the `Date` header: `Thu, 20 Aug 2026 12:00:05 GMT` (RFC 9110, section 5.6.7).
pub(crate) fn http_date(unix: u64) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(unix.min(LAST)))
}

/// Year, month and day of a day counted from 1970, in the proleptic Gregorian calendar.
fn civil(days: u64) -> (u64, u64, u64) {
    // Years are counted from 1 March, so that the leap day is the last day of its year.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_both_forms() {
        for (unix, rfc, http) in [
            (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_787_227_205, "2026-08-20T12:00:05Z", "Thu, 20 Aug 2026 12:00:05 GMT"),
            (LAST, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
            (4_102_444_799, "2099-12-31T23:59:59Z", "Thu, 31 Dec 2099 23:59:59 GMT"),
            (4_107_542_400, "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] {
            assert_eq!((rfc3339(unix).as_str(), http_date(unix).as_str()), (rfc, http));
        }
    }

    #[test]
    fn times_after_the_year_9999_do_not_panic() {
        assert!(rfc3339(u64::MAX).ends_with('Z'));
        assert!(http_date(u64::MAX).ends_with("GMT"));
    }
}
