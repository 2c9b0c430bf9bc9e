//! The ways into the npm package that its `package.json` names.

use std::{collections::BTreeMap, fs};

use anyhow::Context as _;
use serde::Deserialize;

use crate::sh::Sh;

/// The folder of the package.
const PACKAGE: &str = "sdk/wasm";

/// A way into the package that is declared.
pub(super) struct Entry {
    /// What is imported, such as `windlass/sep9`.
    pub(super) name: String,
    /// The path of its declarations in this repository.
    pub(super) types: String,
}

#[derive(Deserialize)]
struct Manifest {
    exports: BTreeMap<String, Export>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Export {
    Declared { types: String },
    Plain(serde::de::IgnoredAny),
}

/// Every entry, one for each file of declarations: `windlass/inline` offers what `windlass` does.
pub(super) fn all(sh: &Sh) -> anyhow::Result<Vec<Entry>> {
    let path = format!("{PACKAGE}/package.json");
    let text = fs::read(sh.path(&path)).with_context(|| format!("cannot read {path}"))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).with_context(|| format!("{path} has no exports"))?;
    let mut entries: Vec<Entry> = Vec::new();
    for (name, export) in manifest.exports {
        let Export::Declared { types } = export else { continue };
        let types = format!("{PACKAGE}/{}", types.trim_start_matches("./"));
        if entries.iter().all(|entry| entry.types != types) {
            entries.push(Entry { name: name.replacen('.', "windlass", 1), types });
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_those_that_are_declared() {
        let entries = all(&Sh::new(false)).unwrap();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert!(names.contains(&"windlass") && names.contains(&"windlass/sep9"), "{names:?}");
        assert!(!names.contains(&"windlass/inline"), "{names:?}");
        assert_eq!(entries[0].types, "sdk/wasm/windlass.d.ts");
    }
}
