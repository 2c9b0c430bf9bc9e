//! A key in memory.

use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::{Error as ClientError, sign_with};
use windlass_core::{account::SecretKey, network::Network};

use crate::{Error, input::Input, types::SigningOptions};

/// A Stellar key in memory. It never leaves it by itself: signing happens here.
///
/// @example
/// ```ts
/// import { Keypair } from "windlass";
///
/// const key = await Keypair.random();
/// console.log(key.address.length); // 56
/// ```
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Keypair(pub(crate) SecretKey);

#[wasm_bindgen]
impl Keypair {
    /// A new key, from the random source of the browser or of Node.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// console.log((await Keypair.random()).address !== (await Keypair.random()).address); // true
    /// ```
    pub fn random() -> Result<Self, Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|_| Error::request("there is no source of randomness here"))?;
        Ok(Self(SecretKey::from_seed(&seed)))
    }

    /// The key of an `S...` seed. Throws `invalid_secret_key`, without the text, if it is none.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// const key = await Keypair.random();
    /// console.log((await Keypair.fromSecret(key.secret())).address === key.address); // true
    /// ```
    #[wasm_bindgen(js_name = fromSecret)]
    pub fn from_secret(secret: &str) -> Result<Self, Error> {
        Ok(Self(secret.parse().map_err(ClientError::SecretKey)?))
    }

    /// The `G...` address of the account that belongs to the key.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> String {
        self.0.public().to_string()
    }

    /// Adds the key's signature to a challenge, and returns it: what a client domain's `sign` does, or a wallet's `signTransaction`.
    ///
    /// Only a transaction of ManageData operations is signed; anything else is refused with `signer_failed`. Whether the challenge is a
    /// good one is not asked here: `inspectChallenge` tells.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair, type Wallet43 } from "windlass";
    ///
    /// // A wallet for tests:
    /// const key = await Keypair.random();
    /// const wallet: Wallet43 = {
    ///     getAddress: async () => ({ address: key.address }),
    ///     signTransaction: async (xdr, { networkPassphrase = "" } = {}) => ({ signedTxXdr: await key.sign(xdr, { networkPassphrase }) }),
    /// };
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(wallet);
    /// console.log(session.account === key.address); // true
    /// ```
    pub fn sign(&self, xdr: &str, options: SigningOptions) -> Result<String, Error> {
        let network = Network::new(Input::new(options)?.required("networkPassphrase")?);
        Ok(sign_with(&self.0, xdr, &network)?)
    }

    /// The `S...` seed, for showing it to its owner. Whoever has it owns the account.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// console.log((await Keypair.random()).secret().length); // 56
    /// ```
    pub fn secret(&self) -> String {
        self.0.reveal().to_string()
    }

    /// A second handle, for the bindings themselves: turning an object into a key takes it away from its holder.
    #[wasm_bindgen(js_name = __clone, skip_typescript)]
    pub fn duplicate(&self) -> Self {
        self.clone()
    }
}
