//! Options of a call whose members belong to several types.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::{checked, members, names, value};
use crate::Error;

/// Reads options that belong to several types, such as a message and the options of the call.
pub(crate) fn read_parts<T: Parts>(options: impl Into<JsValue>) -> Result<T, Error> {
    let options = checked(&options.into(), Some(names(&T::members()))).map_err(Error::Thrown)?;
    T::read(&options)
}

/// Types whose members are in one object.
pub(crate) trait Parts: Sized {
    /// The members of all of them.
    fn members() -> Vec<&'static str>;
    /// Reads each.
    fn read(options: &JsValue) -> Result<Self, Error>;
}

macro_rules! parts {
    ($($part:ident)+) => {
        impl<$($part: DeserializeOwned),+> Parts for ($($part,)+) {
            fn members() -> Vec<&'static str> {
                [$(members::<$part>()),+].into_iter().flatten().flatten().copied().collect()
            }

            fn read(options: &JsValue) -> Result<Self, Error> {
                Ok(($(value::<$part>(options.clone())?,)+))
            }
        }
    };
}
parts!(A B);
parts!(A B C);
