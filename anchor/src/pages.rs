//! Pages that the server renders, from the templates in `templates/`. They work without JavaScript.

pub(crate) mod confirm;
mod frame;
