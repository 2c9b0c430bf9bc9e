//! Writes a part of the entry `windlass/sep9` to the standard output: its `script`, its
//! `declarations`, or the type of its `names`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::{fs, io, io::Write as _};

    use windlass_tests::sep9_entry::{declarations, fields, names, script};

    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/expected.json");
    let fields = fields(&fs::read(golden)?)?;
    let text = match std::env::args().nth(1).as_deref() {
        Some("script") => script(&fields),
        Some("declarations") => declarations(&fields),
        Some("names") => names(&fields),
        _ => return Err(io::Error::other("the argument is script, declarations or names")),
    };
    io::stdout().write_all(text.as_bytes())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
