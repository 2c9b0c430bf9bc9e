//! The npm package: wasm-pack builds and binds it, wasm-opt shrinks it.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use crate::{browser, cargo::WASM, entries, setup, setup::Need, sh::Sh, stamp::Stamp};

/// Where the built package is.
pub(crate) const PKG: &str = "sdk/wasm/pkg";

/// The built module, in [`PKG`].
pub(crate) const MODULE: &str = "windlass_wasm_bg.wasm";

/// The JavaScript that binds it, in [`PKG`].
pub(crate) const GLUE: &str = "windlass_wasm.js";

/// Its TypeScript declarations, in [`PKG`].
pub(crate) const DECLARATIONS: &str = "windlass_wasm.d.ts";

/// One build for browsers and Node; size comes first. `--no-gitignore`: npm would leave out what a `.gitignore` names.
const BUILD: [&str; 11] = [
    "build",
    "sdk/wasm",
    "--mode",
    "no-install",
    "--target",
    "web",
    "--no-pack",
    "--no-gitignore",
    "--no-opt",
    "--profile",
    "wasm",
];

/// The features of rustc's wasm32 target, named because a stripped module does not say which it uses.
const SHRINK: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the package is made from.
const SOURCES: [&str; 8] = [
    "Cargo.lock",
    "Cargo.toml",
    "sdk/core/Cargo.toml",
    "sdk/core/src",
    "sdk/client/Cargo.toml",
    "sdk/client/src",
    "sdk/wasm/Cargo.toml",
    "sdk/wasm/src",
];

/// Where the tests run that are compiled to WebAssembly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Engine {
    Node,
    Chromium,
}

/// Builds the npm package into [`PKG`].
///
/// # Errors
///
/// A tool is missing and cannot be installed, or the package does not build.
pub(crate) fn build(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmTools, Need::Npm])?;
    let pkg = sh.path(PKG);
    let rustc = sh
        .read(sh.command("rustc").arg("-V"))
        .context("`rustc` does not run: install Rust with rustup")?;
    let how = format!("{rustc} {BUILD:?} {SHRINK:?} undocumented");
    let sources = SOURCES.map(|source| sh.path(source));
    let results = [MODULE, GLUE, DECLARATIONS].map(|result| pkg.join(result));
    let stamp = Stamp::new(pkg.join(".stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return entries::write(sh);
    }
    if pkg.exists() {
        fs::remove_dir_all(&pkg).with_context(|| format!("cannot remove {PKG}"))?;
    }
    let mut pack = sh.command("wasm-pack");
    pack.args(BUILD).arg("--").args(nameless());
    sh.step("building the wasm package", "about 2 min", &mut pack)?;

    let module = pkg.join(MODULE);
    if !module.exists() {
        bail!("wasm-pack left no {PKG}/{MODULE}: is the crate still called windlass-wasm?");
    }
    let mut shrink = sh.command("wasm-opt");
    shrink.arg(&module).args(SHRINK).arg("-o").arg(&module);
    sh.step("shrinking it", "about 15 s", &mut shrink)?;
    let glue = pkg.join(GLUE);
    let text = fs::read_to_string(&glue).with_context(|| format!("cannot read {PKG}/{GLUE}"))?;
    fs::write(&glue, undocumented(&text)).with_context(|| format!("cannot write {PKG}/{GLUE}"))?;
    stamp.write()?;
    entries::write(sh)
}

/// A script without its documentation, which the declarations have: pages would download it.
fn undocumented(script: &str) -> String {
    let mut inside = false;
    let mut text = String::with_capacity(script.len());
    for line in script.lines() {
        let trimmed = line.trim();
        inside |= trimmed.starts_with("/**");
        if !inside {
            text += line;
            text.push('\n');
        }
        inside &= !trimmed.ends_with("*/");
    }
    text
}

/// Options for Cargo without which the texts of panics would name the folders of whoever built the package. An environment
/// variable would replace the flags of `.cargo/config.toml`; this adds to them.
fn nameless() -> [String; 2] {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| home + "/.cargo"));
    let flag = format!("--remap-path-prefix={}=cargo", home.unwrap_or_default());
    ["--config".to_owned(), format!("target.{WASM}.rustflags = ['{flag}']")]
}

/// Runs the tests of the crate `tests` that are compiled to WebAssembly; answers with their output.
///
/// # Errors
///
/// They do not build, or one fails.
pub(crate) fn test(sh: &Sh, engine: Engine) -> anyhow::Result<String> {
    let mut command = sh.command("wasm-pack");
    command.args(["test", "--mode", "no-install"]);
    // The default of 20 s is for the whole run, short on a machine that does other work too.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    let what = match engine {
        Engine::Node => {
            command.arg("--node");
            "running the wasm tests in Node"
        }
        Engine::Chromium => {
            command.args(["--headless", "--chrome", "--chromedriver", browser::DRIVER]);
            // Tests that name no engine run in both.
            command.env("WASM_BINDGEN_USE_BROWSER", "1");
            "running the wasm tests in Chromium"
        }
    };
    command.arg("tests");
    sh.step(what, "about 1 min", &mut command)
}

/// A check that the core compiles for the browser alone: no other package adds a feature to what it depends on.
pub(crate) fn check_core(sh: &Sh) -> Command {
    let mut command = sh.command("cargo");
    command.args(["check", "-p", "windlass-core", "--no-default-features", "--target", WASM]);
    command
}

/// Raw, gzip -9 and brotli 11 bytes of a file, by Node's own zlib.
///
/// # Errors
///
/// Node or the file is missing.
pub(crate) fn sizes(sh: &Sh, file: &std::path::Path) -> anyhow::Result<[u64; 3]> {
    let mut node = sh.command("node");
    let output = node.args(["--eval", SIZES]).arg(file).stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    <[u64; 3]>::try_from(numbers)
        .ok()
        .with_context(|| format!("Node cannot measure {}", file.display()))
}

const SIZES: &str = "\
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');
const bytes = require('node:fs').readFileSync(process.argv[1]);
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, brotli).length);";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_their_documentation_alone() {
        let script = "/**\n * A /* key */.\n */\nexport class Key {\n    /** One line. */\n    a = \"/** text */\"; // why\n}\n";
        assert_eq!(
            undocumented(script),
            "export class Key {\n    a = \"/** text */\"; // why\n}\n"
        );
    }
}
