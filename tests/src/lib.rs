//! What needs both sides: vectors, stories, interop, browser, packaging.
