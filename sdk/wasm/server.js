// What a wallet's server needs, and whoever looks into challenges. In Node its classes are those of the other entries.
import "./node.js";

export { Callbacks, inspectChallenge, verifyCallback } from "./pkg-server/windlass_wasm.js";
