// `windlass/server`: the signing service, callbacks and the report on a challenge. In Node its classes are those of the other entries.
import "./node.js";
import { callbackHandlerBy } from "./js/callback-handler.js";
import { Callbacks, DomainSigner } from "./pkg-server/windlass_wasm.js";
import { signingServiceBy } from "./js/signing-service.js";

export { forNode } from "./js/handler.js";
export { Callbacks, inspectChallenge, verifyCallback } from "./pkg-server/windlass_wasm.js";

export const callbackHandler = callbackHandlerBy(Callbacks);
export const signingService = signingServiceBy(DomainSigner);
