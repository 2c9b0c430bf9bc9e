//! Session tokens: JWTs signed with HS256. The server's library for them does not build for a
//! browser.

use data_encoding::BASE64URL_NOPAD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use windlass_core::sep10::Claims;
use windlass_endpoints::{
    Error,
    clock::Clock,
    sessions::{TokenError, Tokens},
};

/// The header of each token, as JSON.
const HEADER: &str = r#"{"typ":"JWT","alg":"HS256","kid":"testing"}"#;

/// Signs and verifies tokens with one secret.
pub(crate) struct Hs256 {
    pub(crate) issuer: String,
    pub(crate) secret: [u8; 32],
    pub(crate) clock: Clock,
}

impl Hs256 {
    fn mac(&self, message: &str) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mac = Hmac::new_from_slice(&self.secret).expect("any length is valid");
        mac.chain_update(message)
    }
}

impl Tokens for Hs256 {
    fn issuer(&self) -> &str {
        &self.issuer
    }

    fn issue(&self, claims: &Claims) -> Result<String, Error> {
        let claims = serde_json::to_vec(claims).map_err(Error::internal)?;
        let message = format!("{}.{}", BASE64.encode(HEADER.as_bytes()), BASE64.encode(&claims));
        let signature = BASE64.encode(&self.mac(&message).finalize().into_bytes());
        Ok(format!("{message}.{signature}"))
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let read = || {
            let (message, signature) = token.rsplit_once('.')?;
            let signature = BASE64.decode(signature.as_bytes()).ok()?;
            self.mac(message).verify_slice(&signature).ok()?;
            let claims = BASE64.decode(message.split_once('.')?.1.as_bytes()).ok()?;
            serde_json::from_slice(&claims).ok()
        };
        let claims: Claims = read()
            .filter(|claims: &Claims| claims.iss.as_ref() == Some(&self.issuer))
            .ok_or(TokenError::Invalid)?;
        if self.clock.now() >= claims.exp { Err(TokenError::Expired) } else { Ok(claims) }
    }
}
