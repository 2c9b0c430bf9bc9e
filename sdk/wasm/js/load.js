// Loads a module in browsers.
import { WindlassError } from "./error.js";
import { decode } from "./text.js";

/**
 * Loads the module at an address with wasm-bindgen's `init`. Where it is not there, as with bundlers that move scripts but not what they
 * refer to, `inlined` imports a script that holds the same module.
 */
export async function load(init, url, inlined) {
    const found = fetched(url).catch(async (error) => {
        const { default: bytes } = await inlined().catch(() => Promise.reject(error));
        console.warn(`windlass: ${error.message}. A script that holds the module, and is a third larger, was loaded in its place.`);
        return decode(bytes);
    });
    await init({ module_or_path: await found }).catch((error) => Promise.reject(explained(error)));
}

/** Decodes a module and compiles it with wasm-bindgen's `initSync`. */
export function compile(initSync, text) {
    try {
        initSync({ module: decode(text) });
    } catch (error) {
        throw explained(error);
    }
}

/** The error of a page that forbids WebAssembly, with the way out; any other error as it is. */
export function explained(error) {
    if (!/unsafe-eval|\bCSP\b|Content Security Policy/i.test(error?.message)) return error;
    return new WebAssembly.CompileError("the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src", { cause: error });
}

export async function fetched(url) {
    const response = await fetch(url);
    const type = response.headers.get("Content-Type");
    if (response.ok && type?.startsWith("application/wasm")) return response;
    const bytes = await response.arrayBuffer();
    // Some servers do not know the content type: the first four bytes, "\0asm", tell.
    if (response.ok && bytes.byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d) return bytes;
    throw new WindlassError(
        "unexpected_response",
        `${url} is not WebAssembly (status ${response.status}, ${type ?? "no content type"}): serve ${url.pathname.split("/").pop()} at this address`,
        undefined,
        response.status,
    );
}
