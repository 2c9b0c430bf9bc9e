//! Dependencies point one way: no crate and no module imports one above it (ARCHITECTURE.md,
//! "Direction of dependencies"), and no files import each other in a circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    iter::Peekable,
    path::Path,
};

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

/// The modules of `windlass-endpoints` from the lowest to the highest. Modules of one row do not
/// import each other.
const ENDPOINTS: [&[&str]; 8] = [
    &["clock", "fetch", "secret"],
    &["locale"],
    &["error"],
    &["challenges", "cors", "drain", "files", "throttle"],
    &["route"],
    &["body", "sessions"],
    &["hooks"],
    &["memory", "sep1", "sep10", "sep12"],
];

/// The same for `windlass-anchor`.
const SERVER: [&[&str]; 11] = [
    &["clock", "throttle"],
    &["base", "sessions"],
    &["data"],
    &["outbox"],
    &["callbacks"],
    &["kyc"],
    &["ledger", "pages", "remote"],
    &["config"],
    &["housekeeping", "sandbox", "signing_service"],
    &["doctor", "server"],
    &["cli"],
];

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
    for (source, order) in [("anchor/endpoints/src", &ENDPOINTS[..]), ("anchor/src", &SERVER[..])] {
        let rank = |name: &String| {
            let row = order.iter().position(|row| row.contains(&name.as_str()));
            row.unwrap_or_else(|| panic!("{source}: {name} is not in the order of modules"))
        };
        let edges = Sources::read(source).edges();
        assert!(!edges.is_empty(), "{source} has no imports");
        for (from, to) in &edges {
            if let ([from], [to]) = (from.as_slice(), to.as_slice()) {
                assert!(
                    rank(to) < rank(from),
                    "{source}: {from} imports {to}, which is not below it"
                );
            }
        }
    }
}

#[test]
fn files_do_not_import_each_other_in_a_circle() {
    for source in [
        "anchor/endpoints/src",
        "anchor/sandbox/src",
        "anchor/src",
        "sdk/core/src",
        "sdk/test-anchor/src",
        "xtask/src",
    ] {
        let circles = circles(Sources::read(source).edges());
        let shown =
            circles.iter().map(|(from, to)| format!("{} -> {}", from.join("/"), to.join("/")));
        assert!(circles.is_empty(), "{source}:\n{}", shown.collect::<Vec<_>>().join("\n"));
    }
}

/// The names of a module or of a path, from the root of its crate.
type Names = Vec<String>;

/// The modules of a crate, each with the paths that its file names.
#[derive(Default)]
struct Sources(BTreeMap<Names, Vec<Names>>);

impl Sources {
    fn read(folder: &str) -> Self {
        let mut sources = Self::default();
        sources.visit(&root().join(folder), &[]);
        sources
    }

    fn visit(&mut self, folder: &Path, module: &[String]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if name == "tests" {
                continue;
            }
            let inner = [module, &[name.to_owned()]].concat();
            if path.is_dir() {
                self.visit(&path, &inner);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let root = module.is_empty() && ["lib", "main"].contains(&name);
                let module = if root { Names::new() } else { inner };
                let paths = paths(&fs::read_to_string(&path).unwrap());
                self.0.entry(module).or_default().extend(paths);
            }
        }
    }

    /// Which module imports which: below the folder that they share, so that `a::b` and `a::c::d`
    /// become `a::b` and `a::c`. A module and those inside of it may import each other.
    fn edges(&self) -> BTreeSet<(Names, Names)> {
        let mut edges = BTreeSet::new();
        for (from, paths) in &self.0 {
            for path in paths {
                let to = self.resolve(from, path);
                let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
                if shared < from.len().min(to.len()) {
                    edges.insert((from[..=shared].to_vec(), to[..=shared].to_vec()));
                }
            }
        }
        edges
    }

    /// The module that has what a path means in a module, also if another one re-exports it.
    fn resolve(&self, module: &[String], path: &[String]) -> Names {
        let mut at = module.to_vec();
        for (i, name) in path.iter().enumerate() {
            match name.as_str() {
                "crate" => at.clear(),
                "super" => drop(at.pop()),
                "self" => {}
                _ => {
                    at.push(name.clone());
                    if !self.0.contains_key(&at) {
                        at.pop();
                        let inner = |used: &&Names| {
                            used.last() == Some(name)
                                && self.0.contains_key(&[&at[..], &used[..1]].concat())
                        };
                        let used = self.0.get(&at).and_then(|paths| paths.iter().find(inner));
                        let Some(used) = used else { break };
                        return self.resolve(&at, &[used, &path[i + 1..]].concat());
                    }
                }
            }
        }
        at
    }
}

/// The edges that are left without what leads into circles and out of them.
fn circles(mut edges: BTreeSet<(Names, Names)>) -> BTreeSet<(Names, Names)> {
    loop {
        let before = edges.len();
        let (from, to): (BTreeSet<_>, BTreeSet<_>) = edges.iter().cloned().unzip();
        edges.retain(|edge| to.contains(&edge.0) && from.contains(&edge.1));
        if edges.len() == before {
            return edges;
        }
    }
}

/// The paths after `use`, and all that begin with `crate` or `super`; without comments and unit
/// tests.
fn paths(text: &str) -> Vec<Names> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("::", " :: ");
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let spaced = code.chars().flat_map(|c| {
        let space = (!is_word(c) && c != ':').then_some(' ');
        [space, Some(c), space].into_iter().flatten()
    });
    let code: String = spaced.collect();
    let mut tokens = code.split_whitespace().peekable();
    let mut paths = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            "use" => read_paths(&mut tokens, &[], &mut paths),
            "crate" | "super" => {
                let after = tokens.next_if_eq(&"::");
                if after.is_some() {
                    read_paths(&mut tokens, &[token.to_owned()], &mut paths);
                }
            }
            _ => {}
        }
    }
    paths
}

/// Reads a path, or a group of paths in braces, after the names before it.
fn read_paths<'a>(
    tokens: &mut Peekable<impl Iterator<Item = &'a str>>,
    before: &[String],
    paths: &mut Vec<Names>,
) {
    let mut path = before.to_vec();
    while let Some(token) = tokens.next_if(|token| !["}", ","].contains(token)) {
        if token == "{" {
            while tokens.next_if_eq(&"}").is_none() {
                read_paths(tokens, &path, paths);
                tokens.next_if_eq(&",");
            }
            return;
        }
        path.push(token.to_owned());
        if tokens.next_if_eq(&"::").is_none() {
            break;
        }
    }
    // Another name for it.
    if tokens.next_if_eq(&"as").is_some() {
        tokens.next();
    }
    paths.push(path);
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn imports_are_found_in_groups_and_in_paths() {
    let text = "use crate::{\n    Error,\n    a::{b, c as _},\n    d,\n};\nuse super::e::F;\n// crate::g\npub(super) fn f() -> crate::h::I<K> {}\n#[cfg(test)]\nmod tests {\nuse crate::j;";
    let found: Vec<_> = paths(text).into_iter().map(|path| path.join("::")).collect();
    assert_eq!(
        found,
        ["crate::Error", "crate::a::b", "crate::a::c", "crate::d", "super::e::F", "crate::h::I"]
    );
}

#[test]
fn circles_are_found_through_folders_and_reexports() {
    let files = [
        ("", "mod a; pub use a::b::C;"),
        ("a", "mod b; mod c; pub use c::D;"),
        ("a b", "use super::D; pub struct C;"),
        ("a c", "mod e;"),
        ("a c e", "use crate::C;"),
        ("f", "use crate::a::D;"),
    ];
    let names = |module: &str| module.split_whitespace().map(str::to_owned).collect();
    let files = files.map(|(module, text)| (names(module), paths(text)));
    let found = circles(Sources(files.into()).edges());
    let shown: Vec<_> =
        found.iter().map(|(from, to)| [from.concat(), to.concat()].join(" ")).collect();
    assert_eq!(shown, ["ab ac", "ac ab"]);
}
