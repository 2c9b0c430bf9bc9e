//! The scripts of the entry `windlass/sep9`: the catalogue of SEP-9 as constants, so that a form
//! needs no WebAssembly and a bundler takes only the fields that are used.

use std::io;

use serde::Deserialize;

/// The first line of each derived file.
const HEAD: &str = "// Derived from the Rust types by `cargo xtask generate`: do not edit.\n";

#[derive(Deserialize)]
struct Golden {
    #[serde(rename = "sep9/catalogue")]
    fields: Vec<Field>,
}

/// A field of the catalogue.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
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

/// Reads the catalogue from the golden results, `tests/vectors/expected.json`.
///
/// # Errors
///
/// They are no JSON, or have no catalogue.
pub fn fields(golden: &[u8]) -> io::Result<Vec<Field>> {
    let Golden { fields } = serde_json::from_slice(golden)?;
    Ok(fields)
}

/// The JavaScript of the entry.
#[must_use]
pub fn script(fields: &[Field]) -> String {
    let mut text = HEAD.to_owned();
    for field in fields {
        text += &format!("\nexport const {} = {{\n", identifier(&field.name));
        for (name, value) in members(field) {
            text += &format!("    {name}: {value},\n");
        }
        text += "};\n";
    }
    let list: String =
        fields.iter().map(|field| format!("    {},\n", identifier(&field.name))).collect();
    text + &format!("\nexport const fields = [\n{list}];\n{LOOKUP}")
}

/// Its declarations. They import nothing, so that the same text serves both kinds of module.
#[must_use]
pub fn declarations(fields: &[Field]) -> String {
    let mut text = format!("{HEAD}{MODULE}{}\n{TYPES}", names(fields));
    for field in fields {
        let Field { name, kind, format, label, description, deprecated, .. } = field;
        let types = [name, kind, format].map(|text| quoted(text)).join(", ");
        let mut kind = format!("Sep9Constant<{types}>");
        for (name, value) in members(field) {
            kind += &match name {
                "choices" => format!(" & Sep9Choices<readonly {value}>"),
                "digits" => format!(" & Sep9Digits<{}>", value.trim_matches(['[', ']'])),
                "media" => format!(" & Sep9Files<readonly {value}>"),
                _ => String::new(),
            };
        }
        let deprecated = if *deprecated {
            "\n *\n * @deprecated Understood, but not to be asked for any more."
        } else {
            ""
        };
        text += &format!(
            "\n/**\n * `{name}`, in a form \"{label}\": {description}{deprecated}\n */\n\
             export const {}: {kind};\n",
            identifier(name)
        );
    }
    text
}

/// The names as a union, for completion.
#[must_use]
pub fn names(fields: &[Field]) -> String {
    let names: String =
        fields.iter().map(|field| format!("\n    | {}", quoted(&field.name))).collect();
    format!(
        "\n/** The name of a field of SEP-9, as it is on the wire. */\nexport type Sep9Name ={names};\n"
    )
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

/// The name as an identifier of JavaScript: `organization_name` for `organization.name`.
#[must_use]
pub fn identifier(name: &str) -> String {
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

const TYPES: &str = include_str!("sep9_entry.d.ts");
