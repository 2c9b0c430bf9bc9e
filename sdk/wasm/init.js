// For tools that find the module by themselves in no other entry: the caller says where it is. There is nothing to import that could be
// called before.
import * as windlass from "./js/api.js";
import { portable } from "./js/ed25519.js";
import { WindlassError } from "./js/error.js";
import { explained, fetched } from "./js/load.js";
import initModule from "./pkg/windlass_wasm.js";

portable.load = async () => (await import("./portable-inline.js")).start();

let begun;

export function init(source) {
    return (begun ??= start(source).catch((error) => ((begun = undefined), Promise.reject(error))));
}

async function start(source) {
    try {
        await initModule({ module_or_path: await found(source) });
    } catch (error) {
        throw error instanceof WindlassError ? error : failed("invalid_request", explained(error));
    }
    return windlass;
}

function found(source) {
    if (source instanceof WebAssembly.Module || source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source;
    if (typeof source !== "string" && !(source instanceof URL)) throw new TypeError("give the WebAssembly.Module, its bytes, or its address");
    return fetched(new URL(source, globalThis.location?.href)).catch((error) => {
        throw error instanceof WindlassError ? error : failed("network", error);
    });
}

const failed = (code, cause) => new WindlassError(code, `init: ${cause?.message}`, undefined, undefined, undefined, cause);
