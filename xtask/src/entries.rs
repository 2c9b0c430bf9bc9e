//! The entries of the npm package that fetch nothing: modules as text in scripts, and bundles for
//! CommonJS.

use std::path::Path;

use data_encoding::BASE64;
use xshell::cmd;

use crate::{module::Module, sh::Sh, stamp::Stamp};

/// Each script that is bundled for `require`, and the bundle, in the folder of [`Module::WHOLE`].
const COMMONJS: [[&str; 2]; 4] = [
    ["commonjs.js", "windlass.cjs"],
    ["forms.js", "forms.cjs"],
    ["init.js", "init.cjs"],
    ["sep9.js", "sep9.cjs"],
];

/// Declarations that are copied for `require`: TypeScript wants `.d.cts` there.
const DECLARED: [&str; 6] = ["forms", "init", "sep9", "server", "sign-in", "windlass"];

/// Writes the entries, and every module also as a script. The modules must have been built.
pub(crate) fn write(sh: &Sh, modules: &[Module]) -> anyhow::Result<()> {
    let (here, pkg) = (sh.path("sdk/wasm"), sh.path(Module::WHOLE.pkg));
    let mut sources = vec![sh.path("package-lock.json"), here.join("forms"), here.join("js")];
    for file in sh.read_dir(&here)? {
        if file.extension().is_some_and(|end| end == "js" || end == "ts") {
            sources.push(file);
        }
    }
    let mut results: Vec<_> = modules.iter().map(|module| module.text(sh)).collect();
    results.extend(COMMONJS.map(|[_, script]| pkg.join(script)));
    results.extend(DECLARED.map(|name| pkg.join(format!("{name}.d.cts"))));
    sources.extend(modules.iter().flat_map(|module| [module.wasm(sh), module.glue(sh)]));
    let how = format!("{BUNDLE:?}");
    let stamp = Stamp::new(pkg.join(".entries-stamp"), &how, &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    for module in modules {
        encode(sh, module)?;
    }
    for [entry, script] in COMMONJS {
        let (entry, file) = (here.join(entry), pkg.join(script));
        let bundle = cmd!(sh, "rolldown {entry} {BUNDLE...} --file {file}");
        sh.run(&format!("bundling {script}"), "seconds", bundle)?;
    }
    for name in DECLARED {
        declare(sh, &here.join(format!("{name}.d.ts")), &pkg.join(format!("{name}.d.cts")))?;
    }
    stamp.write()
}

/// Copies declarations, which may import those of `windlass`: the copies for `require` are in the
/// folder of [`Module::WHOLE`].
pub(crate) fn declare(sh: &Sh, from: &Path, to: &Path) -> anyhow::Result<()> {
    let text = sh.read_file(from)?;
    let text = text.replace("\"./windlass.js\"", "\"./windlass.cjs\"");
    Ok(sh.write_file(to, text.replace("\"../windlass.js\"", "\"../../pkg/windlass.cjs\""))?)
}

/// Writes a module in base64 into a script that exports it.
pub(crate) fn encode(sh: &Sh, module: &Module) -> anyhow::Result<()> {
    let text = BASE64.encode(&sh.read_binary_file(module.wasm(sh))?);
    let text = format!("// The WebAssembly module in base64.\nexport default \"{text}\";\n");
    Ok(sh.write_file(module.text(sh), text)?)
}

/// Neutral: neither Node's modules nor a browser's names are wanted in it.
const BUNDLE: [&str; 5] = ["--format", "cjs", "--platform", "neutral", "--no-code-splitting"];
