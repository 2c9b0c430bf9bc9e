//! What a wallet's server opens before it signs with the key of the wallet's domain.

use windlass_core::sep10::{Challenge, DomainSigning, TrustedAnchor};

use crate::{Error, curve};

/// Opens a challenge in a wallet's server: it comes back with the anchor that made it.
///
/// # Errors
///
/// It is none that `rules` allow to be signed, or nothing here does Ed25519.
pub async fn open_for_domain<'a>(
    xdr: &str,
    passphrase: Option<&str>,
    rules: &DomainSigning<'a>,
) -> Result<(Challenge, &'a TrustedAnchor), Error> {
    let candidates = rules.read(xdr, passphrase)?;
    let verified = curve::verified(candidates.claims()).await?;
    Ok(candidates.open(&verified)?)
}
