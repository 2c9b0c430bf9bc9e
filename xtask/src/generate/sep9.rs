//! The entry `windlass/sep9`: the catalogue of SEP-9 as constants, so that a form needs no wasm and a bundler takes only what is used.

use std::{fmt::Write as _, fs};

use anyhow::Context as _;
use serde::Deserialize;

use crate::sh::Sh;

/// The golden results: they have the catalogue, as the core gives it.
const CATALOGUE: &str = "tests/vectors/expected.json";

/// What stands in every derived file of TypeScript.
const HEAD: &str = "// Derived from the Rust types by `cargo xtask generate`: do not edit.\n";

#[derive(Deserialize)]
struct Golden {
    #[serde(rename = "sep9/catalogue")]
    fields: Vec<Field>,
}

/// A field of the catalogue, as JSON.
#[derive(Deserialize)]
struct Field {
    name: String,
    canonical: String,
    group: String,
    kind: String,
    format: String,
    label: String,
    description: String,
    #[serde(default)]
    choices: Vec<String>,
    digits: Option<[u8; 2]>,
    #[serde(default)]
    media: Vec<String>,
    deprecated: bool,
}

/// The JavaScript of the entry.
pub(super) fn script(sh: &Sh) -> anyhow::Result<String> {
    let fields = fields(sh)?;
    let mut text = HEAD.to_owned();
    for field in &fields {
        write!(text, "\nexport const {} = {{\n", identifier(&field.name))?;
        for (name, value) in members(field) {
            writeln!(text, "    {name}: {value},")?;
        }
        text += "};\n";
    }
    let list: String =
        fields.iter().map(|field| format!("    {},\n", identifier(&field.name))).collect();
    write!(text, "\nexport const fields = [\n{list}];\n{LOOKUP}")?;
    Ok(text)
}

/// Its declarations. They stand alone, so that the same text serves both kinds of module.
pub(super) fn declarations(sh: &Sh) -> anyhow::Result<String> {
    let mut text = format!("{HEAD}{MODULE}{}\n{TYPES}", names(sh)?);
    for field in fields(sh)? {
        let mut kind = format!(
            "Sep9Constant<{}, {}, {}>",
            quoted(&field.name),
            quoted(&field.kind),
            quoted(&field.format)
        );
        for (name, value) in members(&field) {
            match name {
                "choices" => write!(kind, " & Sep9Choices<readonly {value}>")?,
                "digits" => write!(kind, " & Sep9Digits<{}>", value.trim_matches(['[', ']']))?,
                "media" => write!(kind, " & Sep9Files<readonly {value}>")?,
                _ => {}
            }
        }
        let Field { name, label, description, deprecated, .. } = &field;
        let deprecated = if *deprecated {
            "\n *\n * @deprecated Understood, but not to be asked for any more."
        } else {
            ""
        };
        write!(
            text,
            "\n/**\n * `{name}`, in a form \"{label}\": {description}{deprecated}\n */\n"
        )?;
        writeln!(text, "export const {}: {kind};", identifier(name))?;
    }
    Ok(text)
}

/// The names as a union, for completion.
pub(super) fn names(sh: &Sh) -> anyhow::Result<String> {
    let names: String =
        fields(sh)?.iter().map(|field| format!("\n    | {}", quoted(&field.name))).collect();
    Ok(format!(
        "\n/** The name of a field of SEP-9, as it is on the wire. */\nexport type Sep9Name ={names};\n"
    ))
}

fn fields(sh: &Sh) -> anyhow::Result<Vec<Field>> {
    let text = fs::read(sh.path(CATALOGUE)).with_context(|| format!("cannot read {CATALOGUE}"))?;
    let Golden { fields } = serde_json::from_slice(&text)
        .with_context(|| format!("{CATALOGUE} has no catalogue of SEP-9"))?;
    Ok(fields)
}

/// The members of a constant, with their values in JavaScript.
fn members(field: &Field) -> Vec<(&'static str, String)> {
    let mut members = vec![
        ("name", quoted(&field.name)),
        ("canonical", quoted(&field.canonical)),
        ("group", quoted(&field.group)),
        ("kind", quoted(&field.kind)),
        ("format", quoted(&field.format)),
        ("label", quoted(&field.label)),
        ("description", quoted(&field.description)),
    ];
    members.extend(example(&field.format).map(|example| ("example", quoted(example))));
    let list = |values: &[String]| {
        let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
        format!("[{}]", values.join(", "))
    };
    if !field.choices.is_empty() {
        members.push(("choices", list(&field.choices)));
    }
    members.extend(field.digits.map(|[min, max]| ("digits", format!("[{min}, {max}]"))));
    if !field.media.is_empty() {
        members.push(("media", list(&field.media)));
    }
    members.push(("deprecated", field.deprecated.to_string()));
    members
}

/// A value to show in an empty input. The tests of the package hold each against its field's rules.
fn example(format: &str) -> Option<&'static str> {
    Some(match format {
        "iso639_1" => "en",
        "iso3166_alpha3" => "DEU",
        "iso3166_alpha2" => "DE",
        "iso3166_2" => "US-CA",
        "iso8601_date" => "1990-04-21",
        "yy_mm" => "29-11",
        "e164" | "phone" => "+14155552671",
        "email" => "ana@mail.example",
        "isco08_3" => "251",
        "integer" => "7",
        "ip" => "203.0.113.9",
        _ => return None,
    })
}

/// The name as JavaScript can have it: `organization.name` as `organization_name`.
fn identifier(name: &str) -> String {
    name.replace('.', "_")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

const LOOKUP: &str = "
export function field(name) {
    return fields.find((field) => field.name === name);
}

export function isSep9Name(name) {
    return field(name) !== undefined;
}
";

const MODULE: &str = "
/**
 * The catalogue of SEP-9 as constants, to build forms from: without WebAssembly, and a bundler takes only what is used.
 *
 * `checkField` and `checkFields` of `windlass` judge the values.
 *
 * @module windlass/sep9
 */
";

const TYPES: &str = include_str!("sep9.d.ts");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_fields_have_the_same_identifier() {
        let fields = fields(&Sh::new(false)).unwrap();
        let identifiers: BTreeSet<_> = fields.iter().map(|field| identifier(&field.name)).collect();
        assert_eq!((fields.len(), identifiers.len()), (92, 92));
        let plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        assert!(identifiers.iter().all(plain), "{identifiers:?}");
    }

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
    }
}
