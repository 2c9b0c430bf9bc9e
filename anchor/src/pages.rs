//! Pages that the server renders.

pub(crate) mod confirm;
