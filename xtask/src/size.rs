//! How much a wallet's users download, held against a budget.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::{module::Module, sh::Sh, table};

mod rooms;

const BUDGET: &str = "sdk/wasm/size-budget.json";

/// How many of the heaviest crates and modules are printed.
const ROOMS: usize = 12;

/// Bytes of module and script together after gzip -9, at most, by entry.
type Budget = BTreeMap<String, u64>;

/// What a page loads.
struct Entry {
    name: &'static str,
    script: &'static str,
    module: Module,
}

const ENTRIES: [Entry; 2] = [
    Entry { name: "windlass", script: "sdk/wasm/index.js", module: Module::WHOLE },
    Entry { name: "windlass/sign-in", script: "sdk/wasm/sign-in.js", module: Module::SIGN_IN },
];

/// Prints the sizes of a package that is built, and refuses one over budget.
pub(crate) fn hold(sh: &Sh) -> anyhow::Result<()> {
    let text = sh.read_file(BUDGET)?;
    let budget: Budget =
        serde_json::from_str(&text).with_context(|| format!("{BUDGET} is not a budget"))?;
    let mut over = Vec::new();
    for entry in &ENTRIES {
        let most = *budget
            .get(entry.name)
            .with_context(|| format!("{BUDGET} has no budget for {}", entry.name))?;
        let script = bundle(sh, entry)?;
        let sizes = [("module", entry.module.wasm(sh)), ("script, bundled", script)]
            .map(|(name, file)| sizes(sh, &file).map(|sizes| (name, sizes)))
            .into_iter()
            .collect::<anyhow::Result<Vec<_>>>()?;
        let total = total(&sizes);
        print!("{}", report(entry.name, &sizes, total));
        let heaviest = rooms::heaviest(sh, &entry.module.named(sh), ROOMS)?;
        print!("most of it: {}\n\n", heaviest.join(", "));
        over.extend(exceeded(entry.name, total, most));
    }
    if over.is_empty() { Ok(()) } else { bail!("{}", over.join("; ")) }
}

/// The script as a page loads it: in one file, without what is fetched only where it is needed.
fn bundle(sh: &Sh, entry: &Entry) -> anyhow::Result<PathBuf> {
    let script = sh.path(entry.script);
    let page = sh.target().join("size").join(entry.name.replace('/', "-")).join("page.js");
    // Only browsers fetch it whose WebCrypto lacks Ed25519 or exports no key.
    let later = sh.path("sdk/wasm/portable.js");
    // Only pages whose bundler lost the module fetch it.
    let bytes = entry.module.text(sh);
    let ed25519 = Module::ED25519.text(sh);
    let bundle = cmd!(
        sh,
        "rolldown {script} --format esm --platform browser --minify --external {later} --external {bytes} --external {ed25519} --file {page}"
    );
    sh.run(&format!("bundling {}", entry.name), "seconds", bundle)?;
    Ok(page)
}

/// Raw, gzip -9 and brotli 11 bytes of a file, by Node's own zlib.
pub(crate) fn sizes(sh: &Sh, file: &Path) -> anyhow::Result<[u64; 3]> {
    let text = sh.read(cmd!(sh, "node --eval {SIZES} {file}")).unwrap_or_default();
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    <[u64; 3]>::try_from(numbers)
        .ok()
        .with_context(|| format!("Node cannot measure {}", file.display()))
}

const SIZES: &str = "\
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');
const bytes = require('node:fs').readFileSync(process.argv[1]);
const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: hint } = constants;
const brotli = brotliCompressSync(bytes, { params: { [quality]: 11, [hint]: bytes.length } });
console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length);";

fn total(sizes: &[(&str, [u64; 3])]) -> [u64; 3] {
    std::array::from_fn(|kind| sizes.iter().map(|(_, sizes)| sizes[kind]).sum())
}

fn report(entry: &str, sizes: &[(&str, [u64; 3])], total: [u64; 3]) -> String {
    let heading = [entry, "raw", "gzip -9", "brotli 11"].map(str::to_owned);
    let row = |(name, [raw, gzip, brotli]): (&str, [u64; 3])| {
        [name.to_owned(), group(raw), group(gzip), group(brotli)]
    };
    let rows = sizes.iter().copied().chain([("together", total)]).map(row);
    table::render(&[heading].into_iter().chain(rows).collect::<Vec<_>>())
}

/// Prints the size beside its budget; answers with the error if it is over.
fn exceeded(entry: &str, [_, gzip, _]: [u64; 3], budget: u64) -> Option<String> {
    let (size, most) = (group(gzip), group(budget));
    println!("{size} of a budget of {most} bytes after gzip");
    (gzip > budget).then(|| {
        format!(
            "{entry} is {size} bytes after gzip, over its budget of {most} in {BUDGET}: make it smaller"
        )
    })
}

/// `1234567` as `1,234,567`.
pub(crate) fn group(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [(&str, [u64; 3]); 2] =
        [("module", [200_000, 60_000, 50_000]), ("script", [999, 100, 90])];

    #[test]
    fn report_adds_up() {
        assert_eq!(
            report("windlass", &SIZES, total(&SIZES)),
            "windlass       raw   gzip -9   brotli 11\n\
             module     200,000    60,000      50,000\n\
             script         999       100          90\n\
             together   200,999    60,100      50,090\n"
        );
    }

    #[test]
    fn budget_is_the_last_size_allowed() {
        let over = |budget| exceeded("windlass", total(&SIZES), budget);
        assert_eq!(over(60_100), None);
        assert!(
            over(60_099)
                .unwrap()
                .starts_with("windlass is 60,100 bytes after gzip, over its budget of 60,099"),
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 12, 1_234, 1_234_567].map(group), ["0", "12", "1,234", "1,234,567"]);
    }

    #[test]
    fn budget_of_this_repository_is_read() {
        let text = Sh::new(false).read_file(BUDGET).unwrap();
        let budget: Budget = serde_json::from_str(&text).unwrap();
        assert_eq!(budget.into_keys().collect::<Vec<_>>(), ENTRIES.map(|entry| entry.name));
    }
}
