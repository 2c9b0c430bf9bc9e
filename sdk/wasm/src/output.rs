//! Values on their way to JavaScript.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::{Ts, Tsify};

use crate::Error;

/// The value in the shape of its JSON: maps become objects.
pub(crate) fn output<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, Error> {
    let value = value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Error::request(error.to_string()))?;
    Ok(Ts::new_unchecked(value))
}
