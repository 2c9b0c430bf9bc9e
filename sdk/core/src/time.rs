//! Calendar days and timestamps in the form that the protocols use.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day; `None` if the calendar does not have it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// The day in UTC of a Unix time in seconds; the last day of the year 9999 for anything later.
    pub fn from_unix(seconds: u64) -> Self {
        let mut days = (seconds / 86_400).min(2_932_896);
        let mut year = 1970;
        while days >= days_in_year(year) {
            days -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while days >= u64::from(days_in(year, month)) {
            days -= u64::from(days_in(year, month));
            month += 1;
        }
        Self { year, month, day: days as u8 + 1 }
    }
}

const fn is_leap(year: u16) -> bool {
    (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
}

const fn days_in_year(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Exactly `YYYY-MM-DD`.
impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(NotADate);
        }
        let (Ok(year), Ok(month), Ok(day)) =
            (text[..4].parse(), text[5..7].parse(), text[8..].parse())
        else {
            return Err(NotADate);
        };
        Self::new(year, month, day).ok_or(NotADate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is not a real day written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("must be a date as YYYY-MM-DD")]
pub struct NotADate;

/// A Unix time in seconds as `2026-01-02T03:04:05Z`.
pub fn rfc3339(seconds: u64) -> String {
    let of_day = seconds % 86_400;
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        Date::from_unix(seconds),
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_parse() {
        for good in ["2000-02-29", "1976-07-04", "2026-12-31"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "1900-02-29",
            "2000-13-01",
            "2000-1-1",
            "20000101",
            "2000-00-10",
            "2000-01-00",
            "2000-01-01T00:00:00Z",
            "03.02.2001",
            "",
            "２000-01-01",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn unix_times_become_days() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(1_700_000_450), "2023-11-14T22:20:50Z");
        assert_eq!(Date::from_unix(951_782_400).to_string(), "2000-02-29");
    }
}
