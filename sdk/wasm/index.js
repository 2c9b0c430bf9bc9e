// Browsers fetch the module that lies beside this file: bundlers understand the URL below and bring it along.
import { portable } from "./js/ed25519.js";
import { load } from "./js/load.js";
import { finish, imports } from "./pkg/windlass_wasm.js";

portable.load = () => import("./portable.js").then(({ start }) => start(load));
finish(await load(new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url), imports()));

export * from "./js/api.js";
