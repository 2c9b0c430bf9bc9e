import { WindlassError } from "./error.js";

/** The WebAssembly module at an address, as wasm-bindgen's `init` takes it. If something else is there, the error says what. */
export async function load(url) {
    const response = await fetch(url);
    const type = response.headers.get("Content-Type");
    if (response.ok && type?.startsWith("application/wasm")) return response;
    const bytes = await response.arrayBuffer();
    // Some servers do not know the content type: the first four bytes, "\0asm", tell.
    if (response.ok && bytes.byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d) return bytes;
    // Vite before 8 moves the package's scripts in development, but not its modules.
    const [, moved] = url.pathname.split("/.vite/deps/");
    if (moved) return load(new URL(`../../../windlass/${moved}`, url));
    throw new WindlassError(
        "unexpected_response",
        `${url} is not WebAssembly (status ${response.status}, ${type ?? "no content type"}): serve ${url.pathname.split("/").pop()} at this address`,
        undefined,
        response.status,
    );
}
