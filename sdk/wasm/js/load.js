import { WindlassError } from "./error.js";

/** A WebAssembly module from where it was put, with what it imports; or an error that says what is there instead. */
export async function load(url, imports) {
    const response = await fetch(url);
    if (response.ok && response.headers.get("Content-Type")?.startsWith("application/wasm")) {
        return (await WebAssembly.instantiateStreaming(response, imports)).instance;
    }
    const bytes = await response.arrayBuffer();
    // Some servers do not know the type of the file: its first bytes tell.
    if (response.ok && new DataView(bytes).byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d) {
        return (await WebAssembly.instantiate(bytes, imports)).instance;
    }
    // Vite before 8 moves the package in development, without its modules: they are still where they were.
    const [, moved] = url.pathname.split("/.vite/deps/");
    if (moved) return load(new URL(`../../../windlass/${moved}`, url), imports);
    const type = response.headers.get("Content-Type") ?? "no content type";
    throw new WindlassError(
        "unexpected_response",
        `${url} is not WebAssembly (status ${response.status}, ${type}): serve ${url.pathname.split("/").pop()} at this address`,
        undefined,
        response.status,
    );
}
