// Every environment in which the packed package must load without a plug-in: a project for each, run in Chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Tab, launch, launchWithExtension } from "../support/chromium.js";
import { until } from "../support/poll.js";
import { prints } from "../support/prints.js";
import { Site } from "../support/site.js";
import { ADDRESS, ENTRY, INLINE, PAGES, PRINT } from "./pages.js";
import { type Packed, Project, pack, scratch } from "./project.js";

let browser: Browser;
let packed: Packed;
let folder: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launch(), scratch()]);
  packed = await pack();
});

afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

function project(name: string, files: Record<string, string>): Promise<Project> {
  return Project.create(join(folder.path, name), packed, files);
}

/** Serves a folder as it is, opens its page, and waits for the address that it prints. */
async function printsAddress(served: string, headers: Record<string, string> = {}): Promise<void> {
  const [site, tab] = await Promise.all([Site.serve(served, headers), Tab.open(browser)]);
  try {
    await tab.page.goto(site.url);
    await prints(tab, ADDRESS);
  } finally {
    await tab.context.close();
    await site.close();
  }
}

test.each(PAGES)("$in", async ({ in: where, files, headers }) => {
  const app = await project(where.replaceAll(/\W+/g, "-"), files);
  await printsAddress(app.folder, headers);
});

test.each([ENTRY, INLINE])("a page whose policy forbids WebAssembly is told what to allow, by %s", async (entry) => {
  const main = `import("${entry}").catch((error) => console.log(error.message));`;
  const html = '<!doctype html><title>App</title><body><script type="module" src="/main.js"></script></body>';
  const app = await project(`forbidden-${entry.replaceAll(/\W+/g, "-")}`, { "index.html": html, "main.js": main });
  const policy = { "Content-Security-Policy": "script-src 'self'" };
  const [site, tab] = await Promise.all([Site.serve(app.folder, policy), Tab.open(browser)]);
  try {
    await tab.page.goto(site.url);
    await until("the error", async () => tab.printed.find((line) => line.includes("add 'wasm-unsafe-eval' to its script-src")));
  } finally {
    await tab.context.close();
    await site.close();
  }
});

test("the background of an extension, Manifest V3", async () => {
  const manifest = {
    manifest_version: 3,
    name: "App",
    version: "1",
    background: { service_worker: "background.js", type: "module" },
    content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" },
  };
  const background = `import { Keypair } from "${INLINE}"; Keypair.random().then(({ address }) => { globalThis.address = address; });`;
  const app = await project("extension", { "manifest.json": JSON.stringify(manifest), "background.js": background });
  const context = await launchWithExtension(app.folder, join(folder.path, "profile"));
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    const address = await until("an address", () => worker.evaluate(() => (globalThis as { address?: string }).address), 30);
    expect(address).toMatch(ADDRESS);
  } finally {
    await context.close();
  }
});

test("webpack", async () => {
  const app = await Project.of("webpack", join(folder.path, "webpack"), packed);
  await app.write({ "src/index.js": `import { Keypair } from "windlass"; ${PRINT}`, "dist/index.html": '<!doctype html><title>App</title><body><script src="/main.js"></script></body>' });
  expect(await app.node("build.cjs")).toBe("");
  await printsAddress(join(app.folder, "dist"));
});

test("Vite 7 in development, in an npm workspace, with a cache of its own", async () => {
  const app = await Project.of("vite7", join(folder.path, "vite7"), packed);
  const vite = join(app.folder, "node_modules/vite/bin/vite.js");
  const server = spawn(process.execPath, [vite], { cwd: join(app.folder, "app"), env: { ...process.env, NO_COLOR: "1" } });
  try {
    let said = "";
    server.stdout.on("data", (text) => (said += text));
    server.stderr.on("data", (text) => (said += text));
    const url = await until("the server's address", async () => /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said)?.[0], 30);
    const tab = await Tab.open(browser);
    await tab.page.goto(url);
    await prints(tab, ADDRESS);
    // Its scripts are in the cache, the module is not: a script that holds it is loaded.
    expect(tab.printed.join()).toContain("was loaded in its place");
    await tab.context.close();
  } finally {
    server.kill("SIGKILL");
    await once(server, "close");
  }
});

test("Next.js, rendered by the server and run in the page", async () => {
  const app = await Project.of("next", join(folder.path, "next"), packed);
  const next = join(app.folder, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const building = spawn(process.execPath, [next, "build"], { cwd: app.folder, env });
  let told = "";
  building.stdout.on("data", (text) => (told += text));
  building.stderr.on("data", (text) => (told += text));
  const [status] = (await once(building, "close")) as [number];
  expect(status, told).toBe(0);
  const server = spawn(process.execPath, [next, "start", "--port", "0", "--hostname", "127.0.0.1"], { cwd: app.folder, env });
  try {
    let said = "";
    server.stdout.on("data", (text) => (said += text));
    const url = await until("the server's address", async () => /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said)?.[0], 30);
    const tab = await Tab.open(browser);
    await tab.page.goto(url);
    for (const made of ["#server", "#client"]) {
      const address = await until(made, async () => {
        expect(tab.faults).toEqual([]);
        return (await tab.page.locator(made).textContent()) || undefined;
      }, 30);
      expect(address, made).toMatch(ADDRESS);
    }
    await tab.context.close();
  } finally {
    server.kill("SIGKILL");
    await once(server, "close");
  }
});

test("Node, by require", async () => {
  const script = 'const { Keypair } = require("windlass"); Keypair.random().then(({ address }) => process.stdout.write(address));';
  const app = await project("require", { "main.cjs": script });
  expect(await app.node("main.cjs")).toMatch(ADDRESS);
  const typed = 'import windlass = require("windlass");\nconst address: Promise<string> = windlass.Keypair.random().then((key) => key.address);\nexport { address };\n';
  await app.write({ "typed.cts": typed });
  expect(await app.typeCheck({ module: "NodeNext", moduleResolution: "NodeNext" }, "typed.cts")).toBe("");
});

test.each([
  ["5.2", "typescript-5", "nodenext", ["--skipLibCheck", "false"]],
  ["5.2, with the resolution of bundlers", "typescript-5", "bundler", ["--skipLibCheck", "false"]],
  ["5.2, with the resolution of node10", "typescript-5", "node10", ["--skipLibCheck", "false"]],
  ["4.7, with skipLibCheck", "typescript-4", "nodenext", ["--skipLibCheck", "true"]],
] as const)("TypeScript %s", async (_, version, resolution, more) => {
  const app = await Project.of("typescript", join(folder.path, `typescript-${version}-${resolution}`), packed);
  const module = resolution === "nodenext" ? "nodenext" : "esnext";
  const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", module, "--moduleResolution", resolution];
  expect(await app.node(`node_modules/${version}/bin/tsc`, ...options, ...more, "app.ts")).toBe("");
}, 60_000);

test("the package passes publint and Are the types wrong", async () => {
  const app = await Project.of("checks", join(folder.path, "checks"), packed);
  const check = (program: string, ...options: string[]) => app.node(`node_modules/${program}`, packed.path, ...options);
  expect(await check("publint/src/cli.js", "--strict")).toContain("All good!");
  const types = await check("@arethetypeswrong/cli/dist/index.js", "--format", "ascii", "--exclude-entrypoints", "./windlass.wasm");
  expect(types).toContain("No problems found");
}, 60_000);
