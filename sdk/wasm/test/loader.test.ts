// The loader of browsers, with a `fetch` that answers what servers answer.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const MODULE = readFileSync(new URL("../pkg/windlass_wasm_bg.wasm", import.meta.url));

beforeEach(() => {
    vi.resetModules();
});
afterEach(() => {
    vi.unstubAllGlobals();
});

function load(answer: Response): Promise<typeof import("windlass")> {
    vi.stubGlobal("fetch", async (url: URL) => {
        expect(String(url)).toMatch(/\/pkg\/windlass_wasm_bg\.wasm$/);
        return answer;
    });
    return import("../index.js" as string) as Promise<typeof import("windlass")>;
}

test.each(["application/wasm", "application/octet-stream", undefined])("the module is loaded when served as %s", async (type) => {
    const { Keypair } = await load(new Response(MODULE, type === undefined ? {} : { headers: { "Content-Type": type } }));
    expect((await Keypair.random()).address).toMatch(/^G[A-Z2-7]{55}$/);
});

test.each([
    [new Response("<!doctype html><title>My app</title>", { headers: { "Content-Type": "text/html" } }), "status 200, text/html"],
    [new Response("Not found", { status: 404 }), "status 404, text/plain"],
    [new Response("", { headers: { "Content-Type": "" } }), "status 200, "],
])("a response that is not WebAssembly is reported with status and type, and a script is loaded in its place", async (answer, part) => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { Keypair } = await load(answer.clone());
    expect((await Keypair.random()).address).toMatch(/^G[A-Z2-7]{55}$/);
    expect(warn.mock.calls.join()).toContain(part);
    warn.mockRestore();

    vi.resetModules();
    vi.doMock("../pkg/windlass_wasm_bytes.js", () => Promise.reject(new TypeError("no such script")));
    const error: unknown = await load(answer).catch((error: unknown) => error);
    vi.doUnmock("../pkg/windlass_wasm_bytes.js");
    expect(error).toMatchObject({ name: "WindlassError", code: "unexpected_response", status: answer.status });
    expect(String(error)).toContain(part);
    expect(String(error)).toContain("windlass_wasm_bg.wasm is not WebAssembly");
});

test("a page that forbids WebAssembly is told what to allow", async () => {
    const refused = "WebAssembly.instantiate(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source";
    const forbid = () => Promise.reject(new WebAssembly.CompileError(refused));
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { instantiate: forbid, instantiateStreaming: forbid }));
    const answer = new Response(MODULE, { headers: { "Content-Type": "application/wasm" } });
    await expect(load(answer)).rejects.toThrow("add 'wasm-unsafe-eval' to its script-src");
});
