// Bundles main.js as wrangler and Next.js do, which leave WebAssembly modules files of their own, and prints how it answers a request with
// the body that is given: `node run.js workerd|edge-light <body>`.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const [, , condition, body] = process.argv;
const request = { method: "POST", headers: { "Content-Type": "application/json" }, body };

/** Takes note of imported modules, which esbuild is to see as `external` or as the code that `written` gives for a name. */
const modules = {};
const files = (written) => ({
  name: "files",
  setup(bundle) {
    bundle.onResolve({ filter: /\.wasm\?module$/ }, async ({ path, ...more }) => {
      const found = await bundle.resolve(path.replace("?module", ""), more);
      const name = path.split("/").pop().replace("?module", "");
      modules[name] = readFileSync(found.path);
      return written ? { path: name, namespace: "files" } : { path: `./${name}`, external: true };
    });
    if (written) bundle.onLoad({ filter: /./, namespace: "files" }, ({ path }) => ({ contents: written(path) }));
  },
});

async function bundled(format, written) {
  const options = { entryPoints: ["main.js"], bundle: true, write: false, conditions: [condition], logLevel: "error" };
  const { outputFiles } = await build({ ...options, format, plugins: [files(written)] });
  return outputFiles[0].text;
}

const runtimes = {
  async workerd() {
    const { Miniflare, Response } = await import("miniflare");
    const contents = await bundled("esm");
    const parts = Object.entries(modules).map(([path, contents]) => ({ type: "CompiledWasm", path, contents }));
    const worker = new Miniflare({
      compatibilityDate: "2024-11-11",
      modules: [{ type: "ESModule", path: "main.js", contents }, ...parts],
      outboundService: () => new Response("", { status: 404 }),
    });
    try {
      return await (await worker.dispatchFetch("https://wallet.example/sign", request)).text();
    } finally {
      await worker.dispose();
    }
  },
  async "edge-light"() {
    const { EdgeRuntime } = await import("edge-runtime");
    const text = await bundled("iife", (name) => `export default globalThis.modules[${JSON.stringify(name)}]`);
    const runtime = new EdgeRuntime();
    const WebAssembly = runtime.evaluate("WebAssembly");
    runtime.context.modules = Object.fromEntries(Object.entries(modules).map(([name, bytes]) => [name, new WebAssembly.Module(bytes)]));
    runtime.evaluate("for (const name of ['compile', 'instantiate']) WebAssembly[name] = () => { throw new Error('compiling is forbidden'); }");
    runtime.evaluate(text);
    return (await runtime.dispatchFetch("https://wallet.example/sign", request)).text();
  },
};

process.stdout.write(await runtimes[condition]());
