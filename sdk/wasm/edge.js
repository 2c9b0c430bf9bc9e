// For Cloudflare Workers and edge runtimes, which compile no WebAssembly while they run: the modules are files of the program. All entries
// share one module, as in Node. Ed25519 is tested only when it is needed, because Workers allow no work while a script is loaded.
import { portable } from "./js/ed25519.js";
import ed25519 from "./pkg-ed25519/windlass_ed25519_bg.wasm?module";
import { initSync as initEd25519, publicKey, sign, verify } from "./pkg-ed25519/windlass_ed25519.js";
import module from "./pkg-server/windlass_wasm_bg.wasm?module";
import { initSync } from "./pkg-server/windlass_wasm.js";

portable.load = async () => {
    initEd25519({ module: ed25519 });
    return { publicKey, sign, verify };
};
initSync({ module });

export * from "./js/api-server.js";
