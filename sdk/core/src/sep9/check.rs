//! The rules for one value.

use std::{borrow::Cow, net::IpAddr};

use super::{
    Field, Format, Kind, MAX_TEXT_BYTES, MediaType, Severity, Value, ValueError, codes, sniff,
};
use crate::time::Date;

/// Fields whose day cannot be in the future (S09-F12, S09-F23).
const NOT_IN_THE_FUTURE: [&str; 2] = ["birth_date", "id_issue_date"];

/// The context of a check, in addition to the field.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The current day.
    pub today: Date,
    /// The anchor's choices for the field, if any. They are compared exactly and override the
    /// format.
    pub choices: &'a [String],
    /// The value of `mobile_number_format`, if known. Absent means `E.164` (S09-10).
    pub mobile_number_format: Option<&'a str>,
}

impl Context<'_> {
    /// A context without choices, and with phone numbers in E.164.
    pub const fn on(today: Date) -> Self {
        Self { today, choices: &[], mobile_number_format: None }
    }
}

/// Checks a value, and returns its canonical form for storing and sending: codes in their proper
/// case, numbers without leading zeros.
///
/// Nothing is trimmed, and free text does not change.
///
/// # Errors
///
/// The rule that the value violates. [`Rules`](super::Rules) checks values against each other.
pub fn check(field: &Field, value: &Value, context: &Context<'_>) -> Result<String, ValueError> {
    let text = text(field, value)?;
    match (legible(&text), judged(field, &text, context)) {
        // What SEP-9 or the anchor demands comes first.
        (Err(_), Err(error)) if error.severity() == Severity::Error => Err(error),
        (Err(warning), _) => Err(warning),
        (Ok(()), judged) => judged,
    }
}

fn judged(field: &Field, text: &str, context: &Context<'_>) -> Result<String, ValueError> {
    if context.choices.is_empty() {
        return format(field, text, context);
    }
    // The anchor's spelling has priority. Otherwise the canonical form of the value may be a
    // choice, such as "DEU" for "deu".
    let offered = |text: &str| context.choices.iter().any(|choice| choice == text);
    if offered(text) {
        return Ok(text.into());
    }
    match format(field, text, context) {
        Ok(proper) if offered(&proper) => Ok(proper),
        _ => Err(ValueError::NotAChoice(context.choices.join(", "))),
    }
}

/// Checks the file for a binary field, and returns its media type.
///
/// # Errors
///
/// The field accepts no files, or not this media type.
pub fn check_file(field: &Field, bytes: &[u8]) -> Result<MediaType, ValueError> {
    if !field.is_binary() {
        return Err(ValueError::NotAFileField);
    }
    sniff(bytes).filter(|media| field.accepts(*media)).ok_or(ValueError::WrongFile(field.media))
}

/// Checks a value by what the anchor says of its field: the only rules for fields outside SEP-9.
pub(super) fn check_asked(
    kind: Option<Kind>,
    choices: &[String],
    value: &Value,
) -> Result<(), ValueError> {
    let text = match value {
        Value::Text(text) => text.as_str(),
        Value::Number(number) => &number.to_string(),
        Value::Other => "",
    };
    if choices.iter().any(|choice| choice == text) {
        return Ok(());
    }
    let (holds, error) = match (kind, value) {
        _ if !choices.is_empty() => (false, ValueError::NotAChoice(choices.join(", "))),
        (None, _) => (!matches!(value, Value::Other), ValueError::NotText),
        (Some(Kind::Binary), _) => (false, ValueError::FileExpected),
        (Some(Kind::Number), _) => (is_number(text), ValueError::NotANumber),
        (Some(Kind::Date), Value::Text(_)) => (text.parse::<Date>().is_ok(), ValueError::NotADate),
        (Some(_), _) => (matches!(value, Value::Text(_)), ValueError::NotText),
    };
    self::holds(holds, error)
}

/// Digits, with a sign and a fraction if needed.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    match digits.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(digits),
    }
}

/// The rules for every text: the right JSON type, and not empty.
fn text<'v>(field: &Field, value: &'v Value) -> Result<Cow<'v, str>, ValueError> {
    let text = match (field.kind, value) {
        (Kind::Binary, _) => return Err(ValueError::FileExpected),
        (_, Value::Text(text)) => Cow::Borrowed(text.as_str()),
        (Kind::Number, Value::Number(number)) => Cow::Owned(number.to_string()),
        (Kind::Number, Value::Other) => return Err(ValueError::NotAnInteger),
        _ => return Err(ValueError::NotText),
    };
    if text.chars().all(is_invisible) {
        return Err(ValueError::Empty);
    }
    Ok(text)
}

/// The limits of S09-15.
fn legible(text: &str) -> Result<(), ValueError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(ValueError::TooLong);
    }
    let control = text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    holds(!control, ValueError::ControlCharacter)
}

/// White space, and the characters that Unicode lets a program leave out when it shows a text
/// (`Default_Ignorable_Code_Point`), with the blank of Braille.
const fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn format(field: &Field, text: &str, context: &Context<'_>) -> Result<String, ValueError> {
    if let Some((min, max)) = field.digits
        && !(is_digits(text) && (usize::from(min)..=usize::from(max)).contains(&text.len()))
    {
        return Err(ValueError::NotDigits { min, max });
    }
    match field.format {
        Format::Text | Format::Multiline | Format::PhoneFormat | Format::OpenEnum => Ok(()),
        Format::CountryAlpha3 => {
            return proper(text.to_ascii_uppercase(), codes::is_alpha3, ValueError::UnknownCountry);
        }
        Format::CountryAlpha2 => {
            return proper(
                text.to_ascii_uppercase(),
                codes::is_alpha2,
                ValueError::UnknownCountryAlpha2,
            );
        }
        Format::Subdivision => {
            return proper(text.to_ascii_uppercase(), is_subdivision, ValueError::NotASubdivision);
        }
        Format::Language => {
            return proper(
                text.to_ascii_lowercase(),
                codes::is_language,
                ValueError::UnknownLanguage,
            );
        }
        Format::Isco08 => {
            return proper(
                format!("{text:0>3}"),
                codes::is_occupation,
                ValueError::UnknownOccupation,
            );
        }
        Format::Integer => return integer(text),
        Format::Date => date(field, text, context.today),
        Format::YearMonth => holds(is_year_month(text), ValueError::NotAYearMonth),
        Format::E164 => holds(is_e164(text), ValueError::NotE164),
        Format::Phone => holds(
            context.mobile_number_format.is_some_and(|format| format != "E.164") || is_e164(text),
            ValueError::NotE164,
        ),
        Format::Email => holds(is_email(text), ValueError::NotAnEmail),
        Format::Ip => holds(text.parse::<IpAddr>().is_ok(), ValueError::NotAnIpAddress),
        Format::Enum if field.choices.contains(&text) => Ok(()),
        Format::Enum => Err(ValueError::NotAChoice(field.choices.join(", "))),
        Format::CardNumber => holds(has_check_digit(text), ValueError::NotACardNumber),
        Format::Image | Format::ImageOrVideo => Err(ValueError::FileExpected),
    }?;
    Ok(text.into())
}

fn holds(condition: bool, error: ValueError) -> Result<(), ValueError> {
    if condition { Ok(()) } else { Err(error) }
}

fn proper(code: String, known: fn(&str) -> bool, error: ValueError) -> Result<String, ValueError> {
    if known(&code) { Ok(code) } else { Err(error) }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Removes leading zeros, so that each number has only one text.
fn integer(text: &str) -> Result<String, ValueError> {
    if !is_digits(text) {
        return Err(ValueError::NotAnInteger);
    }
    let number: u64 = text.parse().map_err(|_| ValueError::NotAnInteger)?;
    Ok(number.to_string())
}

fn date(field: &Field, text: &str, today: Date) -> Result<(), ValueError> {
    let date: Date = text.parse().map_err(|_| ValueError::NotADate)?;
    holds(date <= today || !NOT_IN_THE_FUTURE.contains(&field.name), ValueError::InTheFuture)
}

/// `YY-MM`.
fn is_year_month(text: &str) -> bool {
    let [a, b, b'-', month @ ..] = text.as_bytes() else { return false };
    a.is_ascii_digit()
        && b.is_ascii_digit()
        && matches!(month, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2'])
}

/// `+` and 2 to 15 digits, the first of them not 0.
pub(super) fn is_e164(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    is_digits(digits) && (2..=15).contains(&digits.len()) && !digits.starts_with('0')
}

/// A simplified grammar: a local part, one `@`, and a domain with a dot inside.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254
        && !local.is_empty()
        && !text.contains(char::is_whitespace)
        && domain.bytes().all(|b| b != b'@')
        && domain.bytes().any(|b| b == b'.')
        && domain.as_bytes().split(|b| *b == b'.').all(|label| !label.is_empty())
}

/// `US-CA`: a country, then one to three letters or digits. The full list of ISO 3166-2 is long and
/// changes often.
fn is_subdivision(code: &str) -> bool {
    code.split_once('-').is_some_and(|(country, part)| {
        codes::is_alpha2(country)
            && (1..=3).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The check digit of card numbers (Luhn): every second digit from the right counts twice.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, digit)| match u32::from(digit - b'0') << (i % 2) {
            double @ 10.. => double - 9,
            single => single,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use std::{string::ToString as _, vec::Vec};

    use proptest::prelude::*;

    use super::*;
    use crate::sep9::{FIELDS, field, media::samples::*};

    fn today() -> Date {
        Date::new(2026, 1, 2).unwrap()
    }

    fn judge(name: &str, value: impl Into<Value>) -> Result<String, ValueError> {
        check(field(name).unwrap(), &value.into(), &Context::on(today()))
    }

    fn judge_offered(
        name: &str,
        value: impl Into<Value>,
        choices: &[&str],
    ) -> Result<String, ValueError> {
        let choices: Vec<String> = choices.iter().copied().map(String::from).collect();
        check(
            field(name).unwrap(),
            &value.into(),
            &Context { choices: &choices, ..Context::on(today()) },
        )
    }

    fn refuses(name: &str, code: &str, values: &[&str]) {
        for value in values {
            assert_eq!(judge(name, *value).map_err(|e| e.code()), Err(code), "{name}: {value:?}");
        }
    }

    fn keeps(name: &str, values: &[&str]) {
        for value in values {
            assert_eq!(judge(name, *value).as_deref(), Ok(*value), "{name}");
        }
    }

    #[test]
    fn free_text_does_not_change() {
        keeps("family_name", &["Zürich", " two  blanks ", "a\tb", "李", "O'Neill", "<b>&amp;"]);
        keeps("address", &["1 Main St\nSpringfield\n"]);
        keeps("city", &["x".repeat(MAX_TEXT_BYTES).as_str()]);
        refuses(
            "city",
            "too_long",
            &["x".repeat(MAX_TEXT_BYTES + 1).as_str(), "é".repeat(2049).as_str()],
        );
        // Letters of Persian and Hindi are joined and kept apart by invisible characters.
        keeps("city", &["می\u{200c}خواهم", "क्\u{200d}ष", "\u{feff}Ada"]);
        for name in ["city", "family_name", "id_number", "address", "email_address", "birth_date"] {
            refuses(
                name,
                "empty",
                &[
                    "",
                    " ",
                    "\t\n",
                    "\u{a0}",
                    "\u{3000}",
                    "\u{200b}",
                    "\u{feff}",
                    "\u{2060} \u{ad}",
                    "\u{3164}",
                    "\u{2800}",
                    "\u{e0020}",
                    "\u{115f}\u{ffa0}",
                    "\u{202e}",
                    "\u{fe0f}",
                ],
            );
        }
        refuses(
            "address",
            "control_character",
            &["a\rb", "a\0b", "\u{1b}[31m", "\u{7f}", "a\u{85}b"],
        );
    }

    #[test]
    fn text_fields_accept_text_and_number_fields_accept_both() {
        assert_eq!(judge("postal_code", 1234), Err(ValueError::NotText));
        assert_eq!(judge("postal_code", Value::Other), Err(ValueError::NotText));
        assert_eq!(judge("birth_date", 20000101), Err(ValueError::NotText));
        assert_eq!(judge("occupation", 251).as_deref(), Ok("251"));
        assert_eq!(judge("occupation", Value::Other), Err(ValueError::NotAnInteger));
        assert_eq!(judge("photo_id_front", Value::Other), Err(ValueError::FileExpected));
    }

    #[test]
    fn phone_numbers_are_e164() {
        for name in [
            "mobile_number",
            "mobile_money_number",
            "bank_phone_number",
            "organization.phone",
            "organization.bank_phone_number",
        ] {
            keeps(name, &["+14155552671", "+12", "+123456789012345"]);
            refuses(
                name,
                "not_e164",
                &[
                    "14155552671",
                    "+1 415 555 2671",
                    "+0123",
                    "+1234567890123456",
                    "+1",
                    "+",
                    "00491711234567",
                    "+１２３",
                    " +14155552671",
                ],
            );
        }
    }

    #[test]
    fn another_format_of_the_mobile_number_is_free_text() {
        let context =
            |format| Context { mobile_number_format: Some(format), ..Context::on(today()) };
        let hash = Value::from("9f86d081");
        assert!(check(field("mobile_number").unwrap(), &hash, &context("hash")).is_ok());
        assert!(check(field("mobile_number").unwrap(), &hash, &context("E.164")).is_err());
        assert!(check(field("mobile_money_number").unwrap(), &hash, &context("hash")).is_err());
    }

    #[test]
    fn email_and_ip_addresses_are_checked() {
        keeps("email_address", &["a@b.example", "ana+kyc@mail.example.org", "é@exämple.org"]);
        refuses(
            "organization.email",
            "not_an_email",
            &[
                "a@",
                "@b.example",
                "a b@c.d",
                "a@b",
                "a@b@c.d",
                "a@.b",
                "a@b.",
                "a@b..c",
                "a\n@b.c",
                "a@\u{a0}b.c",
            ],
        );
        refuses("email_address", "not_an_email", &[&std::format!("{}@b.example", "a".repeat(245))]);
        keeps("ip_address", &["203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9"]);
        refuses(
            "ip_address",
            "not_an_ip_address",
            &[
                "host",
                "203.0.113.9:80",
                "[2001:db8::1]",
                "203.0.113",
                "203.0.113.09",
                "fe80::1%eth0",
            ],
        );
    }

    #[test]
    fn months_have_the_year_first() {
        keeps("card.expiration_date", &["29-11", "11-12", "00-01"]);
        refuses(
            "card.expiration_date",
            "not_a_year_month",
            &["29-13", "11-29", "29-00", "2029-11", "11/29", "29-1", "2-11", "29-011"],
        );
    }

    #[test]
    fn numbers_outside_the_protocol_have_their_own_lengths() {
        keeps("card.number", &["4242424242424242", "378282246310005", "6304000000000000000"]);
        refuses("card.number", "not_a_card_number", &["4242424242424241"]);
        refuses(
            "card.number",
            "not_digits",
            &["4242 4242 4242 4242", "42424242424", "42424242424242424242"],
        );
        keeps("card.cvc", &["123", "0123"]);
        refuses("card.cvc", "not_digits", &["12", "12345", "12a"]);
        keeps("clabe_number", &["032180000118359719"]);
        refuses(
            "organization.clabe_number",
            "not_digits",
            &["03218000011835971", "0321800001183597190"],
        );
        keeps("organization.cbu_number", &["2850590940090418135201"]);
        refuses("cbu_number", "not_digits", &["285059094009041813520"]);
        keeps("cbu_alias", &["tres.perros.azules"]);
    }

    #[test]
    fn subdivisions_name_their_country_in_two_letters() {
        keeps("card.state_or_province", &["US-CA", "GB-ENG", "FR-75"]);
        assert_eq!(judge("card.state_or_province", "us-ca").as_deref(), Ok("US-CA"));
        refuses(
            "card.state_or_province",
            "not_a_subdivision",
            &["California", "USA-CA", "UK-ENG", "US-", "US-CALI", "US-C A", "US"],
        );
    }

    #[test]
    fn numbers_lose_leading_zeros() {
        assert_eq!(judge("organization.number_of_shareholders", "007").as_deref(), Ok("7"));
        assert_eq!(judge("organization.number_of_shareholders", 0).as_deref(), Ok("0"));
        refuses(
            "organization.number_of_shareholders",
            "not_an_integer",
            &["1.5", "-1", "+1", "1e3", "x", "18446744073709551616", "٧"],
        );
        assert_eq!(judge("occupation", "11").as_deref(), Ok("011"));
        refuses(
            "occupation",
            "unknown_occupation",
            &["25", "2512", "doctor", "0", "0011", "999", "25é"],
        );
    }

    #[test]
    fn anchors_choices_override_the_format_and_are_compared_exactly() {
        let offered = ["Passport", "Driving Licence"];
        assert_eq!(judge_offered("id_type", "Passport", &offered).as_deref(), Ok("Passport"));
        let refusal = Err(ValueError::NotAChoice("Passport, Driving Licence".into()));
        assert_eq!(judge_offered("id_type", "passport", &offered), refusal);
        assert_eq!(judge_offered("sex", "X", &["X", "female", "male"]).as_deref(), Ok("X"));
        assert!(judge_offered("sex", "other", &["X", "female", "male"]).is_err());
        assert_eq!(judge_offered("id_type", "anything", &[]).as_deref(), Ok("anything"));
    }

    #[test]
    fn choices_match_the_canonical_form_of_a_code() {
        assert_eq!(
            judge_offered("address_country_code", "deu", &["DEU", "FRA"]).as_deref(),
            Ok("DEU")
        );
        assert_eq!(judge_offered("occupation", 11, &["011", "251"]).as_deref(), Ok("011"));
        assert!(judge_offered("address_country_code", "USA", &["DEU", "FRA"]).is_err());
        assert_eq!(judge_offered("family_name", 7, &["7"]), Err(ValueError::NotText));
    }

    proptest! {
        #[test]
        fn check_never_panics_and_is_idempotent(index in 0..FIELDS.len(), value in value(), format in proptest::option::of("E.164|hash")) {
            let field = &FIELDS[index];
            let context = Context { mobile_number_format: format.as_deref(), ..Context::on(today()) };
            if let Ok(proper) = check(field, &value, &context) {
                prop_assert_eq!(check(field, &Value::Text(proper.clone()), &context), Ok(proper));
            }
        }

        #[test]
        fn refusals_do_not_show_the_value(index in 0..FIELDS.len(), secret in "[#@%^&]{6,12}") {
            if let Err(error) = check(&FIELDS[index], &Value::Text(secret.clone()), &Context::on(today())) {
                prop_assert!(!error.to_string().contains(&secret));
            }
        }
    }

    /// Texts that are close to each format, and arbitrary texts.
    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            "\\PC{0,20}".prop_map(Value::Text),
            any::<String>().prop_map(Value::Text),
            "[0-9]{1,22}".prop_map(Value::Text),
            "[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,3})?".prop_map(Value::Text),
            "[12][90][0-9]{2}-[01][0-9]-[0-3][0-9]".prop_map(Value::Text),
            "\\+?[0-9]{1,16}".prop_map(Value::Text),
            any::<u64>().prop_map(Value::Number),
            (0_u64..1000).prop_map(Value::Number),
            Just(Value::Other),
        ]
    }

    #[test]
    fn check_file_uses_the_content() {
        let photo = field("photo_id_front").unwrap();
        assert_eq!(check_file(photo, PNG), Ok(MediaType::Png));
        assert_eq!(
            check_file(photo, b"just text"),
            Err(ValueError::WrongFile(&[MediaType::Jpeg, MediaType::Png]))
        );
        assert_eq!(check_file(photo, b""), Err(ValueError::WrongFile(photo.media)));
        assert_eq!(check_file(field("family_name").unwrap(), PNG), Err(ValueError::NotAFileField));
    }

    #[test]
    fn document_fields_accept_pdf_and_only_liveness_accepts_video() {
        let taking = |bytes| -> Vec<&str> {
            FIELDS.iter().filter(|f| check_file(f, bytes).is_ok()).map(|f| f.name).collect()
        };
        let binary: Vec<&str> = FIELDS.iter().filter(|f| f.is_binary()).map(|f| f.name).collect();
        assert_eq!(taking(PNG), binary);
        assert_eq!(taking(JPEG), binary);
        let documents = vec![
            "notary_approval_of_photo_id",
            "photo_proof_residence",
            "proof_of_income",
            "organization.photo_incorporation_doc",
            "organization.photo_proof_address",
        ];
        assert_eq!(taking(PDF), documents);
        for video in [MP4, MOV, WEBM] {
            assert_eq!(taking(video), ["proof_of_liveness"]);
        }
    }
}
