// Ed25519 for browsers that have none, and pages without https, and public keys for browsers that export none: fetched only there.
// The parameters are there because bundlers would put what this script shares with the entries into a file of its own, which every page
// would wait for: `load`, and a function that imports the module as a script.
import init, { publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";

export async function start(load, inlined) {
    await load(init, new URL("./pkg-ed25519/windlass_ed25519_bg.wasm", import.meta.url), inlined);
    return { publicKey, sign, verify };
}
