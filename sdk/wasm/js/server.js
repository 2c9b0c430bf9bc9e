// The exports of `windlass/server`: the signing service, callbacks and the report on a challenge.
import { Anchor, Callbacks, DomainSigner } from "../pkg-server/windlass_wasm.js";
import { callbackHandlerBy } from "./callback-handler.js";
import { signingServiceBy } from "./signing-service.js";

export { Callbacks, Keypair, inspectChallenge, verifyCallback } from "../pkg-server/windlass_wasm.js";
export { forNode } from "./handler.js";

const discover = (domain) => Anchor.discover(domain);

export const callbackHandler = callbackHandlerBy(Callbacks, discover);
export const signingService = signingServiceBy(DomainSigner, discover);
