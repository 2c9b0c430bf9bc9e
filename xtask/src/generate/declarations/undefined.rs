//! `| undefined` on what a caller may leave out: TypeScript's `exactOptionalPropertyTypes` otherwise
//! refuses `{ id: user.id }` where `user.id` may be undefined.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{code, declarations, is_of_name, is_value, name, words};

/// The declarations, in which every optional member of an interface that the package takes and
/// never gives may be `undefined`. In an answer it is a value or absent.
pub(super) fn allow_undefined(text: &str) -> String {
    let declarations = declarations(text);
    let taken = taken(&declarations);
    let changed: String = declarations
        .iter()
        .map(|declaration| match name(declaration) {
            Some(name) if taken.contains(name) => {
                declaration.lines().map(|line| or_undefined(line) + "\n").collect()
            }
            _ => (*declaration).to_owned(),
        })
        .collect();
    let rest: usize = declarations.iter().map(|declaration| declaration.len()).sum();
    changed + &text[rest..]
}

fn or_undefined(line: &str) -> String {
    let member = line.strip_suffix(';').and_then(|line| line.split_once("?: "));
    match member {
        Some((name, kind)) if is_member(name) && !kind.ends_with("undefined") => {
            let kind = if kind.contains("=>") { format!("({kind})") } else { kind.to_owned() };
            format!("{name}?: {kind} | undefined;")
        }
        _ => line.to_owned(),
    }
}

fn is_member(name: &str) -> bool {
    name.strip_prefix("    ").is_some_and(|name| name.chars().all(is_of_name))
}

/// Which way a type goes.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Way {
    Taken,
    Given,
}

impl Way {
    const fn back(self) -> Self {
        match self {
            Self::Taken => Self::Given,
            Self::Given => Self::Taken,
        }
    }
}

/// The names of the types that the package takes and never gives.
fn taken<'a>(declarations: &[&'a str]) -> BTreeSet<&'a str> {
    let types: BTreeMap<_, _> = declarations
        .iter()
        .filter(|declaration| !is_value(declaration))
        .filter_map(|declaration| Some((name(declaration)?, *declaration)))
        .collect();
    let mut ways = BTreeSet::new();
    let values = declarations.iter().filter(|declaration| is_value(declaration));
    let mut open: Vec<_> =
        values.flat_map(|value| code(value)).map(|it| (it, Way::Given)).collect();
    while let Some((text, way)) = open.pop() {
        if let Some((parameters, result)) = function(text) {
            open.push((parameters, way.back()));
            open.push((result, way));
            continue;
        }
        for word in words(text) {
            if let Some((name, declaration)) = types.get_key_value(word)
                && ways.insert((*name, way))
            {
                open.extend(code(declaration).map(|line| (line, way)));
            }
        }
    }
    types
        .into_keys()
        .filter(|&it| ways.contains(&(it, Way::Taken)) && !ways.contains(&(it, Way::Given)))
        .collect()
}

/// Parameters and result of a line that declares a function, a method or a member that is one.
fn function(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once('(')?;
    if name.trim_start() == "constructor" {
        return Some((rest.strip_suffix(");")?, ""));
    }
    let rest = rest.trim_start_matches('(');
    let (parameters, result) = ["): ", ") => "].iter().find_map(|end| rest.split_once(end))?;
    // That something is of a type says nothing of who made it.
    Some((parameters, if result.contains(" is ") { "" } else { result }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
export interface Options extends More {
    /**
     * What if?: nothing;
     */
    a?: A;
    a2?: string | undefined;
    done?: (given: Given) => Answer;
    none?: undefined;
    f(a?: A): void;
}
export interface More {
    b?: string;
}
export interface Answer {
    c?: string;
}
export interface Given {
    d?: string;
}
export interface Both {
    e?: string;
}
export type A = B & (\"a\" | { [name in C]?: string });
export class C {
    constructor(options?: Options);
    f(both: Both): Promise<Both>;
}
";

    #[test]
    fn only_what_is_taken_may_be_undefined() {
        let changed = allow_undefined(TEXT);
        let lines: Vec<_> = changed.lines().filter(|line| !TEXT.contains(line)).collect();
        assert_eq!(
            lines,
            [
                "    a?: A | undefined;",
                "    done?: ((given: Given) => Answer) | undefined;",
                "    b?: string | undefined;",
                "    c?: string | undefined;",
            ]
        );
    }
}
