//! Writes the page of what is proved to the standard output: the text of `tests/CONFORMANCE.md`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::{io::Write as _, path::Path};

    use windlass_tests::conformance::{documents, page, sources};

    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = page::render(&documents(&workspace)?, &sources::index(&workspace)?);
    std::io::stdout().write_all(page.as_bytes())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
