//! The ways into the npm package beside its URL entry: the module as text in a script, and bundles for CommonJS.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{sh::Sh, stamp::Stamp, wasm};

/// The module in base64, in [`wasm::PKG`].
const BYTES: &str = "windlass_wasm_bytes.js";
/// What `require` loads, in [`wasm::PKG`]: of which script and declarations. TypeScript wants the kind of module in their name.
const COMMONJS: [[&str; 4]; 2] = [
    ["sdk/wasm/inline.js", "windlass.cjs", "sdk/wasm/windlass.d.ts", "windlass.d.cts"],
    ["sdk/wasm/sep9.js", "sep9.cjs", "sdk/wasm/sep9.d.ts", "sep9.d.cts"],
];

/// What the entries are made from, apart from the module and its glue.
const SOURCES: [&str; 9] = [
    "package-lock.json",
    "sdk/wasm/api.js",
    "sdk/wasm/check.js",
    "sdk/wasm/error.js",
    "sdk/wasm/inline.js",
    "sdk/wasm/sep9.d.ts",
    "sdk/wasm/sep9.js",
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
    let bundles = COMMONJS.iter().flat_map(|[_, script, _, types]| [*script, *types]);
    let results: Vec<_> = bundles.chain([BYTES]).map(|result| pkg.join(result)).collect();
    let how = format!("{ENCODE} {BUNDLE:?}");
    let stamp = Stamp::new(pkg.join(".entries-stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut encode = sh.command("node");
    encode.args(["--eval", ENCODE]).args([pkg.join(wasm::MODULE), pkg.join(BYTES)]);
    sh.step("writing the module as text", "seconds", &mut encode)?;
    for [entry, script, declared, types] in COMMONJS {
        let mut bundle = sh.command("rolldown");
        bundle.arg(entry).args(BUNDLE).arg("--file").arg(pkg.join(script));
        sh.step(&format!("bundling {script}"), "seconds", &mut bundle)?;
        copy(&sh.path(declared), &pkg.join(types))?;
    }
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
const BUNDLE: [&str; 4] = ["--format", "cjs", "--platform", "neutral"];
