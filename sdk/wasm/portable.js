// Ed25519 for browsers that have none, and pages without https, and public keys for browsers that export none: fetched only there.
// `load` is a parameter: bundlers would put an import shared with the entries into a file of its own, which every page would wait for.
import init, { publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";

export async function start(load) {
    await init({ module_or_path: await load(new URL("./pkg-ed25519/windlass_ed25519_bg.wasm", import.meta.url)) });
    return { publicKey, sign, verify };
}
