//! Renders the register as `tests/CONFORMANCE.md`.

use std::fmt::Write as _;

use super::{Document, Row, Standing, sources::Index};

const HEAD: &str = "<!-- Made by `cargo xtask generate` from tests/conformance/*.toml: do not edit. -->
# What the anchor and the wallet do

Every requirement of the SEPs that this project implements, with the tests that prove it. A requirement counts as
proved if a test fails as soon as it is broken; if there is no such test, the reason is given. CI fails if a test that is
named here does not exist, or if a requirement is missing.

- **anchor**: the server, `windlass-anchor`. **wallet**: the npm package `windlass` and the Rust crate `windlass-client` under it.
- **MUST**, **SHOULD**, **MAY** are the SEP's. **ECO**: the SEP does not say it, but SDF's validator, the reference servers or the
  other SDKs require it. **OURS**: the SEP is silent or contradicts itself, and this is the decision of this project.
- ✓ proved, with links to the tests (the link's title is the test's name); ◐ proved in part; ✗ not done; – does not apply, with
  the reason. An empty cell: the requirement does not concern that side.
- Rows with a letter after the hyphen, such as S10-G05, are test cases; S09-F are the fields of SEP-9.

";

/// The whole page. `tests` says in which file each test is.
pub fn render(documents: &[Document], tests: &Index) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| | Rows | Anchor: ✓ | ◐ | ✗ | – | Wallet: ✓ | ◐ | ✗ | – |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    let mut all = [Counts::default(); 2];
    for document in documents {
        let sides = [count(document, |row| &row.anchor), count(document, |row| &row.wallet)];
        let name = format!("[{}](#{})", document.short, anchor(&document.title));
        line(&mut page, &name, document.rows.len(), &sides);
        for (all, side) in all.iter_mut().zip(sides) {
            *all = all.plus(side);
        }
    }
    let rows = documents.iter().map(|document| document.rows.len()).sum();
    line(&mut page, "**All**", rows, &all);
    for document in documents {
        section(&mut page, document, tests);
    }
    page
}

/// How many rows of one side are proved, in part, open, or do not apply.
#[derive(Clone, Copy, Default)]
struct Counts {
    proved: usize,
    in_part: usize,
    open: usize,
    not: usize,
}

impl Counts {
    const fn plus(self, other: Self) -> Self {
        Self {
            proved: self.proved + other.proved,
            in_part: self.in_part + other.in_part,
            open: self.open + other.open,
            not: self.not + other.not,
        }
    }
}

fn count(document: &Document, side: fn(&Row) -> &Option<Standing>) -> Counts {
    let mut counts = Counts::default();
    for standing in document.rows.iter().filter_map(|row| side(row).as_ref()) {
        match standing {
            Standing::Proved(_) => counts.proved += 1,
            Standing::Open { proved, .. } if proved.is_empty() => counts.open += 1,
            Standing::Open { .. } => counts.in_part += 1,
            Standing::Not { .. } => counts.not += 1,
        }
    }
    counts
}

fn line(page: &mut String, name: &str, rows: usize, sides: &[Counts; 2]) {
    let [anchor, wallet] =
        sides.map(|it| format!("{} | {} | {} | {}", it.proved, it.in_part, it.open, it.not));
    writeln!(page, "| {name} | {rows} | {anchor} | {wallet} |").unwrap_or_default();
}

fn section(page: &mut String, document: &Document, tests: &Index) {
    let Document { title, about, rows, .. } = document;
    write!(page, "\n## {title}\n\n{}\n\n", about.trim()).unwrap_or_default();
    let open: Vec<_> = rows.iter().flat_map(open).collect();
    if !open.is_empty() {
        writeln!(page, "Not done, or not all of it:\n\n{}\n", open.join("\n")).unwrap_or_default();
    }
    writeln!(
        page,
        "<details>\n<summary>All {} rows</summary>\n\n| | | Requirement | Anchor | Wallet |\n|---|---|---|---|---|",
        rows.len()
    )
    .unwrap_or_default();
    for Row { id, level, rule, anchor, wallet } in rows {
        let (level, rule) = (level.as_str(), escape(rule));
        let (anchor, wallet) = (cell(anchor.as_ref(), tests), cell(wallet.as_ref(), tests));
        writeln!(page, "| {id} | {level} | {rule} | {anchor} | {wallet} |").unwrap_or_default();
    }
    page.push_str("\n</details>\n");
}

/// What a row still lacks, for each side.
fn open(row: &Row) -> impl Iterator<Item = String> {
    let sides = [("anchor", &row.anchor), ("wallet", &row.wallet)];
    sides.into_iter().filter_map(|(side, standing)| match standing {
        Some(Standing::Open { open, .. }) => Some(format!("- {}, {side}: {open}", row.id)),
        _ => None,
    })
}

fn cell(standing: Option<&Standing>, index: &Index) -> String {
    match standing {
        None => String::new(),
        Some(Standing::Proved(tests)) => format!("✓ {}", links(tests, index)),
        Some(Standing::Open { proved, open }) if proved.is_empty() => format!("✗ {}", escape(open)),
        Some(Standing::Open { proved, open }) => {
            format!("◐ {}: {}", links(proved, index), escape(open))
        }
        Some(Standing::Not { not }) => format!("– {}", escape(not)),
    }
}

/// A link for each test, called by its file, with the test's name as its title.
fn links(tests: &[String], index: &Index) -> String {
    let link = |name: &String| {
        let path = index.get(name).and_then(|files| files.first()).map_or("", String::as_str);
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.split('.').next().unwrap_or(file);
        // For a file called `tests`, the folder's name is shown.
        let called = if stem == "tests" { path.rsplit('/').nth(1).unwrap_or(stem) } else { stem };
        let target =
            path.strip_prefix("tests/").map_or_else(|| format!("../{path}"), str::to_owned);
        let title = escape(&name.replace('_', " ")).replace('"', "'");
        format!("[{called}]({target} \"{title}\")")
    };
    tests.iter().map(link).collect::<Vec<_>>().join(" ")
}

/// Escapes text for a cell of a table.
fn escape(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}

/// The anchor that code hosts make for a heading.
fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}
