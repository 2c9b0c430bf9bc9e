//! `windlass/testing`: the server's endpoints in WebAssembly, as text in a script.

use std::fs;

use anyhow::Context as _;
use xshell::cmd;

use crate::{
    entries,
    setup::{self, Need},
    sh::Sh,
    size,
    stamp::Stamp,
    wasm,
};

/// The folder that wasm-pack and the bundler write to. The other files are in it.
const PKG: &str = "sdk/wasm/testing/pkg";
const MODULE: &str = "windlass_test_anchor_bg.wasm";
/// The module in base64.
const BYTES: &str = "windlass_test_anchor_bytes.js";

/// A script of the npm package.
struct Script {
    file: &'static str,
    /// The script in `sdk/wasm/testing` that it is bundled from.
    source: &'static str,
    format: &'static str,
    platform: &'static str,
}

/// For `import`, with the module in it.
const SCRIPT: Script =
    Script { file: "testing.js", source: "index.js", format: "esm", platform: "neutral" };
/// For `require`. It reads the module from [`SCRIPT`].
const COMMONJS: Script =
    Script { file: "testing.cjs", source: "commonjs.js", format: "cjs", platform: "node" };
/// The declarations of [`COMMONJS`].
const DECLARED: &str = "testing.d.cts";

/// Files and folders; one that does not exist counts as empty.
const SOURCES: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "anchor/endpoints",
    "sdk/core/Cargo.toml",
    "sdk/core/src",
    "sdk/test-anchor/Cargo.toml",
    "sdk/test-anchor/src",
    "sdk/wasm/testing",
    "sdk/wasm/js",
];

/// Builds it and prints its sizes.
///
/// # Errors
///
/// It does not build.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    build(sh)?;
    for file in [MODULE, SCRIPT.file, COMMONJS.file] {
        let [raw, gzip, brotli] = size::sizes(sh, &sh.path(PKG).join(file))?;
        println!("{file}: {raw} bytes, {gzip} after gzip -9, {brotli} after brotli 11");
    }
    Ok(())
}

/// Builds what `windlass/testing` loads.
///
/// # Errors
///
/// A tool is missing and cannot be installed, or it does not build.
pub(crate) fn build(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmTools, Need::Npm])?;
    let pkg = sh.path(PKG);
    let sources = SOURCES.map(|source| sh.path(source));
    let how = format!("{:?} {}", wasm::BUILD, wasm::OPTIMIZE);
    let results = [SCRIPT.file, COMMONJS.file, DECLARED].map(|file| pkg.join(file));
    let stamp = Stamp::new(pkg.join(".stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    if pkg.exists() {
        fs::remove_dir_all(&pkg).with_context(|| format!("cannot remove {PKG}"))?;
    }
    let (build, paths) = (wasm::BUILD, wasm::without_paths());
    let out = "../wasm/testing/pkg";
    let pack = cmd!(sh, "wasm-pack build sdk/test-anchor --out-dir {out} {build...} -- {paths...}");
    sh.run("building the test anchor", "about 2 min", pack)?;
    let module = pkg.join(MODULE);
    wasm::optimize(sh, &module, &module)?;
    entries::encode(sh, &module, &pkg.join(BYTES))?;
    // Bundling leaves out the code that fetches a module by its URL.
    for Script { file: name, source, format, platform } in [SCRIPT, COMMONJS] {
        let (source, file) = (sh.path("sdk/wasm/testing").join(source), pkg.join(name));
        let options = ["--format", format, "--platform", platform];
        let bundle = cmd!(sh, "rolldown {source} {options...} --file {file}");
        sh.run(&format!("bundling {name}"), "seconds", bundle)?;
    }
    entries::declare(&sh.path("sdk/wasm/testing/index.d.ts"), &pkg.join(DECLARED))?;
    stamp.write()
}
