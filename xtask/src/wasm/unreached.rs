//! Functions that nobody reaches, and that wasm-bindgen leaves in the table of functions.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::Context as _;
use wasmparser::{
    ExternalKind, FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};

/// Parts of their names: what calls a closure, which a script does by an export or nobody; and what suspends a module, which no module
/// here does.
pub(super) const NAMES: [&str; 2] = ["::convert::closures::_::invoke::<", "::futures::jspi::"];

/// Empties them; wasm-opt then leaves out what only they needed.
///
/// # Errors
///
/// The module cannot be read or written.
pub(super) fn empty(module: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    fs::write(module, emptied(bytes)?).with_context(|| format!("cannot write {}", module.display()))
}

fn emptied(mut bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let (mut imported, mut exported) = (0, BTreeSet::new());
    let (mut bodies, mut unreached) = (Vec::new(), BTreeSet::new());
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exported.insert(export.index);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push((body.range(), called(&body)?)),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(parts) = section.as_known() else { continue };
                for part in parts {
                    let Name::Function(functions) = part? else { continue };
                    for function in functions {
                        let function = function?;
                        if NAMES.iter().any(|name| function.name.contains(name)) {
                            unreached.insert(function.index);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    // Exports may be shims that call what they are for.
    unreached = &unreached - &exported;
    loop {
        let reached: BTreeSet<_> = (imported..)
            .zip(&bodies)
            .filter(|(index, _)| !unreached.contains(index))
            .flat_map(|(_, (_, called))| called.intersection(&unreached).copied())
            .collect();
        if reached.is_empty() {
            break;
        }
        unreached = &unreached - &reached;
    }
    for (index, (body, _)) in (imported..).zip(bodies) {
        if unreached.contains(&index) {
            trap(&mut bytes[body.start as usize..body.end as usize]);
        }
    }
    Ok(bytes)
}

/// Whom a function calls by name.
fn called(body: &FunctionBody<'_>) -> anyhow::Result<BTreeSet<u32>> {
    let mut called = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        if let Operator::Call { function_index } | Operator::ReturnCall { function_index } =
            operator?
        {
            called.insert(function_index);
        }
    }
    Ok(called)
}

/// Makes a body of the same length that has no locals and only ends the module, with nothing to do in what is left.
fn trap(body: &mut [u8]) {
    const NO_LOCALS: u8 = 0;
    const UNREACHABLE: u8 = 0;
    const NOP: u8 = 1;
    const END: u8 = 0x0b;
    if let [locals, first, rest @ .., last] = body {
        (*locals, *first, *last) = (NO_LOCALS, UNREACHABLE, END);
        rest.fill(NOP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_reached_stays() {
        // Four functions that call another; the first is exported.
        let text = |text: &str| [&[text.len() as u8], text.as_bytes()].concat();
        let section = |id: u8, content: Vec<u8>| [vec![id, content.len() as u8], content].concat();
        let calling = |function: u8| [5, 0, 0x10, function, 0x01, 0x0b];
        let bodies = [calling(1), calling(3), calling(0), calling(3)];
        let one = text(NAMES[1]);
        let names = [&[4, 0][..], &one, &[1], &one, &[2], &one, &[3], &text("a")].concat();
        let module = [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, vec![1, 0x60, 0, 0]),
            section(3, vec![4, 0, 0, 0, 0]),
            section(7, [&[1][..], &text("a"), &[0, 0]].concat()),
            section(10, [&[4][..], &bodies.concat()].concat()),
            section(0, [text("name"), vec![1, names.len() as u8], names].concat()),
        ];
        let before = module[..4].concat().len() + 3;
        let emptied = emptied(module.concat()).unwrap();
        let emptied: Vec<_> = emptied[before..before + 24].chunks(6).collect();
        let trap = [5, 0, 0, 1, 1, 0x0b];
        assert_eq!(emptied, [&bodies[0], &bodies[1], &trap, &bodies[3]]);
    }
}
