// For Node and for bundled servers. All entries share one module here, as base64, so that their classes are the same.
import { portable } from "./js/ed25519.js";
import { compile } from "./js/load.js";
import bytes from "./pkg-server/windlass_wasm_bytes.js";
import { initSync } from "./pkg-server/windlass_wasm.js";
import { start } from "./portable-inline.js";

portable.load = start;
compile(initSync, bytes);

export * from "./js/api-server.js";
