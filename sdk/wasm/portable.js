// Ed25519 for browsers that have none, and pages without https: others never fetch this.
import { load } from "./load.js";
import init, { publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";

export async function start() {
    await init({ module_or_path: load(new URL("./pkg-ed25519/windlass_ed25519_bg.wasm", import.meta.url)) });
    return { publicKey, sign, verify };
}
