// Ed25519 for browsers that have none, and pages without https: others never fetch this.
import { load } from "./load.js";
import { finish, imports, publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";

export async function start() {
    finish(await load(new URL("./pkg-ed25519/windlass_ed25519_bg.wasm", import.meta.url), imports()));
    return { publicKey, sign, verify };
}
