//! Which crates and modules take how much space in a WebAssembly module.

use std::{collections::BTreeMap, path::Path};

use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::sh::Sh;

/// The largest parts, each with its kilobytes of code before compression.
pub(super) fn heaviest(sh: &Sh, module: &Path, most: usize) -> anyhow::Result<Vec<String>> {
    let mut rooms: Vec<_> = rooms(&sh.read_binary_file(module)?)?.into_iter().collect();
    rooms.sort_by_key(|(room, size)| (std::cmp::Reverse(*size), room.clone()));
    rooms.truncate(most);
    Ok(rooms.iter().map(|(room, size)| format!("{room} {:.1}", *size as f64 / 1000.0)).collect())
}

/// Bytes of code by part.
fn rooms(bytes: &[u8]) -> anyhow::Result<BTreeMap<String, u64>> {
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().end - body.range().start),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(parts) = section.as_known() else { continue };
                for part in parts {
                    let Name::Function(functions) = part? else { continue };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, function.name);
                    }
                }
            }
            _ => {}
        }
    }
    let mut rooms = BTreeMap::new();
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).copied().unwrap_or_default();
        *rooms.entry(room(name)).or_default() += size;
    }
    Ok(rooms)
}

/// The part of a function: its crate and module, or for a foreign crate the crate. `<T as
/// core::fmt::Display>::fmt` belongs to `T`.
fn room(name: &str) -> String {
    let path = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let mut parts = path.split("::").map(|part| {
        part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default()
    });
    match (parts.next().unwrap_or_default(), parts.next()) {
        (first, Some(second)) if first.starts_with("windlass") => format!("{first}::{second}"),
        (first, Some(_)) if first.len() > 1 => first.to_owned(),
        _ => "bindings and others".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_crates_and_our_own_modules() {
        for (name, expected) in [
            ("windlass_core::sep10::check::memo", "windlass_core::sep10"),
            ("<windlass_core[1f]::xdr::Memo as core[2e]::fmt::Debug>::fmt", "windlass_core::xdr"),
            ("alloc::string::String::push", "alloc"),
            ("<&T as core::fmt::Display>::fmt", "bindings and others"),
            ("session_uploadFile", "bindings and others"),
        ] {
            assert_eq!(room(name), expected, "{name}");
        }
    }
}
