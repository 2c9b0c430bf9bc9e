//! The npm package: wasm-pack builds and binds it, wasm-opt shrinks it.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use crate::{
    browser,
    cargo::{UNSTABLE, WASM},
    entries, setup,
    setup::Need,
    sh::Sh,
    size,
    stamp::Stamp,
};

mod glue;

/// Rust code built for JavaScript.
pub(crate) struct Module {
    /// What it is for.
    pub(crate) what: &'static str,
    /// Where the build is.
    pub(crate) pkg: &'static str,
    /// The folder of its crate.
    package: &'static str,
    /// The crate's name with underscores.
    stem: &'static str,
    /// Features of the crate, separated by commas.
    features: &'static str,
    /// What it is made from, beside the workspace's own files.
    sources: &'static [&'static str],
}

/// What the bindings are made from.
const BINDINGS: &[&str] = &[
    "sdk/core/Cargo.toml",
    "sdk/core/src",
    "sdk/client/Cargo.toml",
    "sdk/client/src",
    "sdk/wasm/Cargo.toml",
    "sdk/wasm/src",
];

impl Module {
    const fn bindings(what: &'static str, pkg: &'static str, features: &'static str) -> Self {
        Self { what, pkg, package: "sdk/wasm", stem: "windlass_wasm", features, sources: BINDINGS }
    }

    /// All that a page needs.
    pub(crate) const WHOLE: Self = Self::bindings("everything", "sdk/wasm/pkg", "kyc");
    /// What a page needs that only signs in.
    pub(crate) const SIGN_IN: Self = Self::bindings("signing in", "sdk/wasm/pkg-sign-in", "");
    /// What a wallet's server needs, in addition.
    pub(crate) const SERVER: Self = Self::bindings("servers", "sdk/wasm/pkg-server", "server");
    /// Arithmetic for browsers that have none.
    pub(crate) const ED25519: Self = Self {
        what: "browsers without Ed25519",
        pkg: "sdk/wasm/pkg-ed25519",
        package: "sdk/ed25519",
        stem: "windlass_ed25519",
        features: "",
        sources: &["sdk/ed25519/Cargo.toml", "sdk/ed25519/src"],
    };

    /// Every module of the npm package.
    pub(crate) const ALL: [Self; 4] = [Self::WHOLE, Self::SIGN_IN, Self::SERVER, Self::ED25519];

    /// The WebAssembly.
    pub(crate) fn wasm(&self, sh: &Sh) -> PathBuf {
        self.file(sh, "_bg.wasm")
    }

    /// The JavaScript that binds it.
    pub(crate) fn glue(&self, sh: &Sh) -> PathBuf {
        self.file(sh, ".js")
    }

    /// Its TypeScript declarations.
    pub(crate) fn declarations(&self, sh: &Sh) -> PathBuf {
        self.file(sh, ".d.ts")
    }

    /// The WebAssembly in base64, in a script; made later.
    pub(crate) fn text(&self, sh: &Sh) -> PathBuf {
        self.file(sh, "_bytes.js")
    }

    /// The same with the names of its functions, to see what weighs how much.
    pub(crate) fn named(&self, sh: &Sh) -> PathBuf {
        sh.path(self.pkg).join("named.wasm")
    }

    fn file(&self, sh: &Sh, end: &str) -> PathBuf {
        sh.path(self.pkg).join(format!("{}{end}", self.stem))
    }
}

/// One build for browsers and Node; size comes first. `--no-gitignore`: npm would leave out what a `.gitignore` names.
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

/// The standard library is built with the module, for size as well, and a panic ends it at once: its text would go nowhere. It is
/// 5 KB less to download, compressed. Cargo and rustc call this [unstable](UNSTABLE).
const LEAN: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// Small functions are put in place early: what is left of them there is less than to call them, 1 KB compressed in all. The limits
/// are those of the smallest modules.
const LEAN_FLAGS: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zinline-mir=yes",
    "-Zinline-mir-threshold=25",
    "-Zinline-mir-hint-threshold=50",
];

/// The features of rustc's wasm32 target, named because a stripped module does not say which it uses.
pub(crate) const SHRINK: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Names are for people: functions lose theirs, and what is imported and exported is called by a letter or two.
const STRIP: [&str; 4] = [
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--minify-imports-and-exports-and-modules",
];

/// More than once, as each time finds what the one before has uncovered, and once with the order of steps made anew. The first kilobyte of
/// the memory is the end of the stack. Functions of up to five instructions go to where they are called: that is no larger, and leaves a
/// tenth fewer to a browser, which compiles each when it is first called.
const SMALL: [&str; 9] = [
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--always-inline-max-function-size",
    "5",
];

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
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmSources, Need::WasmTools, Need::Npm])?;
    let mut built = false;
    for module in Module::ALL {
        built |= module.build(sh)?;
    }
    entries::write(sh)?;
    if built { size::hold(sh) } else { Ok(()) }
}

impl Module {
    /// Answers whether there was something to do.
    fn build(&self, sh: &Sh) -> anyhow::Result<bool> {
        let pkg = sh.path(self.pkg);
        let rustc = sh
            .read(sh.command("rustc").arg("-V"))
            .context("`rustc` does not run: install Rust with rustup")?;
        let how = format!(
            "{rustc} {BUILD:?} {LEAN:?} {LEAN_FLAGS:?} {SHRINK:?} {SMALL:?} {STRIP:?} {} {}",
            self.features,
            glue::HOW
        );
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
        pack.args(LEAN).args(flags(&LEAN_FLAGS)).envs(UNSTABLE);
        sh.step(&format!("building the module for {}", self.what), "about 1 min", &mut pack)?;

        let module = self.wasm(sh);
        if !module.exists() {
            bail!("wasm-pack left no {}: is the crate called otherwise now?", module.display());
        }
        let named = self.named(sh);
        let mut shrink = sh.command("wasm-opt");
        shrink.arg(&module).args(SHRINK).args(SMALL).args(["-g", "-o"]).arg(&named);
        sh.step("shrinking it", "about 15 s", &mut shrink)?;
        let mut strip = sh.command("wasm-opt");
        strip.arg(&named).args(SHRINK).args(STRIP).arg("-o").arg(&module);
        let names = sh.read(&mut strip).context("wasm-opt cannot leave out the names")?;
        glue::lean(&self.glue(sh), &names)?;
        stamp.write()?;
        Ok(true)
    }
}

/// What every module is made from.
const WORKSPACE: &[&str] = &["Cargo.lock", "Cargo.toml"];

/// Options for Cargo with these flags for rustc, and with one without which the texts of panics would name the folders of whoever
/// built the package. An environment variable would replace the flags of `.cargo/config.toml`; this adds to them.
pub(crate) fn flags(flags: &[&str]) -> [String; 2] {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| home + "/.cargo"));
    let nameless = format!("--remap-path-prefix={}=cargo", home.unwrap_or_default());
    let flags = [flags, &[nameless.as_str()]].concat();
    ["--config".to_owned(), format!("target.{WASM}.rustflags = {flags:?}")]
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
