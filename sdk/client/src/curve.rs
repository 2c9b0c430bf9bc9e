//! Ed25519, by whoever does it here: ed25519-dalek, or the platform.

use windlass_core::ed25519::{Claim, Verified};

use crate::SignerError;

#[cfg(any(feature = "ed25519", not(target_arch = "wasm32")))]
#[path = "curve/dalek.rs"]
mod here;
#[cfg(all(not(feature = "ed25519"), target_arch = "wasm32"))]
#[path = "curve/platform.rs"]
mod here;

pub(crate) use here::Handle;

/// Those of the claims that are true.
pub(crate) async fn verified(mut claims: Vec<Claim>) -> Result<Verified, SignerError> {
    let mut at = 0;
    while let Some(claim) = claims.get(at) {
        if here::holds(claim).await? {
            at += 1;
        } else {
            claims.remove(at);
        }
    }
    Ok(Verified::these(claims))
}
