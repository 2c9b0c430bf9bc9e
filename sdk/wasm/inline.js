// With the module as base64: nothing is fetched, and there is no top-level await. For service workers, which allow none, and for pages
// that are one file.
import { portable } from "./js/ed25519.js";
import { decode } from "./js/text.js";
import bytes from "./pkg/windlass_wasm_bytes.js";
import { initSync } from "./pkg/windlass_wasm.js";
import { start } from "./portable-inline.js";

portable.load = start;
initSync({ module: decode(bytes) });

export * from "./js/api.js";
