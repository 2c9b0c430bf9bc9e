//! The conformance register: which test proves which requirement of which SEP. The data is in
//! `tests/conformance`.

use std::{fs, io, path::Path};

use serde::Deserialize;

pub mod page;
pub mod sources;

/// The files of `tests/conformance`, in the order of the page.
pub const FILES: [&str; 8] = [
    "sep-01.toml",
    "sep-09.toml",
    "sep-10.toml",
    "sep-12.toml",
    "sep-23.toml",
    "sep-43.toml",
    "polaris.toml",
    "fixes.toml",
];

/// One file: the requirements of one SEP, or of another source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its heading.
    pub title: String,
    /// A short title, for tables.
    pub short: String,
    /// A paragraph for users.
    pub about: String,
    /// Every requirement.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// One requirement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its id, which comments refer to, e.g. `S10-55`.
    pub id: String,
    /// Where it comes from.
    pub level: Level,
    /// The requirement.
    pub rule: String,
    /// How the anchor fulfils it; absent if it does not concern an anchor.
    pub anchor: Option<Standing>,
    /// How the wallet fulfils it; absent if it does not concern a wallet.
    pub wallet: Option<Standing>,
}

/// Where a requirement comes from, and so how binding it is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub enum Level {
    /// The SEP demands it.
    #[serde(rename = "MUST")]
    Must,
    /// The SEP recommends it.
    #[serde(rename = "SHOULD")]
    Should,
    /// The SEP allows it.
    #[serde(rename = "MAY")]
    May,
    /// The SEP does not say it, but SDF's validator, the reference servers or the other SDKs
    /// require it.
    #[serde(rename = "ECO")]
    Ecosystem,
    /// The SEP is silent or contradicts itself: a decision of this project.
    #[serde(rename = "OURS")]
    Ours,
}

impl Level {
    /// Its name in the data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
            Self::Ecosystem => "ECO",
            Self::Ours => "OURS",
        }
    }
}

/// How one side fulfils a requirement. A test is named by its function, `a_name`, and in TypeScript
/// by its titles, `describe > title`, never by its file: names are unique, so that a test can move.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Standing {
    /// These tests fail when it is broken.
    Proved(Vec<String>),
    /// It is not done, or not all of it is proved.
    Open {
        /// Tests of the part that is done.
        #[serde(default)]
        proved: Vec<String>,
        /// What is missing.
        open: String,
    },
    /// It does not apply to this side, for this reason.
    Not {
        /// The reason.
        not: String,
    },
}

impl Standing {
    /// The named tests.
    pub fn tests(&self) -> &[String] {
        match self {
            Self::Proved(tests) | Self::Open { proved: tests, .. } => tests,
            Self::Not { .. } => &[],
        }
    }
}

/// Reads all files of the register.
///
/// # Errors
///
/// A file is missing or malformed.
pub fn documents(workspace: &Path) -> io::Result<Vec<Document>> {
    let read = |name: &&str| {
        let text = fs::read_to_string(workspace.join("tests/conformance").join(name))?;
        toml::from_str(&text).map_err(|error| io::Error::other(format!("{name}: {error}")))
    };
    FILES.iter().map(read).collect()
}
