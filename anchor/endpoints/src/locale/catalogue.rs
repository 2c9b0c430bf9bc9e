//! The texts, parsed once from the Fluent files.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;
use windlass_core::{language::Language, sep9::Field};

const FILES: [(Language, &str); 5] = [
    (Language::EN, include_str!("../../locales/en.ftl")),
    (Language::ES, include_str!("../../locales/es.ftl")),
    (Language::PT, include_str!("../../locales/pt.ftl")),
    (Language::FR, include_str!("../../locales/fr.ftl")),
    (Language::AR, include_str!("../../locales/ar.ftl")),
];

static BUNDLES: LazyLock<Vec<(Language, FluentBundle<FluentResource>)>> = LazyLock::new(|| {
    FILES.iter().map(|(language, text)| (*language, bundle(*language, text))).collect()
});

/// The message with this id in `language`, or else in English. Returns the id itself if no language
/// has it.
pub(super) fn message(language: Language, id: &str, values: &FluentArgs<'_>) -> String {
    find(language, id, values)
        .or_else(|| find(Language::EN, id, values))
        .unwrap_or_else(|| id.to_owned())
}

/// The description of a SEP-9 field, which tells the user what to enter.
pub fn description(language: Language, field: &Field) -> String {
    let key = format!("field-{}", key(field));
    find(language, &key, &FluentArgs::new()).unwrap_or_else(|| field.description.to_owned())
}

/// The translated name of one of a field's choices. `None` in English and for choices without a
/// translation, which are shown as they are.
pub fn choice(language: Language, field: &Field, value: &str) -> Option<String> {
    let known = field.choices.contains(&value) && language != Language::EN;
    let key = known.then(|| format!("choice-{}-{value}", key(field)))?;
    find(language, &key, &FluentArgs::new())
}

/// The value among `offered` that `text` names in any language; `None` if `text` is itself an
/// offered value.
pub fn value_called<'a>(field: &Field, offered: &'a [String], text: &str) -> Option<&'a String> {
    let called = |value: &&String| {
        super::LANGUAGES
            .iter()
            .any(|language| choice(*language, field, value).is_some_and(|name| name == text))
    };
    if offered.iter().any(|value| value == text) { None } else { offered.iter().find(called) }
}

fn find(language: Language, id: &str, values: &FluentArgs<'_>) -> Option<String> {
    let (_, bundle) = BUNDLES.iter().find(|(spoken, _)| *spoken == language)?;
    let pattern = bundle.get_message(id)?.value()?;
    Some(bundle.format_pattern(pattern, Some(values), &mut Vec::new()).into_owned())
}

/// The name of a field in message ids. Account fields of organizations share the descriptions of a
/// person's.
fn key(field: &Field) -> String {
    let name = field.canonical;
    let account = name
        .strip_prefix("organization.")
        .filter(|_| field.group == windlass_core::sep9::Group::OrganizationFinancialAccount);
    account.unwrap_or(name).replace('.', "-")
}

fn bundle(language: Language, text: &str) -> FluentBundle<FluentResource> {
    // A test ensures that the files have no errors; at run time the valid part of a file is used.
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let identifier: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Unicode isolation marks keep the order of values inside right-to-left text. Other languages
    // do not need them.
    bundle.set_use_isolating(language == Language::AR);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
pub(super) fn files() -> impl Iterator<Item = (Language, FluentResource)> {
    FILES.iter().map(|(language, text)| {
        (*language, FluentResource::try_new((*text).to_owned()).expect("a Fluent file"))
    })
}

#[cfg(test)]
pub(super) fn field_key(field: &Field) -> String {
    format!("field-{}", key(field))
}

#[cfg(test)]
pub(super) fn choice_key(field: &Field, value: &str) -> String {
    format!("choice-{}-{value}", key(field))
}
