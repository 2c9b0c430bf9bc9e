// The same as portable.js, with the module as base64.
import bytes from "./pkg-ed25519/windlass_ed25519_bytes.js";
import { initSync, publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";
import { decode } from "./js/text.js";

export function start() {
    initSync({ module: decode(bytes) });
    return { publicKey, sign, verify };
}
