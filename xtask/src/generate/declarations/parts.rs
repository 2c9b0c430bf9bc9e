//! Declarations of TypeScript, taken apart.

use std::collections::BTreeSet;

/// The declarations one by one, each with the documentation before it.
pub(super) fn declarations(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    let mut open = false;
    for line in text.split_inclusive('\n') {
        at += line.len();
        open |= line.starts_with("export");
        let code = line.trim_end();
        let inside = line.starts_with("    ") && !line.starts_with("    | ");
        if open && (code.starts_with('}') || (code.ends_with(';') && !inside)) {
            found.push(&text[start..at]);
            (start, open) = (at, false);
        }
    }
    found
}

/// What there is at run time, and the types that it leads to.
pub(super) fn reachable(declarations: &[&str]) -> String {
    let mut wanted: BTreeSet<_> = declarations.iter().filter(|it| is_value(it)).copied().collect();
    loop {
        let words: BTreeSet<_> = wanted.iter().flat_map(|it| words(it)).collect();
        let more = declarations.iter().filter(|it| name(it).is_some_and(|it| words.contains(it)));
        let all: BTreeSet<_> = wanted.iter().chain(more).copied().collect();
        if all.len() == wanted.len() {
            return declarations.iter().filter(|it| wanted.contains(*it)).copied().collect();
        }
        wanted = all;
    }
}

/// Whether it declares something that there is at run time.
pub(super) fn is_value(declaration: &str) -> bool {
    let kinds = ["export class ", "export function "];
    declaration.lines().any(|line| kinds.iter().any(|kind| line.starts_with(kind)))
}

/// The lines of the code: what is said in comments does not count.
pub(super) fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with(['*', '/']))
}

/// The words of the code.
pub(super) fn words(text: &str) -> BTreeSet<&str> {
    code(text).flat_map(|line| line.split(|c: char| !is_of_name(c))).collect()
}

/// What it declares.
pub(super) fn name(declaration: &str) -> Option<&str> {
    let line = declaration.lines().find_map(|line| line.strip_prefix("export "))?;
    let kinds = ["class ", "function ", "interface ", "type ", "const "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    rest.split(|c: char| !is_of_name(c)).next()
}

pub(super) const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/** A. */\nexport class A {\n    b: { c: C };\n}\n\nexport type B = \"b\";\nexport type C =\n    | \"c\"\n    | \"d\";\n/** Not D. */\nexport function f(a: A): void;\nexport interface D extends B {\n}\n";

    #[test]
    fn declarations_are_told_apart_by_name() {
        let names: Vec<_> = declarations(TEXT).into_iter().filter_map(name).collect();
        assert_eq!(names, ["A", "B", "C", "f", "D"]);
    }

    #[test]
    fn types_that_nothing_leads_to_are_left_out() {
        let text = reachable(&declarations(TEXT));
        let names: Vec<_> = declarations(&text).into_iter().filter_map(name).collect();
        assert_eq!(names, ["A", "C", "f"]);
    }
}
