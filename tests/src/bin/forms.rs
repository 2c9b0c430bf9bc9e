//! Writes a script of the entry `windlass/forms` to the standard output: the texts of a language, or
//! the `limits`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::io::{self, Write as _};

    use windlass_tests::forms_entry::{limits, script};

    let text = match std::env::args().nth(1).as_deref() {
        Some("limits") => limits(),
        Some(language) => script(language)?,
        None => return Err(io::Error::other("the argument is limits or a language")),
    };
    io::stdout().write_all(text.as_bytes())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
