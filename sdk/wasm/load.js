import { WindlassError } from "./error.js";

/** A WebAssembly module from where it was put, or an error that says what is there instead. */
export async function load(url) {
    const response = await fetch(url);
    if (response.ok && response.headers.get("Content-Type")?.startsWith("application/wasm")) return response;
    const bytes = await response.arrayBuffer();
    // Some servers do not know the type of the file: its first bytes tell.
    if (response.ok && new DataView(bytes).byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d) return bytes;
    // Vite before 8 moves the package in development, without its modules: they are still where they were.
    const [, moved] = url.pathname.split("/.vite/deps/");
    if (moved) return load(new URL(`../../../windlass/${moved}`, url));
    const type = response.headers.get("Content-Type") ?? "no content type";
    throw new WindlassError(
        "unexpected_response",
        `${url} is not WebAssembly (status ${response.status}, ${type}): serve ${url.pathname.split("/").pop()} at this address`,
        undefined,
        response.status,
    );
}
