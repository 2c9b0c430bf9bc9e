//! `windlass/testing`: the server's endpoints in WebAssembly, as text in a script.

use xshell::cmd;

use crate::{entries, module::Module, package, sh::Sh, size, stamp::Stamp};

/// A script of the npm package.
struct Script {
    file: &'static str,
    /// The script in `sdk/wasm/testing` that it is bundled from.
    source: &'static str,
    format: &'static str,
    platform: &'static str,
}

/// For `import`, with the module in it; and for `require`, which reads the module from the first.
const SCRIPTS: [Script; 2] = [
    Script { file: "testing.js", source: "index.js", format: "esm", platform: "neutral" },
    Script { file: "testing.cjs", source: "commonjs.js", format: "cjs", platform: "node" },
];

/// The declarations for `require`.
const DECLARED: &str = "testing.d.cts";

/// Builds it and prints its sizes.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    build(sh)?;
    let scripts = SCRIPTS.map(|script| sh.path(Module::TESTING.pkg).join(script.file));
    for file in [Module::TESTING.wasm(sh)].into_iter().chain(scripts) {
        let [raw, gzip, brotli] = size::sizes(sh, &file)?;
        let file = file.file_name().unwrap_or_default().display();
        println!("{file}: {raw} bytes, {gzip} after gzip -9, {brotli} after brotli 11");
    }
    Ok(())
}

/// Builds what `windlass/testing` loads.
pub(crate) fn build(sh: &Sh) -> anyhow::Result<()> {
    let module = Module::TESTING;
    package::modules(sh, &[module])?;
    let (here, pkg) = (sh.path("sdk/wasm/testing"), sh.path(module.pkg));
    let sources = [here.clone(), sh.path("sdk/wasm/js"), module.wasm(sh), module.glue(sh)];
    let scripts = SCRIPTS.map(|script| pkg.join(script.file));
    let results = [&scripts[..], &[pkg.join(DECLARED)]].concat();
    let stamp = Stamp::new(pkg.join(".entries-stamp"), "rolldown", &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    entries::encode(sh, &module)?;
    // Bundling leaves out the code that fetches a module by its URL.
    for Script { file: name, source, format, platform } in SCRIPTS {
        let (source, file) = (here.join(source), pkg.join(name));
        let options = ["--format", format, "--platform", platform];
        let bundle = cmd!(sh, "rolldown {source} {options...} --file {file}");
        sh.run(&format!("bundling {name}"), "seconds", bundle)?;
    }
    entries::declare(sh, &here.join("index.d.ts"), &pkg.join(DECLARED))?;
    stamp.write()
}
