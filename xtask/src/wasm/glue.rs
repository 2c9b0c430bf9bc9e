//! The script that binds a module, without what no page needs of it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, bail};
use serde::Deserialize;

/// What is done here, for the stamp on the result.
pub(super) const HOW: &str = "undocumented, unopened, modern, by name, renamed";

/// Rewrites a script that wasm-bindgen has written. `names` is what wasm-opt has told of the names that it changed.
///
/// # Errors
///
/// The script is not as it was with the wasm-bindgen that this was written for, or it cannot be read or written.
pub(super) fn lean(script: &Path, names: &str) -> anyhow::Result<()> {
    let read =
        fs::read_to_string(script).with_context(|| format!("cannot read {}", script.display()))?;
    let names = Names::read(names)?;
    let lean = unopened(&undocumented(&read))
        .and_then(|text| names.bind(&modern(text)))
        .and_then(|text| names.change(&text));
    let lean = lean.with_context(|| format!("{}", script.display()))?;
    fs::write(script, lean).with_context(|| format!("cannot write {}", script.display()))
}

/// A script without its documentation, which the declarations have: pages would download it.
fn undocumented(script: &str) -> String {
    let mut inside = false;
    let mut text = String::with_capacity(script.len());
    for line in script.lines() {
        let trimmed = line.trim();
        inside |= trimmed.starts_with("/**");
        if !inside {
            text += line;
            text.push('\n');
        }
        inside &= !trimmed.ends_with("*/");
    }
    text
}

/// A script that leaves it to the entries where its module is and how it is fetched. Bundlers would look for the module, also where it
/// is in the text.
fn unopened(script: &str) -> anyhow::Result<String> {
    let parts = |text: &'_ str, begin: &str, end: &str| {
        let (before, rest) = text.split_once(begin)?;
        let after = &rest[rest.find(end)?..];
        Some((before.to_owned(), after.to_owned()))
    };
    let lean = parts(script, "async function __wbg_load(", "function initSync(").and_then(
        |(before, after)| {
            let (sync, export) = parts(
                &after,
                "let __wbg_init_promise;",
                "export { initSync, __wbg_init as default };",
            )?;
            let (_, rest) = export.split_once('\n')?;
            Some(format!("{before}{sync}{EXPORT}\n{rest}"))
        },
    );
    lean.context("it opens its module in another way than it did")
}

const EXPORT: &str =
    "export { __wbg_finalize_init as finish, __wbg_get_imports as imports, initSync };";

/// What stands in for what every engine has that has reference types, which a module needs; and a way to pass strings that is for modules
/// without `realloc`.
const DATED: [[&str; 2]; 3] = [
    ["(typeof FinalizationRegistry === 'undefined')\n", "\n    : "],
    ["if (!('encodeInto' in cachedTextEncoder)) {\n", "\n}\n"],
    ["    if (realloc === undefined) {\n", "\n    }\n"],
];

/// A script without them, where it has them.
fn modern(mut script: String) -> String {
    for [begin, end] in DATED {
        while let Some((before, rest)) = script.split_once(begin)
            && let Some((_, after)) = rest.split_once(end)
        {
            script = format!("{before}{after}");
        }
    }
    script
}

/// How what is imported and exported is now called.
#[derive(Deserialize)]
struct Names {
    imports: Vec<[String; 3]>,
    exports: Vec<[String; 2]>,
}

impl Names {
    /// wasm-opt prints them as JSON, with commas after the last of a list.
    fn read(text: &str) -> anyhow::Result<Self> {
        let text: String = text.split_whitespace().collect();
        let text = text.replace(",]", "]").replace(",}", "}");
        serde_json::from_str(&text)
            .with_context(|| format!("wasm-opt does not tell the names: {text}"))
    }

    /// A script that imports all that it needs by name. wasm-bindgen imports the whole of another script for what needs no binding,
    /// and once for each.
    fn bind(&self, script: &str) -> anyhow::Result<String> {
        let unbound = self.imports.iter().filter(|[module, ..]| !module.ends_with(BOUND));
        let (mut imports, mut members) = (String::new(), String::new());
        for [module, name, _] in unbound.clone() {
            imports += &format!("import {{ {name} }} from \"{module}\";\n");
            members += &format!("        {name}: {name},\n");
        }
        let is_whole = |line: &&str| {
            line.starts_with("import * as import")
                || unbound
                    .clone()
                    .any(|[module, ..]| line.trim().starts_with(&format!("\"{module}\": import")))
        };
        let rest: String =
            script.lines().filter(|line| !is_whole(line)).flat_map(|line| [line, "\n"]).collect();
        let (before, after) = rest.split_once(FIRST).context("it has no list of imports")?;
        Ok(format!("{imports}{before}{FIRST}{members}{after}"))
    }

    /// The script with the new names. Each import is a member there once; exports are members of `wasm`.
    fn change(&self, script: &str) -> anyhow::Result<String> {
        let exports: BTreeMap<_, _> =
            self.exports.iter().map(|[old, new]| (old.as_str(), new.as_str())).collect();
        let mut imports = BTreeMap::new();
        let mut script = script.to_owned();
        for [module, old, new] in &self.imports {
            imports.insert(old.as_str(), new.as_str());
            script = script.replace(&format!("\"{module}\":"), &format!("{MODULE}:"));
        }
        let mut text = String::with_capacity(script.len());
        let mut changed = 0;
        for word in script.split_inclusive(|c: char| !is_in_a_name(c)) {
            let name = word.trim_end_matches(|c: char| !is_in_a_name(c));
            let member = text.ends_with("wasm.").then(|| exports.get(name)).flatten();
            let import = imports.get(name).filter(|_| word.ends_with(':'));
            changed += usize::from(import.is_some());
            text += member.or(import).unwrap_or(&name);
            text += &word[name.len()..];
        }
        if changed != imports.len() {
            bail!("it has {changed} of {} imports", imports.len());
        }
        Ok(text)
    }
}

/// How the script is called that binds the module.
const BOUND: &str = "_bg.js";

/// Where the list of its imports begins.
const FIRST: &str = "    const import0 = {\n        __proto__: null,\n";

/// What wasm-opt calls the only module that there is to import from.
const MODULE: &str = "a";

const fn is_in_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_their_documentation_alone() {
        let script = "/**\n * A /* key */.\n */\nexport class Key {\n    /** One line. */\n    a = \"/** text */\"; // why\n}\n";
        assert_eq!(
            undocumented(script),
            "export class Key {\n    a = \"/** text */\"; // why\n}\n"
        );
    }

    #[test]
    fn scripts_lose_how_they_open_their_module_alone() {
        let script = "a();\nasync function __wbg_load(m) {\n}\n\nfunction initSync(m) {\n}\n\nlet __wbg_init_promise;\nb();\n\nexport { initSync, __wbg_init as default };\n";
        assert_eq!(
            unopened(script).unwrap(),
            format!("a();\nfunction initSync(m) {{\n}}\n\n{EXPORT}\n")
        );
        assert!(unopened("a();\n").is_err());
    }

    #[test]
    fn scripts_lose_what_stands_in_for_what_is_there() {
        let script = "const A = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : new FinalizationRegistry(a);\nfunction pass(realloc) {\n    if (realloc === undefined) {\n        b();\n    }\n    c();\n}\nif (!('encodeInto' in cachedTextEncoder)) {\n    d();\n}\n";
        assert_eq!(
            modern(script.to_owned()),
            "const A = new FinalizationRegistry(a);\nfunction pass(realloc) {\n    c();\n}\n"
        );
    }

    #[test]
    fn imports_are_by_name() {
        let names = Names::read(
            "{\"imports\": [[\"./x_bg.js\", \"of\", \"a\"], [\"../y.js\", \"wait\", \"b\"], [\"../y.js\", \"wake\", \"c\"]], \"exports\": []}",
        )
        .unwrap();
        let script = format!(
            "import {{ run }} from '../y.js';\nimport * as import1 from \"../y.js\"\nimport * as import2 from \"../y.js\"\n{FIRST}        of: 1,\n    }};\n    return {{\n        \"./x_bg.js\": import0,\n        \"../y.js\": import1,\n        \"../y.js\": import2,\n    }};\n"
        );
        assert_eq!(
            names.bind(&script).unwrap(),
            format!(
                "import {{ wait }} from \"../y.js\";\nimport {{ wake }} from \"../y.js\";\nimport {{ run }} from '../y.js';\n{FIRST}        wait: wait,\n        wake: wake,\n        of: 1,\n    }};\n    return {{\n        \"./x_bg.js\": import0,\n    }};\n"
            )
        );
        assert!(names.bind("").is_err());
    }

    #[test]
    fn names_are_changed_where_they_are_names_of_the_module() {
        let names = Names::read(
            "{\n \"imports\": [\n  [\"./x_bg.js\", \"__wbg_of_1f\", \"b\"],\n ],\n \"exports\": [\n  [\"memory\", \"c\"]\n ]\n}\n",
        )
        .unwrap();
        let script = "const i = {\n    __wbg_of_1f: function(memory) { return wasm.memory.memory; },\n};\nreturn { \"./x_bg.js\": i };\n";
        assert_eq!(
            names.change(script).unwrap(),
            "const i = {\n    b: function(memory) { return wasm.c.memory; },\n};\nreturn { a: i };\n"
        );
        assert!(names.change("").is_err());
    }
}
