//! A key in memory.

use std::rc::Rc;

use js_sys::Promise;
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{ErrorKind, Key};
use windlass_core::{account::SecretKey, network::Network};
use zeroize::Zeroizing;

use crate::{
    Error,
    options::{string, value},
    signal::{Signal, promise},
};

/// Options for signing.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SigningOptions {
    /// The passphrase of the network. A signature is valid on this network only.
    pub network_passphrase: String,
}

/// A Stellar key in memory. Only `secret()` reveals it.
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
pub struct Keypair(pub(crate) Rc<Key>);

#[wasm_bindgen]
impl Keypair {
    /// Always throws: without it, `new Keypair()` in JavaScript makes an object without a key.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Result<Self, Error> {
        Err(Error::request("call Keypair.random() or Keypair.fromSecret(secret), without new"))
    }

    /// A new key, from the random source of the browser or of Node.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// const [one, other] = await Promise.all([Keypair.random(), Keypair.random()]);
    /// console.log(one.address !== other.address); // true
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Keypair>")]
    pub fn random() -> Promise {
        promise(|| {
            let mut seed = Zeroizing::new([0; 32]);
            getrandom::fill(&mut *seed)
                .map_err(|_| Error::request("there is no source of randomness here"))?;
            Ok((Signal::default(), Self::of(SecretKey::from_seed(&seed))))
        })
    }

    /// The key of an `S...` seed. Throws `invalid_secret_key`, without the text, if it is
    /// malformed.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// const key = await Keypair.random();
    /// console.log((await Keypair.fromSecret(key.secret())).address === key.address); // true
    /// ```
    #[wasm_bindgen(js_name = fromSecret, unchecked_return_type = "Promise<Keypair>")]
    pub fn from_secret(
        #[wasm_bindgen(unchecked_param_type = "string")] secret: JsValue,
    ) -> Promise {
        promise(|| {
            let secret = Zeroizing::new(string(&secret, "secret")?);
            let secret = secret.parse().map_err(ErrorKind::SecretKey)?;
            Ok((Signal::default(), Self::of(secret)))
        })
    }

    /// The `G...` address of the account that belongs to the key.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> String {
        self.0.public().to_string()
    }

    /// Adds the key's signature to a challenge and returns it: for a client domain's `sign`, or a
    /// wallet's `signTransaction`.
    ///
    /// Signs only transactions of ManageData operations; others are refused with `signer_failed`.
    /// Does not check the rules of SEP-10: `inspectChallenge` does.
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
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn sign(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] xdr: JsValue,
        options: Ts<SigningOptions>,
    ) -> Promise {
        let key = Rc::clone(&self.0);
        promise(|| {
            let xdr = string(&xdr, "xdr")?;
            // A wallet's method may pass on all of its options.
            let SigningOptions { network_passphrase } = value(options.into())?;
            let network = Network::new(network_passphrase);
            let work = async move { Ok(key.sign_transaction(&xdr, &network).await?) };
            Ok((Signal::default(), work))
        })
    }

    /// The `S...` seed, to show it to its owner. It gives full control of the account.
    ///
    /// @example
    /// ```ts
    /// import { Keypair } from "windlass";
    ///
    /// console.log((await Keypair.random()).secret().length); // 56
    /// ```
    pub fn secret(&self) -> String {
        self.0.reveal().as_str().to_owned()
    }

    /// A second handle for the bindings: converting a JavaScript object into a `Keypair` consumes
    /// the object.
    #[wasm_bindgen(js_name = __clone, skip_typescript)]
    pub fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl Keypair {
    async fn of(secret: SecretKey) -> Result<Self, Error> {
        Ok(Self(Rc::new(Key::new(secret).await?)))
    }
}
