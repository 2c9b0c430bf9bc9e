//! The functions that read untrusted bytes, one for each kind of input: none may panic, and what is
//! accepted must be accepted by independent code too.
//!
//! libFuzzer calls them with generated inputs (`cargo xtask fuzz`); `tests/it` calls them with the
//! inputs that fuzzing has found worth keeping (`corpus/`).

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
