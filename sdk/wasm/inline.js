// With the module as base64: nothing is fetched, and there is no top-level await. For service workers, which allow none, and for pages
// that are one file.
import { portable } from "./js/ed25519.js";
import { compile } from "./js/load.js";
import bytes from "./pkg/windlass_wasm_bytes.js";
import { initSync } from "./pkg/windlass_wasm.js";
import { start } from "./portable-inline.js";

portable.load = start;
compile(initSync, bytes);

export * from "./js/api.js";
