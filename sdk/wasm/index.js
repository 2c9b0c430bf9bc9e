// Browsers fetch the module that lies beside this file: bundlers understand the URL below and bring it along.
import { WindlassError } from "./error.js";
import init from "./pkg/windlass_wasm.js";

// Vite before 8 moves this file in development, without the module: it is still where it was, seen from where it is asked for.
const UNMOVED = "../../../windlass/pkg/windlass_wasm_bg.wasm";

await init({ module_or_path: load(new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url)) });

async function load(url) {
    const response = await fetch(url);
    if (response.ok && response.headers.get("Content-Type")?.startsWith("application/wasm")) return response;
    const bytes = await response.arrayBuffer();
    // Some servers do not know the type of the file: its first bytes tell.
    if (response.ok && new DataView(bytes).byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d) return bytes;
    if (url.pathname.includes("/.vite/deps/")) return load(new URL(UNMOVED, url));
    const type = response.headers.get("Content-Type") ?? "no content type";
    throw new WindlassError(
        "unexpected_response",
        `${url} is not WebAssembly (status ${response.status}, ${type}): serve windlass_wasm_bg.wasm at this address`,
        undefined,
        response.status,
    );
}

export * from "./api.js";
