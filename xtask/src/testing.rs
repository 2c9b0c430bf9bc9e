//! `windlass/testing`: the server's endpoints in WebAssembly, as text in one script.

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

/// Where wasm-pack and the bundler put it.
const PKG: &str = "sdk/wasm/testing/pkg";
/// The built module, in [`PKG`].
const MODULE: &str = "windlass_testing_bg.wasm";
/// The module in base64, in [`PKG`].
const BYTES: &str = "windlass_testing_bytes.js";
/// What the npm package has, in [`PKG`]: from which script of the folder above, in which format, for what.
const SCRIPT: [&str; 4] = ["testing.js", "index.js", "esm", "neutral"];
/// The same for `require`, which reads the module from the first.
const COMMONJS: [&str; 4] = ["testing.cjs", "commonjs.js", "cjs", "node"];
/// The declarations of the second, in [`PKG`].
const DECLARED: &str = "testing.d.cts";

const SOURCES: [&str; 11] = [
    "Cargo.lock",
    "Cargo.toml",
    "anchor/Cargo.toml",
    "anchor/locales",
    "anchor/src",
    "sdk/core/Cargo.toml",
    "sdk/core/src",
    "sdk/testing/Cargo.toml",
    "sdk/testing/src",
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
    for file in [MODULE, SCRIPT[0], COMMONJS[0]] {
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
    let results = [SCRIPT[0], COMMONJS[0], DECLARED].map(|file| pkg.join(file));
    let stamp = Stamp::new(pkg.join(".stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    if pkg.exists() {
        fs::remove_dir_all(&pkg).with_context(|| format!("cannot remove {PKG}"))?;
    }
    let (build, paths) = (wasm::BUILD, wasm::without_paths());
    let out = "../wasm/testing/pkg";
    let pack = cmd!(sh, "wasm-pack build sdk/testing --out-dir {out} {build...} -- {paths...}");
    sh.run("building the test anchor", "about 2 min", pack)?;
    let module = pkg.join(MODULE);
    wasm::optimize(sh, &module, &module)?;
    entries::encode(sh, &module, &pkg.join(BYTES))?;
    // One script each: what only a module with a URL of its own would need is left out.
    for [script, source, format, platform] in [SCRIPT, COMMONJS] {
        let (source, file) = (sh.path("sdk/wasm/testing").join(source), pkg.join(script));
        let options = ["--format", format, "--platform", platform];
        let bundle = cmd!(sh, "rolldown {source} {options...} --file {file}");
        sh.run(&format!("bundling {script}"), "seconds", bundle)?;
    }
    entries::declare(&sh.path("sdk/wasm/testing/index.d.ts"), &pkg.join(DECLARED))?;
    stamp.write()
}
