//! The check of a challenge in a wallet's signing service.

use windlass_core::sep10::{Challenge, DomainSigning, TrustedAnchor};

use crate::{Error, curve};

/// Checks a challenge before a wallet's server signs it with the key of the wallet's domain.
/// Returns the challenge and the trusted anchor that made it.
///
/// # Errors
///
/// `rules` do not allow the challenge to be signed, or there is no Ed25519.
pub async fn open_for_domain<'a>(
    xdr: &str,
    passphrase: Option<&str>,
    rules: &DomainSigning<'a>,
) -> Result<(Challenge, &'a TrustedAnchor), Error> {
    let candidates = rules.read(xdr, passphrase)?;
    let verified = curve::verified(candidates.claims()).await?;
    Ok(candidates.open(&verified)?)
}
