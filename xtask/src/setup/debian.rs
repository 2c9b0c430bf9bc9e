//! Debian packages.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::sh::Sh;

/// apt's package lists.
const LISTS: &str = "/var/lib/apt/lists";

/// Installs Debian packages, unless what they bring is `there`.
///
/// # Errors
///
/// apt-get cannot be used here, or fails.
pub(super) fn install(
    sh: &Sh,
    packages: &[&str],
    there: impl Fn() -> bool,
    about: &str,
) -> anyhow::Result<()> {
    if there() {
        return Ok(());
    }
    let names = packages.join(" ");
    let root = sh.read(cmd!(sh, "id -u")).is_some_and(|id| id == "0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "{names} missing: install with `sudo apt-get install {names}` (or your system's way), \
             then run this again"
        );
    }
    if !are_recent(Path::new(LISTS)) {
        let update = cmd!(sh, "apt-get update");
        sh.run("updating Debian's package lists", "about 20 s", update).context(
            "cannot update Debian's package lists: connect to a Debian mirror and run this again",
        )?;
    }
    let install = cmd!(sh, "apt-get install --yes --no-install-recommends {packages...}")
        .env("DEBIAN_FRONTEND", "noninteractive");
    sh.run(&format!("installing {names}"), about, install)?;
    if !there() {
        bail!("{names} installed, but not where Debian puts it: see `dpkg -L {names}`");
    }
    Ok(())
}

/// Whether apt's package lists are there and were updated within the last day. Old lists name
/// versions that the mirror no longer has, or, worse, install an outdated browser without an error.
///
/// apt gives the lists the mirror's times, so they do not tell when they were fetched; but every
/// update writes to `partial`.
fn are_recent(lists: &Path) -> bool {
    let updated = lists.join("partial").metadata().and_then(|partial| partial.modified());
    let age = updated.ok().and_then(|updated| updated.elapsed().ok());
    let is_list = |file: &fs::DirEntry| file.file_name().to_string_lossy().contains("_Packages");
    let has_lists =
        fs::read_dir(lists).is_ok_and(|files| files.flatten().any(|file| is_list(&file)));
    has_lists && age.is_some_and(|age| age < Duration::from_secs(24 * 60 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_lists_are_updated_when_they_are_missing_or_older_than_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let lists = folder.path();
        assert!(!are_recent(lists), "no lists, never updated");
        fs::create_dir(lists.join("partial")).unwrap();
        assert!(!are_recent(lists), "no lists");
        fs::write(lists.join("deb.debian.org_dists_bookworm_main_binary-amd64_Packages.lz4"), "")
            .unwrap();
        assert!(are_recent(lists));
        let partial = fs::File::open(lists.join("partial")).unwrap();
        let now = partial.metadata().unwrap().modified().unwrap();
        partial.set_modified(now - Duration::from_secs(25 * 60 * 60)).unwrap();
        assert!(!are_recent(lists), "updated 25 hours ago");
    }
}
