//! The table of the environments in which the npm package is tested, for its README.

use anyhow::Context as _;
use serde::Deserialize;

/// The lines between which the table is.
const BEGIN: &str =
    "<!-- From tests/packaging/environments.json, by `cargo xtask generate`. -->\n\n";
const END: &str = "\n<!-- End of the table. -->";

/// An environment: a row of the register.
#[derive(Deserialize)]
struct Environment {
    tool: String,
    /// The entry of the package; `None` if nothing of it can be used there.
    import: Option<String>,
    note: Option<String>,
}

/// A text with the table of this register, in place of the one that it has.
pub(super) fn within(text: &str, register: &str) -> anyhow::Result<String> {
    let rows: Vec<Environment> =
        serde_json::from_str(register).context("the register of environments is malformed")?;
    let (before, rest) = text.split_once(BEGIN).context("the README has no place for the table")?;
    let (_, after) = rest.split_once(END).context("the README has no end of the table")?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", table(&rows)))
}

fn table(rows: &[Environment]) -> String {
    let mut text = "| Your tool | What to import | |\n|---|---|---|\n".to_owned();
    for Environment { tool, import, note } in rows {
        let import = import.as_ref().map_or("nothing".to_owned(), |entry| format!("`{entry}`"));
        text += &format!("| {tool} | {import} | {} |\n", note.as_deref().unwrap_or_default());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_replaced_and_the_rest_of_the_text_kept() {
        let text = |table: &str| format!("Before\n\n{BEGIN}{table}{END}\n\nAfter\n");
        let register = r#"[{"tool": "Vite", "import": "windlass", "tests": ["a"]},
            {"tool": "Hermes", "import": null, "note": "no WebAssembly", "tests": []}]"#;
        let table = "| Your tool | What to import | |\n|---|---|---|\n\
                     | Vite | `windlass` |  |\n| Hermes | nothing | no WebAssembly |\n";
        let made = within(&text("old"), register).unwrap();
        assert_eq!(made, text(table));
        assert_eq!(within(&made, register).unwrap(), made);
        assert!(within("no place", register).is_err());
    }
}
