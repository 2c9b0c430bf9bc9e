/**
 * For tools that find the module by themselves in no other entry.
 *
 * @module init
 */

/**
 * Loads the module and returns what `windlass` exports. Later calls return the same, whatever they are given.
 *
 * Throws `invalid_request` if the module cannot be compiled, `network` if its address cannot be reached, and `unexpected_response` if there
 * is something else.
 *
 * @param source The module `windlass/windlass.wasm`: compiled, as bytes, or where it is served.
 *
 * @example
 * ```ts
 * import { init } from "windlass/init";
 *
 * try {
 *     const { Keypair } = await init("https://wallet.example.com/windlass.wasm"); // or the WebAssembly.Module, or its bytes
 *     console.log((await Keypair.random()).address);
 * } catch (error) {
 *     console.log((error as Error).message.split(":")[0]); // init
 * }
 * ```
 */
export function init(source: WebAssembly.Module | ArrayBuffer | ArrayBufferView | URL | string): Promise<typeof import("./windlass.js")>;
