// For browsers: fetches the module. Bundlers understand the URL below and copy the file it names.
import { portable, prepare } from "./js/ed25519.js";
import { load } from "./js/load.js";
import init from "./pkg/windlass_wasm.js";

portable.load = () => import("./portable.js").then(({ start }) => start(load, () => import("./pkg-ed25519/windlass_ed25519_bytes.js")));
const loaded = load(init, new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url), () => import("./pkg/windlass_wasm_bytes.js"));
prepare();
await loaded;

export * from "./js/api.js";
