// Derived from the Rust core by `cargo xtask generate`: do not edit.

export const MAX_TEXT_BYTES = 4096;
