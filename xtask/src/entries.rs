//! The ways into the npm package beside its URL entry: the module as text in a script, and a bundle for CommonJS.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{sh::Sh, stamp::Stamp, wasm};

/// The module in base64, in [`wasm::PKG`].
const BYTES: &str = "windlass_wasm_bytes.js";
/// What `require("windlass")` loads, in [`wasm::PKG`].
const COMMONJS: &str = "windlass.cjs";
/// The declarations of [`COMMONJS`]: TypeScript wants the kind of module in the file's name.
const COMMONJS_TYPES: &str = "windlass.d.cts";

/// What the entries are made from, apart from the module and its glue.
const SOURCES: [&str; 6] = [
    "package-lock.json",
    "sdk/wasm/api.js",
    "sdk/wasm/error.js",
    "sdk/wasm/inline.js",
    "sdk/wasm/watch.js",
    "sdk/wasm/windlass.d.ts",
];

/// Writes the entries, of a package that is built.
///
/// # Errors
///
/// The module is missing, or the bundler fails.
pub(crate) fn write(sh: &Sh) -> anyhow::Result<()> {
    let pkg = sh.path(wasm::PKG);
    let mut sources = SOURCES.map(|source| sh.path(source)).to_vec();
    sources.extend([wasm::MODULE, wasm::GLUE].map(|file| pkg.join(file)));
    let results = [BYTES, COMMONJS, COMMONJS_TYPES].map(|result| pkg.join(result));
    let how = format!("{ENCODE} {BUNDLE:?}");
    let stamp = Stamp::new(pkg.join(".entries-stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut encode = sh.command("node");
    encode.args(["--eval", ENCODE]).args([pkg.join(wasm::MODULE), pkg.join(BYTES)]);
    sh.step("writing the module as text", "seconds", &mut encode)?;
    let mut bundle = sh.command("rolldown");
    bundle.args(BUNDLE).arg("--file").arg(pkg.join(COMMONJS));
    sh.step("bundling it for CommonJS", "seconds", &mut bundle)?;
    copy(&sh.path("sdk/wasm/windlass.d.ts"), &pkg.join(COMMONJS_TYPES))?;
    stamp.write()
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

const ENCODE: &str = "\
const { readFileSync, writeFileSync } = require('node:fs');
const [module, script] = process.argv.slice(1);
const text = readFileSync(module).toString('base64');
writeFileSync(script, `// The WebAssembly module in base64.\\nexport default \"${text}\";\\n`);";

/// Neutral: neither Node's modules nor a browser's names are wanted in it.
const BUNDLE: [&str; 5] = ["sdk/wasm/inline.js", "--format", "cjs", "--platform", "neutral"];
