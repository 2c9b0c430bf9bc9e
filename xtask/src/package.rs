//! The npm package: its modules, then its entries, then their sizes.

use crate::{
    entries,
    module::Module,
    setup::{self, Need},
    sh::Sh,
    size, wasm,
};

/// Builds what is out of date. If that was a module, prints the sizes and refuses one over budget.
pub(crate) fn build(sh: &Sh) -> anyhow::Result<()> {
    if update(sh)? { size::hold(sh) } else { Ok(()) }
}

/// Builds the package, prints its sizes, and refuses one over budget.
pub(crate) fn size(sh: &Sh) -> anyhow::Result<()> {
    update(sh)?;
    size::hold(sh)
}

/// Builds what the demo wallet imports, which does not include `windlass/sign-in`.
pub(crate) fn build_for_www(sh: &Sh) -> anyhow::Result<()> {
    modules(sh, &Module::WWW)?;
    entries::write(sh, &Module::WWW)
}

/// Returns whether a module was built.
fn update(sh: &Sh) -> anyhow::Result<bool> {
    let built = modules(sh, &Module::ALL)?;
    entries::write(sh, &Module::ALL)?;
    Ok(built)
}

/// Builds those that are out of date; returns whether any was.
pub(crate) fn modules(sh: &Sh, modules: &[Module]) -> anyhow::Result<bool> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmTools, Need::Npm])?;
    let mut built = false;
    for module in modules {
        built |= wasm::build(sh, module)?;
    }
    Ok(built)
}
