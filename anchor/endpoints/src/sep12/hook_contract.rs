//! Checks the result of a hook before it is sent: a result that violates SEP-12 becomes a 500
//! (P-09).

use axum::Json;
use thiserror::Error;
use windlass_core::{
    sep9::{self, Kind, Name},
    sep12::{Customer, Field, FieldStatus, File, Files, GetFiles, Status},
};

use crate::{Error as ApiError, hooks::Upload};

/// Checks a customer. `asked` is the id in the request.
pub(super) fn customer(
    asked: Option<&str>,
    customer: Customer,
) -> Result<Json<Customer>, ApiError> {
    let other =
        matches!((asked, &customer.id), (Some(asked), found) if found.as_deref() != Some(asked));
    check(broken(&customer).or_else(|| other.then_some("another customer than requested")))?;
    Ok(Json(customer))
}

/// Checks the id of a customer. Wallets could not use a malformed id in later requests (S12-70,
/// S12-71).
pub(super) fn id(asked: Option<&str>, id: String) -> Result<String, ApiError> {
    let other = asked.is_some_and(|asked| asked != id);
    check(bad_id(&id).or_else(|| other.then_some("another id than that of the request")))?;
    Ok(id)
}

/// Checks the description of an upload (S12-111).
pub(super) fn file(upload: &Upload, file: File) -> Result<Json<File>, ApiError> {
    let other = file.size != upload.size() || file.content_type != upload.media().as_str();
    check(bad_file(&file).or_else(|| other.then_some("a file that is not the one uploaded")))?;
    Ok(Json(file))
}

/// Checks a list of files (S12-116).
pub(super) fn files(asked: &GetFiles, files: Files) -> Result<Json<Files>, ApiError> {
    let is_asked_for = |file: &File| {
        asked.file_id.as_ref().is_none_or(|id| file.file_id == *id)
            && asked.customer_id.as_ref().is_none_or(|id| file.customer_id.as_ref() == Some(id))
    };
    let rule = files.files.iter().find_map(|file| {
        bad_file(file).or_else(|| (!is_asked_for(file)).then_some("a file that was not requested"))
    });
    let several = asked.file_id.is_some() && files.files.len() > 1;
    check(rule.or_else(|| several.then_some("several files with one id")))?;
    Ok(Json(files))
}

/// The result of the hook violates SEP-12.
#[derive(Debug, Error)]
#[error("the Customers hook violates SEP-12: {0}")]
struct ContractViolation(&'static str);

fn check(rule: Option<&'static str>) -> Result<(), ApiError> {
    rule.map_or(Ok(()), |rule| Err(ApiError::internal(ContractViolation(rule))))
}

/// The first rule that a customer violates (S12-50 to S12-63).
fn broken(customer: &Customer) -> Option<&'static str> {
    let wanted = || customer.fields.iter().flatten();
    let provided = || customer.provided_fields.iter().flatten();
    let accepted = customer.status == Status::Accepted;
    let message = customer.message.as_deref().is_some_and(|message| !message.trim().is_empty());
    match customer.status {
        Status::Other(_) => return Some("a status that SEP-12 does not define"),
        Status::NeedsInfo if customer.fields.is_none() => return Some("NEEDS_INFO without fields"),
        Status::Rejected if !message => return Some("REJECTED without a message"),
        _ => {}
    }
    if let Some(rule) = customer.id.as_deref().and_then(bad_id) {
        return Some(rule);
    }
    if customer.id.is_none() && provided().next().is_some() {
        return Some("provided fields without an id");
    }
    if accepted && wanted().any(|(_, field)| !field.optional) {
        return Some("ACCEPTED while a required field is missing");
    }
    for (name, provided) in provided() {
        let open = match provided.status {
            Some(FieldStatus::Other(_)) => {
                return Some("a field status that SEP-12 does not define");
            }
            Some(FieldStatus::Rejected | FieldStatus::VerificationRequired) => true,
            Some(FieldStatus::Accepted | FieldStatus::Processing) | None => false,
        };
        if accepted && open && !provided.field.optional {
            return Some("ACCEPTED with a required field that is rejected or waits for its code");
        }
        let canonical = |name: &str| sep9::field(name).map(|field| field.canonical);
        let same = |other: &String| {
            other == name || canonical(other).is_some_and(|other| canonical(name) == Some(other))
        };
        if wanted().any(|(other, _)| same(other)) {
            return Some("a field in both fields and provided_fields");
        }
    }
    let provided = provided().map(|(name, provided)| (name, &provided.field));
    wanted().chain(provided).find_map(|(name, field)| bad_field(name, field))
}

/// The error in the description of a field (S12-55 to S12-57).
fn bad_field(name: &str, field: &Field) -> Option<&'static str> {
    let rule = match Name::parse(name) {
        Name::Verification(_) | Name::FileId(_) => Some("a derived name in place of a field"),
        Name::Field(known) => field
            .kind
            .is_some_and(|kind| (kind == Kind::Binary) != known.is_binary())
            .then_some("a SEP-9 field with the wrong type"),
        Name::Unknown if name.is_empty() => Some("a field without a name"),
        Name::Unknown => (field.kind.is_none() || field.description.is_none())
            .then_some("a field outside SEP-9 without a type or a description"),
    };
    let choices = field.choices.as_ref();
    let unusable = choices.is_some_and(|all| all.is_empty() || all.iter().any(String::is_empty));
    rule.or_else(|| unusable.then_some("choices that are empty"))
}

fn bad_id(id: &str) -> Option<&'static str> {
    (id.is_empty() || id.chars().any(char::is_control))
        .then_some("an id that is empty or unprintable")
}

fn bad_file(file: &File) -> Option<&'static str> {
    if !file.content_type.contains('/') {
        return Some("a file without a media type");
    }
    if file.expires_at.as_deref().is_some_and(|time| !is_utc(time)) {
        return Some("an expiry that is not a UTC time such as 2026-01-02T03:04:05Z");
    }
    bad_id(&file.file_id).or_else(|| file.customer_id.as_deref().and_then(bad_id))
}

/// Whether the text has the form `2026-01-02T03:04:05Z`, with or without a fraction.
fn is_utc(time: &str) -> bool {
    let Some((date, clock)) = time.strip_suffix('Z').and_then(|time| time.split_once('T')) else {
        return false;
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<_> = clock.split(':').collect();
    date.parse::<windlass_core::time::Date>().is_ok()
        && numbers.len() == 3
        && numbers.iter().all(|number| number.len() == 2 && digits(number))
        && digits(fraction)
}

#[cfg(test)]
mod tests {
    use assign::assign;

    use super::*;

    fn rule(json: &str) -> Option<&'static str> {
        broken(&serde_json::from_str(json).unwrap())
    }

    // P-09, S12-50 to S12-63
    #[test]
    fn customers_that_violate_sep12_are_found() {
        for json in [
            r#"{"status":"ON_HOLD"}"#,
            r#"{"status":"NEEDS_INFO"}"#,
            r#"{"status":"REJECTED"}"#,
            r#"{"status":"REJECTED","message":" "}"#,
            r#"{"status":"ACCEPTED","fields":{"city":{}}}"#,
            r#"{"id":"1","status":"ACCEPTED","provided_fields":{"city":{"status":"GOOD"}}}"#,
            r#"{"id":"1","status":"ACCEPTED","provided_fields":{"city":{"status":"REJECTED"}}}"#,
            r#"{"id":"1","status":"ACCEPTED","provided_fields":{"city":{"status":"VERIFICATION_REQUIRED"}}}"#,
            r#"{"status":"ACCEPTED","provided_fields":{"city":{}}}"#,
            r#"{"id":"","status":"ACCEPTED"}"#,
            r#"{"id":"a\nb","status":"ACCEPTED"}"#,
            r#"{"id":"1","status":"NEEDS_INFO","fields":{"city":{}},"provided_fields":{"city":{}}}"#,
            r#"{"id":"1","status":"NEEDS_INFO","fields":{"given_name":{}},"provided_fields":{"first_name":{}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"":{"type":"string","description":"x"}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"mobile_number_verification":{}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"photo_id_front_file_id":{}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"photo_id_front":{"type":"string"}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"city":{"type":"binary"}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"eye":{"type":"iris","description":"x"}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"shoe_size":{"type":"number"}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"id_type":{"choices":[]}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"id_type":{"choices":["passport",""]}}}"#,
        ] {
            assert!(rule(json).is_some(), "{json}");
        }
        for json in [
            r#"{"status":"NEEDS_INFO","fields":{}}"#,
            r#"{"id":"1","status":"REJECTED","message":"no"}"#,
            r#"{"id":"1","status":"ACCEPTED","fields":{"city":{"optional":true}}}"#,
            r#"{"id":"1","status":"ACCEPTED","provided_fields":{"city":{"optional":true,"status":"REJECTED"}}}"#,
            r#"{"id":"1","status":"PROCESSING","provided_fields":{"city":{"status":"PROCESSING"},"address":{}}}"#,
            r#"{"status":"NEEDS_INFO","fields":{"shoe_size":{"type":"number","description":"x"}}}"#,
        ] {
            assert_eq!(rule(json), None, "{json}");
        }
    }

    // P-17
    #[test]
    fn hook_must_return_the_requested_id() {
        assert!(id(None, "1".to_owned()).is_ok() && id(Some("1"), "1".to_owned()).is_ok());
        assert!(id(Some("1"), "2".to_owned()).is_err() && id(None, String::new()).is_err());
        let found = |id| serde_json::from_str(id).unwrap();
        assert!(customer(Some("1"), found(r#"{"id":"1","status":"ACCEPTED"}"#)).is_ok());
        assert!(customer(Some("1"), found(r#"{"id":"2","status":"ACCEPTED"}"#)).is_err());
        assert!(customer(Some("1"), found(r#"{"status":"ACCEPTED"}"#)).is_err());
    }

    // S12-111, S12-116
    #[test]
    fn hook_must_return_only_requested_files() {
        let of = |file_id: Option<&str>, customer_id: Option<&str>, json: &str| {
            let asked = assign!(GetFiles::default(), {
                file_id: file_id.map(str::to_owned),
                customer_id: customer_id.map(str::to_owned),
            });
            files(&asked, serde_json::from_str(&format!(r#"{{"files":[{json}]}}"#)).unwrap())
                .is_ok()
        };
        let good = r#"{"file_id":"1","content_type":"image/png","size":3,"customer_id":"7"}"#;
        assert!(of(Some("1"), None, good) && of(None, Some("7"), good) && of(Some("1"), None, ""));
        assert!(!of(Some("2"), None, good) && !of(None, Some("8"), good));
        assert!(!of(Some("1"), None, &format!("{good},{good}")));
        for (member, value) in [
            ("file_id", "\"\""),
            ("content_type", "\"png\""),
            ("expires_at", "\"tomorrow\""),
            ("expires_at", "\"2026-13-02T03:04:05Z\""),
            ("expires_at", "\"2026-01-02 03:04:05\""),
            ("expires_at", "\"2026-01-02T03:04Z\""),
        ] {
            let mut json: serde_json::Value = serde_json::from_str(good).unwrap();
            json[member] = serde_json::from_str(value).unwrap();
            let id = if member == "file_id" { "" } else { "1" };
            assert!(!of(Some(id), None, &json.to_string()), "{json}");
        }
        assert!(is_utc("2026-01-02T03:04:05Z") && is_utc("2026-01-02T03:04:05.678Z"));
    }
}
