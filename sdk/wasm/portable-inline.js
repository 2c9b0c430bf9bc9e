// The same as portable.js, with the module as base64.
import bytes from "./pkg-ed25519/windlass_ed25519_bytes.js";
import { initSync, publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";
import { compile } from "./js/load.js";

export function start() {
    compile(initSync, bytes);
    return { publicKey, sign, verify };
}
