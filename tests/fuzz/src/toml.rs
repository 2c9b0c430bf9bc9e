//! A stellar.toml: what the core's reader accepts, the `toml` crate accepts too, with the same
//! values.

use std::fmt::Display;

use toml::de::{DeTable, DeValue};
use windlass_core::{
    link::Link,
    sep1::{Currency, Entry, MAX_READ_BYTES, StellarToml},
};

/// The text of a file.
pub fn run(input: &[u8]) {
    let Ok(text) = core::str::from_utf8(input) else { return };
    let _ = Currency::parse(text);
    let ours = StellarToml::parse(text);
    let theirs = DeTable::parse(text);
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => agree(&ours, theirs.get_ref()),
        // Differences inside floats, dates and numbers out of range do not matter: no key has such
        // a value.
        (Ok(_), Err(error)) => assert!(is_unread_value(text, &error), "theirs refuses: {error}"),
        // The `toml` crate checks numbers and dates only when their values are read.
        (Err(error), Ok(_)) if text.parse::<toml::Table>().is_ok() => {
            let deep = text.matches(['[', '{', '.']).count() > 60;
            assert!(deep || text.len() > MAX_READ_BYTES, "only ours refuses: {error}");
        }
        (Err(error), _) => assert!(!error.to_string().is_empty()),
    }
}

/// Whether the other reader refuses a number or a date.
fn is_unread_value(text: &str, error: &toml::de::Error) -> bool {
    let at = error.span().map_or(0, |span| span.start);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.:_".contains(byte);
    let start = text.as_bytes()[..at].iter().rposition(|byte| !is_part(byte)).map_or(0, |i| i + 1);
    let word = &text[start..];
    word.starts_with(|first: char| first.is_ascii_digit() || first == '+' || first == '-')
        || ["inf", "nan"].iter().any(|name| word.starts_with(name))
}

fn agree(ours: &StellarToml, theirs: &DeTable<'_>) {
    texts(&ours.version, value(theirs, "VERSION"));
    texts(&ours.network_passphrase, value(theirs, "NETWORK_PASSPHRASE"));
    texts(&ours.signing_key, value(theirs, "SIGNING_KEY"));
    links(&ours.web_auth_endpoint, value(theirs, "WEB_AUTH_ENDPOINT"));
    links(&ours.kyc_server, value(theirs, "KYC_SERVER"));
    links(&ours.transfer_server, value(theirs, "TRANSFER_SERVER"));
    if let Entry::Given(accounts) = &ours.accounts {
        let theirs: Vec<_> = array(value(theirs, "ACCOUNTS"));
        assert_eq!(accounts.len(), theirs.len());
        for (ours, theirs) in accounts.iter().zip(theirs) {
            assert_eq!(Some(ours.to_string().as_str()), theirs.as_str());
        }
    }
    if let Entry::Given(documentation) = &ours.documentation {
        let theirs = value(theirs, "DOCUMENTATION");
        let Some(DeValue::Table(theirs)) = theirs else { panic!("theirs has no table") };
        texts(&documentation.org_name, value(theirs, "ORG_NAME"));
        links(&documentation.org_url, value(theirs, "ORG_URL"));
    }
    if let Entry::Given(currencies) = &ours.currencies {
        let theirs = array(value(theirs, "CURRENCIES"));
        assert_eq!(currencies.len(), theirs.len());
        for (ours, theirs) in currencies.iter().zip(theirs) {
            let DeValue::Table(theirs) = theirs else { panic!("theirs has no table") };
            texts(&ours.code, value(theirs, "code"));
            texts(&ours.issuer, value(theirs, "issuer"));
            texts(&ours.desc, value(theirs, "desc"));
        }
    }
    let _ = (ours.web_auth_endpoint(true), ours.kyc_server(false), ours.problems(true));
    if let Ok(printed) = ours.print(true) {
        let again = StellarToml::parse(&printed).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.print(true).as_ref(), Ok(&printed), "printed, read, printed");
        assert!(DeTable::parse(&printed).is_ok(), "printed is TOML");
    }
}

/// Both readers have the same text, or both have none.
fn texts<T: Display>(ours: &Entry<T>, theirs: Option<&DeValue<'_>>) {
    let text = theirs.and_then(|theirs| theirs.as_str());
    match ours {
        Entry::Given(ours) => assert_eq!(Some(ours.to_string().as_str()), text),
        Entry::Absent => assert!(theirs.is_none(), "ours has not seen {theirs:?}"),
        Entry::Invalid(_) => assert!(theirs.is_some(), "ours has seen what is not there"),
    }
}

/// As [`texts`], but host names are compared without case.
fn links(ours: &Entry<Link>, theirs: Option<&DeValue<'_>>) {
    match ours {
        Entry::Given(ours) => {
            let text = theirs.and_then(|theirs| theirs.as_str()).unwrap_or_default();
            assert!(ours.as_str().eq_ignore_ascii_case(text), "{ours} is not {text}");
        }
        other => texts(other, theirs),
    }
}

fn value<'a>(table: &'a DeTable<'_>, key: &str) -> Option<&'a DeValue<'a>> {
    table.get(key).map(|value| value.get_ref())
}

fn array<'a>(value: Option<&'a DeValue<'a>>) -> Vec<&'a DeValue<'a>> {
    let array = value.and_then(|value| value.as_array());
    array.map(|array| array.iter().map(|value| value.get_ref()).collect()).unwrap_or_default()
}
