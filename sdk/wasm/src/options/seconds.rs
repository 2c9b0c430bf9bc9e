//! An option that is a number of seconds.

use serde::{Deserialize, Deserializer, de::Error as _};

/// Seconds: a number of 0 or more.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(f64);

impl Seconds {
    pub(crate) fn duration(self) -> std::time::Duration {
        std::time::Duration::from_millis((self.0 * 1000.0) as u64)
    }

    #[cfg(feature = "server")]
    pub(crate) const fn whole(self) -> u64 {
        self.0 as u64
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match f64::deserialize(deserializer)? {
            seconds if seconds >= 0.0 => Ok(Self(seconds)),
            _ => Err(D::Error::custom("must be a number of seconds, 0 or more")),
        }
    }
}
