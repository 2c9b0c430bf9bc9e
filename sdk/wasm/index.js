// For browsers: fetches the module. Bundlers understand the URL below and copy the file it names.
import { portable, prepare } from "./js/ed25519.js";
import { load } from "./js/load.js";
import init from "./pkg/windlass_wasm.js";

portable.load = () => import("./portable.js").then(({ start }) => start(load));
const fetched = load(new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url));
prepare();
await init({ module_or_path: fetched });

export * from "./js/api.js";
