//! Pages that the server renders.

pub mod confirm;
