// Builds src/main.js into the folder dist: `node build.js vite-5|vite-6|esbuild|rollup|bun`.
import { execFileSync } from "node:child_process";

const page = { entryFileNames: "main.js", dir: "dist", format: "es" };

const tools = {
  async "vite-5"() {
    const { build } = await import("vite-5");
    await vite(build);
  },
  async "vite-6"() {
    const { build } = await import("vite-6");
    await vite(build);
  },
  async esbuild() {
    const { build } = await import("esbuild");
    await build({ entryPoints: ["src/main.js"], bundle: true, format: "esm", outdir: "dist", logLevel: "error" });
  },
  async rollup() {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: "src/main.js", plugins: [nodeResolve({ browser: true })] });
    await bundle.write(page);
    await bundle.close();
  },
  async bun() {
    execFileSync("node_modules/.bin/bun", ["build", "src/main.js", "--target=browser", "--outdir=dist"], { stdio: ["ignore", "ignore", "inherit"] });
  },
};

function vite(build) {
  const rolled = { input: "src/main.js", output: page };
  return build({ configFile: false, logLevel: "error", build: { target: "es2022", emptyOutDir: false, rollupOptions: rolled } });
}

await tools[process.argv[2]]();
