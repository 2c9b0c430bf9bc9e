// The modules are in the text of this entry: nothing is fetched and nothing awaited. For service workers, where a module may not
// await, and for pages that are one file.
import { portable } from "./js/ed25519.js";
import bytes from "./pkg/windlass_wasm_bytes.js";
import { initSync } from "./pkg/windlass_wasm.js";
import { start } from "./portable-inline.js";
import { decode } from "./js/text.js";

portable.load = start;
initSync({ module: decode(bytes) });

export * from "./js/api.js";
