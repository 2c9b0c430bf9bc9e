//! Builds the npm package's modules with wasm-pack, and runs the tests that are compiled to WebAssembly.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use crate::{
    browser,
    cargo::WASM,
    entries,
    module::Module,
    setup::{self, Need},
    sh::Sh,
    size,
    stamp::Stamp,
};

/// One build serves browsers and Node. `--no-gitignore`: npm would leave out what a `.gitignore` names. wasm-opt is
/// called [separately](optimize), to keep a copy of the module that has the names of its functions.
pub(crate) const BUILD: [&str; 9] = [
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

/// How wasm-opt is called: for size.
pub(crate) const OPTIMIZE: &str = "-Oz";

/// Where the tests run that are compiled to WebAssembly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Engine {
    Node,
    Chromium,
}

/// Builds every module of the npm package, and its entries.
///
/// # Errors
///
/// A tool is missing and cannot be installed, or the package does not build.
pub(crate) fn build(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmTools, Need::Npm])?;
    let mut built = false;
    for module in Module::ALL {
        built |= module.build(sh)?;
    }
    entries::write(sh)?;
    if built { size::hold(sh) } else { Ok(()) }
}

impl Module {
    /// Builds it unless that was done before; answers whether it was built now.
    fn build(&self, sh: &Sh) -> anyhow::Result<bool> {
        let pkg = sh.path(self.pkg);
        let rustc = sh
            .read(sh.command("rustc").arg("-V"))
            .context("`rustc` does not run: install Rust with rustup")?;
        let how = format!("{rustc} {BUILD:?} {OPTIMIZE} {}", self.features);
        let sources: Vec<_> =
            WORKSPACE.iter().chain(self.sources).map(|source| sh.path(source)).collect();
        let results = [self.wasm(sh), self.glue(sh), self.declarations(sh)];
        let stamp = Stamp::new(pkg.join(".stamp"), &how, &sources, &results)?;
        if stamp.is_fresh() {
            return Ok(false);
        }
        if pkg.exists() {
            fs::remove_dir_all(&pkg).with_context(|| format!("cannot remove {}", self.pkg))?;
        }
        let mut pack = sh.command("wasm-pack");
        pack.args(["build", self.package, "--out-dir"]).arg(&pkg).args(BUILD);
        pack.args(["--", "--no-default-features", "--features", self.features]);
        pack.args(without_paths());
        sh.step(&format!("building the module for {}", self.what), "about 1 min", &mut pack)?;

        let (module, named) = (self.wasm(sh), self.named(sh));
        if !module.exists() {
            bail!("wasm-pack left no {}: was the crate renamed?", module.display());
        }
        fs::rename(&module, &named)?;
        let mut optimize = sh.command("wasm-opt");
        optimize.arg(&named).args([OPTIMIZE, "-o"]).arg(&module);
        sh.step("shrinking it", "about 15 s", &mut optimize)?;
        stamp.write()?;
        Ok(true)
    }
}

/// What every module is made from.
const WORKSPACE: &[&str] = &[".cargo/config.toml", "Cargo.lock", "Cargo.toml"];

/// Options for Cargo that keep the builder's folders out of the texts of panics. The environment variable `RUSTFLAGS`
/// would replace the flags in `.cargo/config.toml`; this adds to them.
pub(crate) fn without_paths() -> [String; 2] {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| home + "/.cargo"));
    let flag = format!("--remap-path-prefix={}=cargo", home.unwrap_or_default());
    ["--config".to_owned(), format!("target.{WASM}.rustflags = [{flag:?}]")]
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
