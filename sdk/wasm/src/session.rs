//! A session: an account that has signed in at an anchor.

use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::{Http, Session as Client};

use crate::Error;

#[cfg(feature = "kyc")]
mod kyc;

#[cfg(feature = "kyc")]
pub use kyc::{PutOptions, WaitOptions, next_step, todo};

/// An account that has signed in at an anchor.
///
/// Every call throws `not_offered` if the anchor has no SEP-12, `token_expired` or `token_invalid`
/// if the session has ended, `network` if the anchor is unreachable, and `aborted` if its `signal`
/// aborts it. For an anchor that sends no codes, the code follows from the HTTP status: `not_found`
/// instead of `customer_not_found`, for example, and `refused` if no code fits.
///
/// @example
/// ```ts
/// import { Anchor, Keypair, nextStep } from "windlass";
///
/// const anchor = await Anchor.discover("anchor.example.com");
/// const session = await anchor.signIn(await Keypair.random());
/// console.log(nextStep(await session.customer()).action); // submit
/// ```
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session(pub(crate) Client<Http, Renewal>);

/// The signers that sign in again when the token has expired, if the session keeps them.
#[cfg(feature = "kyc")]
pub(crate) type Renewal = Option<crate::signers::Renewal>;
/// Without KYC a session makes no calls, and never has to renew its token.
#[cfg(not(feature = "kyc"))]
pub(crate) type Renewal = ();

#[wasm_bindgen]
impl Session {
    /// Always throws: without it, `new Session()` in JavaScript makes an object without a session.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Result<Self, Error> {
        Err(Error::request("call anchor.signIn(signer) or anchor.resume(token), without new"))
    }

    /// The account that signed in: `G...`, `G...:<memo>` or `M...`.
    #[wasm_bindgen(getter)]
    pub fn account(&self) -> String {
        self.0.account().to_string()
    }

    /// The domain of the anchor that it belongs to.
    #[wasm_bindgen(getter, js_name = homeDomain)]
    pub fn home_domain(&self) -> String {
        self.0.home_domain().to_owned()
    }

    /// The token, to store for `Anchor.resume`. Until it expires, it gives access to the account at
    /// the anchor.
    #[wasm_bindgen(getter)]
    pub fn token(&self) -> String {
        self.0.token().as_str().to_owned()
    }

    /// When the session ends, in Unix seconds.
    #[wasm_bindgen(getter, js_name = expiresAt)]
    pub fn expires_at(&self) -> f64 {
        self.0.expires_at() as f64
    }
}
