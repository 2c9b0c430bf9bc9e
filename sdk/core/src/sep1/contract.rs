//! Addresses of contracts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    account::{Kind, StrkeyError},
    wire::text_form,
};

/// The address of a contract, `C…`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ContractId(String);

impl ContractId {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ContractId {
    type Err = StrkeyError;

    fn from_str(text: &str) -> Result<Self, StrkeyError> {
        match Kind::read(text)? {
            Kind::Contract => Ok(Self(text.into())),
            found => Err(StrkeyError::WrongKind { expected: Kind::Contract, found }),
        }
    }
}

impl fmt::Display for ContractId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(ContractId);
