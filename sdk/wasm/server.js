// `windlass/server`: the signing service, callbacks and the report on a challenge. In Node its classes are those of the other entries.
import "./node.js";
import { callbackHandlerBy } from "./js/callback-handler.js";
import { Anchor, Callbacks, DomainSigner } from "./pkg-server/windlass_wasm.js";
import { signingServiceBy } from "./js/signing-service.js";

export { forNode } from "./js/handler.js";
export { Callbacks, inspectChallenge, verifyCallback } from "./pkg-server/windlass_wasm.js";

const discover = (domain) => Anchor.discover(domain);

export const callbackHandler = callbackHandlerBy(Callbacks, discover);
export const signingService = signingServiceBy(DomainSigner, discover);
