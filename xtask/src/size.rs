//! How much a wallet's users download, held against a budget.

use std::fs;

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::{sh::Sh, table, wasm};

const BUDGET: &str = "sdk/wasm/size-budget.json";

/// What the package may weigh.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// Bytes of module and glue together after gzip -9, at most. Only to be lowered.
    gzip: u64,
    /// The bytes that it is meant to come down to.
    aim: u64,
}

/// Builds the package, prints its sizes, and refuses one over budget.
///
/// # Errors
///
/// The package does not build, the budget cannot be read, or the package is over it.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    wasm::build(sh)?;
    let text = fs::read(sh.path(BUDGET)).with_context(|| format!("cannot read {BUDGET}"))?;
    let budget: Budget =
        serde_json::from_slice(&text).with_context(|| format!("{BUDGET} is not a budget"))?;
    let sizes = [wasm::MODULE, wasm::GLUE]
        .into_iter()
        .map(|file| Ok((file, wasm::sizes(sh, &sh.path(wasm::PKG).join(file))?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let total = total(&sizes);
    print!("{}", report(&sizes, total));
    hold(total, &budget)
}

fn total(sizes: &[(&str, [u64; 3])]) -> [u64; 3] {
    std::array::from_fn(|kind| sizes.iter().map(|(_, sizes)| sizes[kind]).sum())
}

fn report(sizes: &[(&str, [u64; 3])], total: [u64; 3]) -> String {
    let heading = ["bytes", "raw", "gzip -9", "brotli 11"].map(str::to_owned);
    let row = |(name, [raw, gzip, brotli]): (&str, [u64; 3])| {
        [name.to_owned(), group(raw), group(gzip), group(brotli)]
    };
    let rows = sizes.iter().copied().chain([("together", total)]).map(row);
    table::render(&[heading].into_iter().chain(rows).collect::<Vec<_>>())
}

fn hold([_, gzip, _]: [u64; 3], budget: &Budget) -> anyhow::Result<()> {
    let (size, limit) = (group(gzip), group(budget.gzip));
    if gzip > budget.gzip {
        bail!(
            "the package is {size} bytes after gzip, over its budget of {limit} in {BUDGET}: make it smaller"
        );
    }
    println!("{size} of a budget of {limit} bytes after gzip; the aim is {}", group(budget.aim));
    Ok(())
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
        [("a.wasm", [200_000, 60_000, 50_000]), ("a.js", [999, 100, 90])];

    #[test]
    fn report_adds_up() {
        assert_eq!(
            report(&SIZES, total(&SIZES)),
            "bytes          raw   gzip -9   brotli 11\n\
             a.wasm     200,000    60,000      50,000\n\
             a.js           999       100          90\n\
             together   200,999    60,100      50,090\n"
        );
    }

    #[test]
    fn budget_is_the_last_size_allowed() {
        assert!(hold(total(&SIZES), &Budget { gzip: 60_100, aim: 0 }).is_ok());
        let error = hold(total(&SIZES), &Budget { gzip: 60_099, aim: 0 }).unwrap_err().to_string();
        assert!(
            error.starts_with("the package is 60,100 bytes after gzip, over its budget of 60,099"),
            "{error}"
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 12, 1_234, 1_234_567].map(group), ["0", "12", "1,234", "1,234,567"]);
    }

    #[test]
    fn budget_of_this_repository_is_read() {
        let text = fs::read(Sh::new(false).path(BUDGET)).unwrap();
        let budget = serde_json::from_slice::<Budget>(&text).unwrap();
        assert!(budget.aim <= 85_000 && budget.aim <= budget.gzip);
    }
}
