//! Writes the page of error codes to the standard output: the text of `docs/troubleshooting.md`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::{io::Write as _, path::Path};

    use windlass_tests::troubleshooting::page;

    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = page(&workspace)?;
    std::io::stdout().write_all(page.trim_end().as_bytes())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
