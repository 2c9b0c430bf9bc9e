// The module is in the text of this entry: nothing is fetched and nothing awaited. For Node, for servers that are bundled, and
// for service workers, where a module may not await.
import bytes from "./pkg/windlass_wasm_bytes.js";
import { initSync } from "./pkg/windlass_wasm.js";

initSync({ module: Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)) });

export * from "./api.js";
