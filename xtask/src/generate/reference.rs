//! The API reference: TypeDoc writes it as Markdown, and takes no warning.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::entry;
use crate::{setup, setup::Need, sh::Sh};

/// Where it is committed.
const PAGES: &str = "docs/api";

/// Every page with its text; without one, if the page is no longer there.
pub(super) fn pages(sh: &Sh) -> anyhow::Result<BTreeMap<String, Option<String>>> {
    setup::ensure(sh, &[Need::Npm])?;
    let out = sh.target().join("typedoc");
    let mut typedoc = sh.command("node");
    typedoc.arg(sh.path("docs/node_modules/typedoc/bin/typedoc"));
    typedoc.arg("--options").arg(sh.path("docs/typedoc.json")).arg("--out").arg(&out);
    for entry in entry::all(sh)? {
        typedoc.arg("--entryPoints").arg(sh.path(&entry.types));
    }
    sh.step("writing the API reference", "seconds", &mut typedoc)?;

    let committed = sh.path(PAGES);
    let mut pages = BTreeMap::new();
    for page in files(&committed)? {
        pages.insert(format!("{PAGES}/{page}"), None);
    }
    for page in files(&out)? {
        let text =
            fs::read_to_string(out.join(&page)).with_context(|| format!("cannot read {page}"))?;
        pages.insert(format!("{PAGES}/{page}"), Some(tidy(&text)));
    }
    Ok(pages)
}

/// No space at the end of a line, and one end of line at the end.
fn tidy(text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("{}\n", lines.trim_end())
}

/// The files in a folder and in those within it, as paths from it; none, if there is no folder.
fn files(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&within)) else { continue };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let path = within.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_repository_are_found() {
        let pages = files(&Sh::new(false).path(PAGES)).unwrap();
        assert!(pages.contains(&"windlass.md".to_owned()), "{pages:?}");
        assert!(files(Path::new("no-such-folder")).unwrap().is_empty());
    }

    #[test]
    fn pages_have_one_end() {
        assert_eq!(tidy("a  \n\nb\n\n"), "a\n\nb\n");
    }
}
