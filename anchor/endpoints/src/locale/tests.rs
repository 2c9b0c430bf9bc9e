//! Compares the Fluent files with each other and with the program: no message may be missing,
//! unused or different (W-33).

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource};
use windlass_core::{
    account::{AccountError, Kind, StrkeyError},
    language::Language,
    memo::MemoError,
    sep9::{FIELDS, FieldError, MediaType, ValueError},
    sep12::IdentityError,
};

use super::{
    LANGUAGES, LocalizedText, MessageId,
    catalogue::{choice, choice_key, description, field_key, files, message, value_called},
};
use crate::{body::BodyError, sessions::TokenError};

/// Each message with the names of its variables.
fn messages(resource: &FluentResource) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut last = None;
    for line in resource.source().lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            let fresh = messages.insert(id.to_owned(), BTreeSet::new());
            assert!(fresh.is_none(), "{id} occurs twice");
            last = Some(id.to_owned());
        }
        for value in line.split("{ $").skip(1) {
            let name = value.split(' ').next().unwrap_or_default().to_owned();
            messages.get_mut(last.as_ref().unwrap()).unwrap().insert(name);
        }
    }
    assert_eq!(messages.len(), resource.entries().filter(is_message).count());
    messages
}

fn is_message(entry: &impl std::fmt::Debug) -> bool {
    format!("{entry:?}").starts_with("Message")
}

// W-33
#[test]
fn every_language_has_every_message_with_the_same_values() {
    let all: BTreeMap<_, _> = files()
        .map(|(language, resource)| (language.as_str().to_owned(), messages(&resource)))
        .collect();
    assert_eq!(all.len(), LANGUAGES.len());
    for (language, messages) in &all {
        assert_eq!(messages, &all["en"], "{language}");
    }
}

#[test]
fn program_and_english_file_have_the_same_messages() {
    let sayings = MessageId::ALL.iter().map(|saying| saying.id().to_owned());
    let fields = FIELDS.iter().map(field_key);
    let choices =
        FIELDS.iter().flat_map(|field| field.choices.iter().map(|value| choice_key(field, value)));
    let used: BTreeSet<_> = sayings.chain(fields).chain(choices).collect();
    let (_, english) = files().next().unwrap();
    assert_eq!(messages(&english).into_keys().collect::<BTreeSet<_>>(), used);
}

#[test]
fn every_field_is_described_in_every_language() {
    for field in &FIELDS {
        assert_eq!(description(Language::EN, field), field.description, "{}", field.name);
        let texts: BTreeSet<_> =
            LANGUAGES.iter().map(|language| description(*language, field)).collect();
        assert_eq!(texts.len(), LANGUAGES.len(), "{}: {texts:?}", field.name);
    }
    let klingon = Language::parse("xx").unwrap();
    assert_eq!(description(klingon, &FIELDS[0]), FIELDS[0].description);
}

// S12-36
#[test]
fn names_of_choices_lead_back_to_their_values() {
    for field in FIELDS.iter().filter(|field| !field.choices.is_empty()) {
        let offered: Vec<String> = field.choices.iter().copied().map(str::to_owned).collect();
        let mut names = BTreeSet::new();
        for value in &offered {
            assert_eq!(choice(Language::EN, field, value), None, "its own name in English");
            assert_eq!(value_called(field, &offered, value), None);
            for language in LANGUAGES.iter().filter(|language| **language != Language::EN) {
                let name = choice(*language, field, value).unwrap();
                assert_eq!(value_called(field, &offered, &name), Some(value), "{name}");
                names.insert(name);
            }
        }
        assert!(names.iter().all(|name| value_called(field, &[], name).is_none()), "not offered");
    }
}

/// A localized text for each kind of error, with the English text that the error itself displays.
fn refusals() -> Vec<(LocalizedText, String)> {
    let values = [
        ValueError::UnknownField,
        ValueError::NotText,
        ValueError::Empty,
        ValueError::TooLong,
        ValueError::ControlCharacter,
        ValueError::NotAnInteger,
        ValueError::NotADate,
        ValueError::InTheFuture,
        ValueError::ExpiresBeforeIssue,
        ValueError::NotAYearMonth,
        ValueError::UnknownCountry,
        ValueError::UnknownCountryAlpha2,
        ValueError::NotASubdivision,
        ValueError::UnknownLanguage,
        ValueError::NotE164,
        ValueError::NotAnEmail,
        ValueError::UnknownOccupation,
        ValueError::NotAnIpAddress,
        ValueError::NotDigits { min: 3, max: 4 },
        ValueError::NotDigits { min: 18, max: 18 },
        ValueError::NotACardNumber,
        ValueError::NotAChoice("passport, id_card".to_owned()),
        ValueError::FileExpected,
        ValueError::NotAFileField,
        ValueError::Conflict { with: "family_name" },
    ];
    let values =
        values.into_iter().map(|error| FieldError { field: "birth_date".to_owned(), error });
    let bodies = [
        BodyError::UnsupportedMediaType,
        BodyError::MultipartExpected,
        BodyError::Malformed("body is not a JSON object"),
        BodyError::Repeated("memo".to_owned()),
        BodyError::Repeated("ada@mail.example".to_owned()),
        BodyError::Missing("id".to_owned()),
        BodyError::NotText("memo".to_owned()),
        BodyError::Unexpected("photo_id_front".to_owned()),
        BodyError::NotAFileField("city".to_owned()),
        BodyError::TooLarge,
        BodyError::TooSlow,
        BodyError::PartTooLarge { name: "photo_id_front".to_owned(), limit: 1000 },
        BodyError::TooManyParts(200),
    ];
    let identities = [
        IdentityError::Account(AccountError::Address(StrkeyError::Malformed)),
        IdentityError::Account(AccountError::Address(StrkeyError::WrongKind {
            expected: Kind::Account,
            found: Kind::Contract,
        })),
        IdentityError::Account(AccountError::MuxedWithMemo),
        IdentityError::Memo(MemoError::NotAnId),
        IdentityError::Memo(MemoError::TextTooLong(29)),
        IdentityError::Memo(MemoError::NotAHash),
        IdentityError::Memo(MemoError::UnknownType),
        IdentityError::OtherAccount,
        IdentityError::OtherMemo,
    ];
    let tokens = [TokenError::Missing, TokenError::Invalid, TokenError::Expired];
    let values = values.map(|error| (LocalizedText::from(&error), error.to_string()));
    let bodies = bodies.iter().map(|error| (LocalizedText::from(error), error.to_string()));
    let identities = identities.iter().map(|error| (LocalizedText::from(error), error.to_string()));
    let tokens = tokens.into_iter().map(|error| (LocalizedText::from(error), error.to_string()));
    values.chain(bodies).chain(identities).chain(tokens).collect()
}

#[test]
fn english_refusals_equal_the_errors_display() {
    for (phrase, text) in refusals() {
        assert_eq!(phrase.to_string(), text);
    }
    let photo = FieldError {
        field: "photo_id_front".to_owned(),
        error: ValueError::WrongFile(&[MediaType::Jpeg, MediaType::Png]),
    };
    assert_eq!(
        LocalizedText::from(&photo).to_string(),
        "photo_id_front must be a file of one of these types: image/jpeg, image/png"
    );
}

#[test]
fn refusals_exist_in_every_language_without_unfilled_variables() {
    for (phrase, english) in refusals() {
        for language in LANGUAGES {
            let text = phrase.in_language(*language);
            assert!(!text.contains(['{', '}', '$']), "{text}");
            // Errors about the kind of an address are for wallet developers, and exist in English
            // only.
            if *language != Language::EN && !english.contains("expected") {
                assert_ne!(text, english, "{}", language.as_str());
            }
        }
    }
}

/// Isolation marks keep the order of codes and names in Arabic; other languages have none.
#[test]
fn only_arabic_has_isolation_marks_around_values() {
    const OPEN: [char; 2] = ['\u{2068}', '\u{2066}'];
    let code = LocalizedText::from(MessageId::CodeText).with("code", "123456").with("minutes", 10);
    assert!(code.in_language(Language::AR).contains("\u{2068}123456\u{2069}"));
    for (phrase, _) in refusals().into_iter().chain([(code, String::new())]) {
        for language in LANGUAGES.iter().filter(|language| **language != Language::AR) {
            let text = phrase.in_language(*language);
            assert!(!text.contains(OPEN) && !text.contains('\u{2069}'), "{text:?}");
        }
        assert!(numbers_are_isolated(&phrase.in_language(Language::AR)), "{phrase}");
    }
    for field in &FIELDS {
        let text = description(Language::AR, field);
        assert!(numbers_are_isolated(&text), "{text}");
    }
    assert!(!numbers_are_isolated("مثل 1990-04-21") && !numbers_are_isolated("مثل +1415"));
    assert!(numbers_are_isolated("مثل \u{2068}1990-04-21\u{2069}، من 18 رقمًا وفق ISO 3166-1"));
}

/// Whether no signed number follows an Arabic letter without an isolation mark; its parts would
/// change places.
fn numbers_are_isolated(text: &str) -> bool {
    let (mut depth, mut arabic) = (0, false);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth -= 1,
            '\u{600}'..='\u{6ff}' => arabic = true,
            'a'..='z' | 'A'..='Z' => arabic = false,
            _ => {}
        }
        let bare = depth == 0 && arabic;
        if bare && (c.is_ascii_digit() && "+-/".contains(before)) {
            return false;
        }
        before = c;
    }
    depth == 0
}

// P-40
#[test]
fn fixed_text_of_a_hook_is_the_same_in_every_language() {
    let phrase = LocalizedText::from("Zu jung { für } ein $Konto \u{5e9}");
    for language in LANGUAGES {
        assert_eq!(phrase.in_language(*language), "Zu jung { für } ein $Konto \u{5e9}");
    }
}

#[test]
fn unsupported_language_falls_back_to_english_and_unknown_message_to_its_id() {
    let german = Language::parse("de").unwrap();
    let phrase = LocalizedText::from(MessageId::CodeWrong);
    assert_eq!(phrase.in_language(german), phrase.to_string());
    assert_eq!(
        (phrase.language(german), phrase.language(Language::AR)),
        (Language::EN, Language::AR)
    );
    assert_eq!(message(Language::ES, "no-such", &FluentArgs::new()), "no-such");
}

#[test]
fn list_of_refusals_is_joined_into_one_text() {
    let all = LocalizedText::list([MessageId::TokenInvalid.into(), MessageId::BodyTooLarge.into()]);
    assert_eq!(
        all.to_string(),
        "the token is not valid here: sign in again; the request is too large"
    );
    assert!(all.in_language(Language::AR).contains("؛ "));
}
