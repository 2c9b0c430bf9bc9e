//! The texts of the entry `windlass/forms`, one script for each language: what the anchor says about
//! fields, values and choices, and what only a form says, from `sdk/wasm/locales/forms.toml`.

use std::{collections::BTreeMap, io};

use serde::Deserialize;
use windlass_core::{
    language::Language,
    sep9::{FIELDS, Field, FieldError, Group, MAX_TEXT_BYTES, MediaType, ValueError},
};
use windlass_endpoints::locale::{LANGUAGES, LocalizedText, MessageId, choice, description};

/// A text by language.
type Texts = BTreeMap<String, String>;

/// What only a form says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    labels: BTreeMap<String, Texts>,
    hints: BTreeMap<String, Texts>,
    choices: BTreeMap<String, Texts>,
    problems: BTreeMap<String, Texts>,
    errors: BTreeMap<String, Texts>,
    words: BTreeMap<String, Texts>,
}

/// The script of a language.
///
/// # Errors
///
/// There is no such language, or a text is missing in it.
pub fn script(language: &str) -> io::Result<String> {
    let toml = include_str!("../../sdk/wasm/locales/forms.toml");
    let catalogue: Catalogue = toml::from_str(toml).map_err(io::Error::other)?;
    let language = LANGUAGES.iter().copied().find(|known| known.as_str() == language);
    let language = language.ok_or_else(|| io::Error::other("no such language"))?;
    let fields: BTreeMap<_, _> = FIELDS.iter().map(|field| (key(field), field)).collect();

    let mut labels = BTreeMap::new();
    let (mut hints, mut told) = (BTreeMap::new(), BTreeMap::new());
    let mut choices = BTreeMap::new();
    for (key, field) in fields {
        let label = match language {
            Language::EN => field.label.to_owned(),
            _ => text(&catalogue.labels, &key, language)?,
        };
        labels.insert(key.clone(), label);
        let said = description(language, field);
        if catalogue.hints.contains_key(&key) {
            hints.insert(key.clone(), text(&catalogue.hints, &key, language)?);
            told.insert(key.clone(), said);
        } else {
            hints.insert(key.clone(), said);
        }
        for value in field.choices {
            let name = format!("{key}-{value}");
            let text = match choice(language, field, value) {
                Some(text) => text,
                None => text(&catalogue.choices, &name, language)?,
            };
            choices.insert(name, text);
        }
    }
    let mut problems = problems(language);
    problems.extend(all(&catalogue.problems, language)?);
    for text in problems.values_mut() {
        *text = text.replace("{example}", "1.5");
    }
    let mut errors = errors(language);
    errors.extend(all(&catalogue.errors, language)?);

    let direction = if language == Language::AR { "rtl" } else { "ltr" };
    let mut script = format!(
        "// Derived from the anchor's texts and locales/forms.toml by `cargo xtask generate`: do not \
         edit.\n\nexport const {0} = {{\n    lang: \"{0}\",\n    dir: \"{direction}\",\n",
        language.as_str()
    );
    for (name, texts) in [
        ("labels", labels),
        ("hints", hints),
        ("told", told),
        ("choices", choices),
        ("problems", problems),
        ("errors", errors),
        ("words", all(&catalogue.words, language)?),
    ] {
        script += &format!("    {name}: {{\n");
        for (key, text) in texts {
            script += &format!("        {}: {},\n", quoted(&key)?, quoted(&text)?);
        }
        script += "    },\n";
    }
    Ok(script + "};\n")
}

/// The script with the limit that a form and the core share.
#[must_use]
pub fn limits() -> String {
    format!(
        "// Derived from the Rust core by `cargo xtask generate`: do not edit.\n\nexport const \
         MAX_TEXT_BYTES = {MAX_TEXT_BYTES};\n"
    )
}

/// The name of a field among the texts: accounts of organizations have those of a person's account.
fn key(field: &Field) -> String {
    let account = field.group == Group::OrganizationFinancialAccount;
    let name = field.canonical.strip_prefix("organization.").filter(|_| account);
    name.unwrap_or(field.canonical).to_owned()
}

/// What the anchor says about wrong values, by the code of the problem, with `{field}` and the
/// like in place of what varies.
fn problems(language: Language) -> BTreeMap<String, String> {
    let errors = [
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
        ValueError::NotDigits { min: 101, max: 101 },
        ValueError::NotACardNumber,
        ValueError::NotAChoice("{choices}".to_owned()),
        ValueError::FileExpected,
        ValueError::NotAFileField,
        ValueError::WrongFile(&[MediaType::Jpeg]),
        ValueError::Conflict { with: "{other}" },
    ];
    let said = |error| {
        let text = LocalizedText::from(&FieldError { field: "{field}".to_owned(), error });
        text.in_language(language)
            .replace("101", "{min}")
            .replace("102", "{max}")
            .replace("image/jpeg", "{types}")
    };
    let range = ValueError::NotDigits { min: 101, max: 102 };
    errors
        .into_iter()
        .map(|error| (error.code().to_owned(), said(error)))
        .chain([("not_digits_range".to_owned(), said(range))])
        .collect()
}

/// What the anchor says in its refusals, by their code, where that is for customers.
fn errors(language: Language) -> BTreeMap<String, String> {
    let text = LocalizedText::from(MessageId::StatusRejected).in_language(language);
    [("customer_rejected".to_owned(), text)].into()
}

fn all(table: &BTreeMap<String, Texts>, language: Language) -> io::Result<Texts> {
    table.keys().map(|key| Ok((key.clone(), text(table, key, language)?))).collect()
}

/// A text in a language. In Arabic, isolation marks keep the order of what is filled in.
fn text(table: &BTreeMap<String, Texts>, key: &str, language: Language) -> io::Result<String> {
    let text = table.get(key).and_then(|texts| texts.get(language.as_str()));
    let missing = || io::Error::other(format!("forms.toml: no {key} in {}", language.as_str()));
    let text = text.ok_or_else(missing)?;
    Ok(match language {
        Language::AR => text.replace('{', "\u{2068}{").replace('}', "}\u{2069}"),
        _ => text.clone(),
    })
}

fn quoted(text: &str) -> io::Result<String> {
    Ok(serde_json::to_string(text)?)
}
