//! Builds the npm package's modules with wasm-pack, and runs the tests that are compiled to
//! WebAssembly.

use std::{env, fs, path::Path};

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::{browser, cargo::WASM, module::Module, sh::Sh, stamp::Stamp};

/// One build serves browsers and Node. `--no-gitignore`: npm would leave out what a `.gitignore`
/// names. wasm-opt is called separately, to keep a copy of the module that has the
/// names of its functions.
const BUILD: [&str; 9] = [
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
const OPTIMIZE: &str = "-Oz";

/// Where the tests run that are compiled to WebAssembly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Engine {
    Node,
    Chromium,
}

/// Builds a module unless its build is up to date; returns whether it was built now.
pub(crate) fn build(sh: &Sh, module: &Module) -> anyhow::Result<bool> {
    let pkg = sh.path(module.pkg);
    let rustc =
        sh.read(cmd!(sh, "rustc -V")).context("`rustc` does not run: install Rust with rustup")?;
    let features = module.features;
    let how = format!("{rustc} {BUILD:?} {OPTIMIZE} {features}");
    let sources: Vec<_> =
        WORKSPACE.iter().chain(module.sources).map(|source| sh.path(source)).collect();
    let results = [module.wasm(sh), module.glue(sh), module.declarations(sh)];
    let stamp = Stamp::new(pkg.join(".stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(false);
    }
    sh.remove_path(&pkg)?;
    pack(sh, module, &sh.path(module.package), &pkg)?;

    let (wasm, named) = (module.wasm(sh), module.named(sh));
    if !wasm.exists() {
        bail!("wasm-pack left no {}: was the crate renamed?", wasm.display());
    }
    fs::rename(&wasm, &named)?;
    let optimize = cmd!(sh, "wasm-opt {named} {OPTIMIZE} -o {wasm}");
    sh.run("shrinking it", "about 15 s", optimize)?;
    stamp.write()?;
    Ok(true)
}

/// Runs wasm-pack in the folder of a module's `package`, which may be in a copy of this repository.
pub(crate) fn pack(sh: &Sh, module: &Module, package: &Path, pkg: &Path) -> anyhow::Result<()> {
    let (features, paths) = (module.features, without_paths());
    let pack = cmd!(
        sh,
        "wasm-pack build {package} --out-dir {pkg} {BUILD...}
         -- --no-default-features --features {features} {paths...}"
    );
    let pack = pack.env("CARGO_TARGET_DIR", sh.target());
    sh.run(&format!("building the module for {}", module.what), "about 1 min", pack).map(drop)
}

/// What every module is made from.
const WORKSPACE: &[&str] = &[".cargo/config.toml", "Cargo.lock", "Cargo.toml"];

/// Options for Cargo that keep the builder's folders out of the texts of panics. The environment
/// variable `RUSTFLAGS` would replace the flags in `.cargo/config.toml`; this adds to them.
fn without_paths() -> [String; 2] {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| home + "/.cargo"));
    let flag = format!("--remap-path-prefix={}=cargo", home.unwrap_or_default());
    ["--config".to_owned(), format!("target.{WASM}.rustflags = [{flag:?}]")]
}

/// Runs the tests of the crate `tests` that are compiled to WebAssembly.
pub(crate) fn test(sh: &Sh, engine: Engine) -> anyhow::Result<()> {
    let (what, test) = match engine {
        Engine::Node => {
            ("running the wasm tests in Node", cmd!(sh, "wasm-pack test --mode no-install --node"))
        }
        Engine::Chromium => {
            let chromium = ["--headless", "--chrome", "--chromedriver", browser::DRIVER];
            let test = cmd!(sh, "wasm-pack test --mode no-install {chromium...}");
            // Tests that name no engine run in both.
            ("running the wasm tests in Chromium", test.env("WASM_BINDGEN_USE_BROWSER", "1"))
        }
    };
    // The default of 20 s is for the whole run, short on a machine that does other work too.
    let test = test.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    let test = test.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    let output = sh.run(what, "about 1 min", test.arg("tests"))?;
    // The runner calls it a success when every test is for another engine.
    if !output.contains("test result: ok. ") {
        bail!("no test was run");
    }
    Ok(())
}
