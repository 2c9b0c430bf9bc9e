//! Writes what the vectors give to the standard output: the text of `tests/vectors/expected.json`.

use std::io::{self, Write as _};

use windlass_tests::vectors;

fn main() -> io::Result<()> {
    io::stdout().write_all(vectors::canonical(vectors::run_all()).as_bytes())
}
