// Ed25519 for browsers that have none, and pages without https: others never fetch this.
// It is given `load` and imports nothing that an entry does: a bundler would make a file of that, which every page would wait for.
import { finish, imports, publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";

export async function start(load) {
    finish(await load(new URL("./pkg-ed25519/windlass_ed25519_bg.wasm", import.meta.url), imports()));
    return { publicKey, sign, verify };
}
