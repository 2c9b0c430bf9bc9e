//! What reads a stranger's bytes, one function per kind of input: none may panic, and what is taken must be what
//! somebody else's code takes as well.
//!
//! libFuzzer calls them with what it makes up (`cargo xtask fuzz`); the workspace's tests call them with the inputs
//! that it has found worth keeping (`corpus/`), so that those stay of use without it.

pub mod bodies;
pub mod challenge;
pub mod jwt;
pub mod toml;
pub mod xdr;

/// A target: its name, which is also that of its corpus (`corpus/<name>.txt`), and its function.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 7] = [
    ("xdr", xdr::run),
    ("challenge", challenge::run),
    ("toml", toml::run),
    ("jwt", jwt::run),
    ("form", bodies::form),
    ("json", bodies::json),
    ("multipart", bodies::multipart),
];
