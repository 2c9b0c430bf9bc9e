//! The Rust crates of the npm package that are compiled to WebAssembly, and the files that each
//! build leaves.

use std::path::PathBuf;

use crate::sh::Sh;

/// One build of a crate for JavaScript.
#[derive(Clone, Copy)]
pub(crate) struct Module {
    /// Who needs it, for progress lines.
    pub(crate) what: &'static str,
    /// The folder that wasm-pack writes to.
    pub(crate) pkg: &'static str,
    /// The folder of its crate.
    pub(crate) package: &'static str,
    /// The crate's name with underscores.
    stem: &'static str,
    /// Features of the crate, separated by commas.
    pub(crate) features: &'static str,
    /// Its sources, besides the workspace's own files.
    pub(crate) sources: &'static [&'static str],
}

/// The sources of the bindings.
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

    /// `windlass`: signing in and KYC.
    pub(crate) const WHOLE: Self = Self::bindings("everything", "sdk/wasm/pkg", "kyc");
    /// `windlass/sign-in`: signing in alone.
    pub(crate) const SIGN_IN: Self = Self::bindings("signing in", "sdk/wasm/pkg-sign-in", "");
    /// `windlass/server`, and every entry in Node: what a wallet's server needs as well.
    pub(crate) const SERVER: Self = Self::bindings("servers", "sdk/wasm/pkg-server", "server");
    /// Ed25519 for browsers that have none.
    pub(crate) const ED25519: Self = Self {
        what: "browsers without Ed25519",
        pkg: "sdk/wasm/pkg-ed25519",
        package: "sdk/ed25519",
        stem: "windlass_ed25519",
        features: "",
        sources: &["sdk/ed25519/Cargo.toml", "sdk/ed25519/src"],
    };

    /// `windlass/testing`: the server's endpoints.
    pub(crate) const TESTING: Self = Self {
        what: "tests",
        pkg: "sdk/wasm/testing/pkg",
        package: "sdk/test-anchor",
        stem: "windlass_test_anchor",
        features: "",
        sources: &[
            "anchor/endpoints",
            "sdk/core/Cargo.toml",
            "sdk/core/src",
            "sdk/test-anchor/Cargo.toml",
            "sdk/test-anchor/src",
        ],
    };

    /// Every module that wallets load.
    pub(crate) const ALL: [Self; 4] = [Self::WHOLE, Self::SIGN_IN, Self::SERVER, Self::ED25519];

    /// Those that the demo wallet imports.
    pub(crate) const WWW: [Self; 3] = [Self::WHOLE, Self::SERVER, Self::ED25519];

    /// The WebAssembly.
    pub(crate) fn wasm(&self, sh: &Sh) -> PathBuf {
        self.file(sh, "_bg.wasm")
    }

    /// wasm-bindgen's JavaScript.
    pub(crate) fn glue(&self, sh: &Sh) -> PathBuf {
        self.file(sh, ".js")
    }

    /// wasm-bindgen's TypeScript declarations.
    pub(crate) fn declarations(&self, sh: &Sh) -> PathBuf {
        self.file(sh, ".d.ts")
    }

    /// A script that exports the WebAssembly in base64, for entries that fetch nothing.
    pub(crate) fn text(&self, sh: &Sh) -> PathBuf {
        self.file(sh, "_bytes.js")
    }

    /// The WebAssembly before wasm-opt: its functions still have names, which tell what weighs how
    /// much.
    pub(crate) fn named(&self, sh: &Sh) -> PathBuf {
        sh.path(self.pkg).join("named.wasm")
    }

    fn file(&self, sh: &Sh, end: &str) -> PathBuf {
        sh.path(self.pkg).join(format!("{}{end}", self.stem))
    }
}
