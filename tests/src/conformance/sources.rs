//! Finds the tests of the workspace by reading its sources.

use std::{collections::BTreeMap, fs, io, path::Path};

/// The folders that hold no source of ours.
const SKIPPED: [&str; 4] = ["target", "node_modules", "dist", "pkg"];

/// Test names, each with the files that have a test of that name (from the workspace's folder, with
/// `/`).
///
/// A register entry is only unambiguous if there is one file for its name.
pub type Index = BTreeMap<String, Vec<String>>;

/// Reads every `.rs` and `.test.ts` file below the workspace's folder.
///
/// # Errors
///
/// A folder or file cannot be read.
pub fn index(workspace: &Path) -> io::Result<Index> {
    let mut index = Index::new();
    visit(workspace, "", &mut index)?;
    Ok(index)
}

fn visit(folder: &Path, prefix: &str, index: &mut Index) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
                visit(&entry.path(), &format!("{path}/"), index)?;
            }
        } else if name.ends_with(".rs") || name.ends_with(".test.ts") {
            for test in tests(&path, &fs::read_to_string(entry.path())?) {
                index.entry(test).or_default().push(path.clone());
            }
        }
    }
    Ok(())
}

/// The names of the tests in a source, as the register writes them: a Rust function's name, or the
/// titles of TypeScript's `describe`s and of the test, joined by ` > `.
pub fn tests(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".rs") { rust(text) } else { typescript(text) }
}

/// Functions under an attribute that makes them tests, and those listed in a `suite!`, which makes
/// them tests of several.
fn rust(text: &str) -> Vec<String> {
    let mut attribute = false;
    let mut suite = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim_start) {
        suite = (suite || line.starts_with("suite! {")) && !line.starts_with(")+}");
        if let Some(name) = line.strip_suffix(',').filter(|_| suite)
            && !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            names.push(name.to_owned());
        }
        if ["#[test]", "#[tokio::test", "#[wasm_bindgen_test"].iter().any(|it| line.starts_with(it))
        {
            attribute = true;
        } else if let Some((before, after)) = line.split_once("fn ")
            && attribute
            && (before.is_empty() || before.ends_with(' '))
        {
            attribute = false;
            names.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

/// `test("…")` and `it("…")`, also with `.each(…)` before the title, below the titles of the
/// `describe`s around them.
fn typescript(text: &str) -> Vec<String> {
    let mut around: Vec<(usize, String)> = Vec::new();
    let mut names = Vec::new();
    // A call whose title has not come yet: its table goes over several lines.
    let mut pending = None;
    let mut last = "";
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let begins = |word: &str| {
            code.strip_prefix(word).is_some_and(|rest| rest.starts_with(['(', '.', '<']))
        };
        let title = if begins("describe") || begins("test") || begins("it") {
            around.retain(|(outer, _)| *outer < indent);
            pending = Some((indent, code.starts_with("describe")));
            title(code)
        } else if code.starts_with([']', ')']) {
            code.find(")(").and_then(|end| title(&code[end + 1..]))
        } else if last.ends_with(")(") {
            title(&format!("({code}"))
        } else {
            None
        };
        last = code;
        if let (Some(title), Some((indent, is_group))) = (title, pending) {
            pending = None;
            if is_group {
                around.push((indent, title));
            } else {
                let path = around.iter().map(|(_, title)| title.as_str()).chain([title.as_str()]);
                names.push(path.collect::<Vec<_>>().join(" > "));
            }
        }
    }
    names
}

/// The first string after the last `(` that is followed by a quote.
fn title(code: &str) -> Option<String> {
    let quotes = ["(\"", "(`"];
    let call = match code.find(".each") {
        // The table may hold strings as well: the title comes after its end.
        Some(each) => {
            let end = [")(\"", ")(`"].iter().find_map(|end| code[each..].rfind(end))?;
            &code[each + end + 1..]
        }
        None => &code[quotes.iter().filter_map(|quote| code.find(quote)).min()?..],
    };
    let quote = call.as_bytes().get(1).copied().map(char::from)?;
    let mut title = String::new();
    let mut characters = call.chars().skip(2);
    while let Some(c) = characters.next() {
        match c {
            '\\' => title.extend(characters.next()),
            c if c == quote => return Some(title),
            c => title.push(c),
        }
    }
    None
}
