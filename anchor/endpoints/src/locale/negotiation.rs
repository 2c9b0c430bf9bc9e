//! Chooses the language of an answer.

use windlass_core::language::Language;

/// The language to answer in: `lang` if the API has it, else the best of `Accept-Language`, else
/// `default`.
///
/// Regions are ignored: `pt-BR` counts as `pt` (W-15).
pub(super) fn choose<'a>(
    lang: Option<Language>,
    accepted: impl IntoIterator<Item = &'a str>,
    offered: &[Language],
    default: Language,
) -> Language {
    if let Some(lang) = lang.filter(|lang| offered.contains(lang)) {
        return lang;
    }
    let mut best = None;
    for (language, weight) in
        accepted.into_iter().flat_map(|value| value.split(',')).filter_map(range)
    {
        let language = language.unwrap_or(default);
        // Of languages with the same weight the first wins.
        if offered.contains(&language) && best.is_none_or(|(_, most)| weight > most) {
            best = Some((language, weight));
        }
    }
    best.map_or(default, |(language, _)| language)
}

/// One range of an `Accept-Language` header (RFC 9110) with its weight in thousandths. The language
/// of `*` is `None`.
///
/// `None` for a malformed range and for weight 0.
fn range(text: &str) -> Option<(Option<Language>, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next()?;
    let mut weight = 1000;
    for parameter in parts {
        weight = thousandths(parameter.strip_prefix("q=").or(parameter.strip_prefix("Q="))?)?;
    }
    let language = match tag {
        "*" => None,
        _ => Some(Language::parse(tag.split('-').next()?)?),
    };
    (weight > 0).then_some((language, weight))
}

/// Parses a weight such as `1`, `0.5` or `0.333` into thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !matches!(whole, "0" | "1")
        || fraction.len() > 3
        || !fraction.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    format!("{whole}{fraction:0<3}").parse().ok().filter(|weight| *weight <= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::LANGUAGES;

    fn accept(header: &str) -> &'static str {
        let chosen = choose(None, [header], LANGUAGES, Language::EN);
        LANGUAGES.iter().find(|language| **language == chosen).unwrap().as_str()
    }

    // W-15
    #[test]
    fn accept_language_is_sorted_by_weight_then_order_and_ignores_regions() {
        for (header, language) in [
            ("pt-BR", "pt"),
            ("ES-419, en", "es"),
            ("de-CH, de;q=0.9, fr;q=0.8, en;q=0.7", "fr"),
            ("en;q=0.5, ar;q=0.9", "ar"),
            ("fr;q=0.5,es;q=0.5", "fr"),
            ("fr;q=0, es;q=0.001", "es"),
            ("de", "en"),
            ("*", "en"),
            ("*;q=0.1, pt;q=0.2", "pt"),
            ("", "en"),
        ] {
            assert_eq!(accept(header), language, "{header}");
        }
    }

    #[test]
    fn malformed_ranges_are_ignored() {
        for header in [
            "es;q=2",
            "es;q=0.1234",
            "es;q=x",
            "es;level=1",
            ";q=1",
            "e",
            "español",
            "es;q=",
            "-",
            ",,,",
        ] {
            assert_eq!(accept(header), "en", "{header}");
        }
        assert_eq!(accept("es;q=x, fr;q=0.1"), "fr");
    }

    #[test]
    fn lang_overrides_accept_language_which_overrides_the_default() {
        let choose = |lang: &str, header, default| {
            choose(Language::parse(lang), [header], LANGUAGES, default)
        };
        assert_eq!(choose("FR", "es", Language::PT), Language::FR);
        assert_eq!(choose("xx", "es", Language::PT), Language::ES);
        assert_eq!(choose("xx", "de", Language::PT), Language::PT);
        assert_eq!(choose("", "", Language::PT), Language::PT);
    }

    #[test]
    fn only_offered_languages_are_chosen() {
        let german = Language::parse("de");
        let offered = [Language::EN, german.unwrap()];
        assert_eq!(choose(german, [], &offered, Language::EN), german.unwrap());
        assert_eq!(choose(Some(Language::ES), ["fr, de"], &offered, Language::EN), german.unwrap());
    }
}
