//! Dependencies point one way: no crate and no module imports one above it (ARCHITECTURE.md, "Direction of dependencies").

use std::{collections::BTreeSet, fs, path::Path};

use toml::Table;

/// Each crate, and the crates of the workspace that it may depend on.
const CRATES: [(&str, &[&str]); 8] = [
    ("sdk/core", &[]),
    ("sdk/ed25519", &["windlass-core"]),
    ("sdk/client", &["windlass-core"]),
    ("sdk/wasm", &["windlass-core", "windlass-client"]),
    ("anchor/endpoints", &["windlass-core"]),
    ("sdk/test-anchor", &["windlass-core", "windlass-endpoints"]),
    ("anchor/sandbox", &[]),
    ("anchor", &["windlass-core", "windlass-endpoints", "windlass-sandbox"]),
];

/// The modules of `windlass-endpoints` from the lowest to the highest, with what the crate re-exports from each. Modules of
/// one row do not import each other.
const ENDPOINTS: [&[&str]; 8] = [
    &["clock", "fetch", "secret Secret"],
    &["locale"],
    &["error Error"],
    &["challenges", "cors", "drain", "files", "throttle"],
    &["route"],
    &["body", "sessions Subject"],
    &["hooks"],
    &["memory", "sep1", "sep10", "sep12"],
];

/// The same for `windlass-anchor`; the first row is what it re-exports from `windlass-endpoints`.
const SERVER: [&[&str]; 11] = [
    &["Error", "Secret", "body", "cors", "hooks", "locale", "route", "sep1", "sep10", "sep12"],
    &["clock", "throttle"],
    &["base outbound", "sessions Sessions Subject"],
    &["data database rotation storage vault"],
    &["outbox"],
    &["callbacks"],
    &["kyc"],
    &["ledger", "pages", "remote"],
    &["config Config"],
    &["housekeeping Housekeeping", "sandbox", "signing_service"],
    &["doctor", "server Anchor"],
];

/// The programs: they may import everything.
const PROGRAMS: [&str; 3] = ["lib", "main", "cli"];

#[test]
fn crates_depend_on_lower_crates_only() {
    for (folder, allowed) in CRATES {
        let path = root().join(folder).join("Cargo.toml");
        let manifest: Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let targets = manifest.get("target").and_then(|targets| targets.as_table());
        let targets = targets.into_iter().flat_map(Table::values).filter_map(|t| t.as_table());
        for tables in targets.chain([&manifest]) {
            let dependencies = tables.get("dependencies").and_then(|table| table.as_table());
            for name in dependencies.into_iter().flat_map(Table::keys) {
                let ours = name.starts_with("windlass-");
                assert!(!ours || allowed.contains(&name.as_str()), "{folder} depends on {name}");
            }
        }
    }
}

#[test]
fn modules_import_lower_modules_only() {
    check("anchor/endpoints/src", &ENDPOINTS);
    check("anchor/src", &SERVER);
}

fn check(source: &str, order: &[&[&str]]) {
    let module = |row: &str, name: &str| row.split(' ').any(|known| known == name);
    let rank = |name: &str| {
        let row = order.iter().position(|row| row.iter().any(|names| module(names, name)));
        row.unwrap_or_else(|| panic!("{source}: {name} is not in the order of modules"))
    };
    let mut edges = BTreeSet::new();
    visit(&root().join(source), None, &mut edges);
    assert!(!edges.is_empty(), "{source} has no imports");
    for (from, to) in edges.iter().filter(|(from, _)| !PROGRAMS.contains(&from.as_str())) {
        let same = order.concat().iter().any(|names| module(names, from) && module(names, to));
        assert!(
            same || rank(to) < rank(from),
            "{source}: {from} imports {to}, which is not below it"
        );
    }
}

/// Collects which top-level module imports which, from all files in a folder.
fn visit(folder: &Path, module: Option<&str>, edges: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let module = module.unwrap_or(name);
        if path.is_dir() {
            visit(&path, Some(module), edges);
        } else if path.extension().is_some_and(|end| end == "rs") && name != "tests" {
            let text = fs::read_to_string(&path).unwrap();
            edges.extend(imports(&text).into_iter().map(|to| (module.to_owned(), to)));
        }
    }
}

/// The first names after `crate::`, without comments and unit tests.
fn imports(text: &str) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let name = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        text[..end].to_owned()
    };
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            names.insert(name(after));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' | ',' if depth == 0 => {
                    names.insert(name(group[start..at].trim_start()));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    names.remove("");
    names
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn imports_are_found_in_groups_and_in_paths() {
    let text = "use crate::{\n    Error,\n    a::{b, c},\n    d,\n};\nuse crate::e::F;\n// crate::g\nfn f() -> crate::h::I {}\n#[cfg(test)]\nuse crate::j;";
    let found: Vec<_> = imports(text).into_iter().collect();
    assert_eq!(found, ["Error", "a", "d", "e", "h"]);
}
