//! Verifying signatures, by whichever implementation of Ed25519 the platform has.

use windlass_core::ed25519::{Claim, Verified};

use crate::{SignerError, platform::ed25519::holds};

/// Those of the claims that are true.
pub(crate) async fn verified(claims: Vec<Claim>) -> Result<Verified, SignerError> {
    let mut verified = Vec::new();
    for claim in claims {
        if holds(&claim).await? {
            verified.push(claim);
        }
    }
    Ok(Verified::these(verified))
}
