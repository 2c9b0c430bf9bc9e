// Everywhere that the packed package is to load without a plug-in: each a project of its own, used in Chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Tab, launch, launchWithExtension } from "../support/chromium.js";
import { until } from "../support/poll.js";
import { Site } from "../support/site.js";
import { type Packed, Project, pack, scratch } from "./project.js";

const ADDRESS = /^G[A-Z2-7]{55}$/;
/** A module that shows an address that the package has made. */
const SHOW = "document.body.dataset.address = (await Keypair.random()).address;";
const ENTRY = "/node_modules/windlass/index.js";
const INLINE = "/node_modules/windlass/inline.js";

let browser: Browser;
let packed: Packed;
let folder: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launch(), scratch()]);
  packed = await pack(folder.path);
});

afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

function project(name: string, files: Record<string, string>): Promise<Project> {
  return Project.create(join(folder.path, name), packed, files);
}

function page(script: string, head = ""): string {
  return `<!doctype html><title>App</title>${head}<body><script type="module">${script}</script></body>\n`;
}

/** Opens a page and answers with the address that it comes to show. */
async function shown(url: string, selector = "body"): Promise<string> {
  const tab = await Tab.open(browser);
  try {
    await tab.page.goto(url);
    return await until("an address", async () => {
      expect(tab.faults).toEqual([]);
      const found = tab.page.locator(selector);
      return selector === "body" ? (await found.getAttribute("data-address")) || undefined : (await found.textContent()) || undefined;
    }, 30);
  } finally {
    await tab.context.close();
  }
}

/** The same of a folder that is served as it is. */
async function served(app: Project, path = "", headers: Record<string, string> = {}): Promise<string> {
  const site = await Site.serve(app.folder, headers);
  try {
    return await shown(site.url + path);
  } finally {
    await site.close();
  }
}

test("a page without a bundler, by an import map", async () => {
  const map = `<script type="importmap">{"imports": {"windlass": "${ENTRY}"}}</script>`;
  const app = await project("plain", { "index.html": page(`import { Keypair } from "windlass"; ${SHOW}`, map) });
  expect(await served(app)).toMatch(ADDRESS);
});

test("a page whose policy allows WebAssembly and nothing else that is evaluated", async () => {
  const files = { "index.html": '<!doctype html><title>App</title><body><script type="module" src="/main.js"></script></body>' };
  for (const entry of [ENTRY, INLINE]) {
    const app = await project(`policy-${entry.length}`, { ...files, "main.js": `import { Keypair } from "${entry}"; ${SHOW}` });
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
    expect(await served(app, "", { "Content-Security-Policy": policy }), entry).toMatch(ADDRESS);
  }
});

test.each([ENTRY, INLINE])("a worker that imports %s", async (entry) => {
  const script = 'new Worker("/worker.js", { type: "module" }).onmessage = ({ data }) => { document.body.dataset.address = data; };';
  const worker = `import { Keypair } from "${entry}"; postMessage((await Keypair.random()).address);`;
  const app = await project(`worker-${entry.length}`, { "index.html": page(script), "worker.js": worker });
  expect(await served(app)).toMatch(ADDRESS);
});

test("a service worker", async () => {
  const script = `
    await navigator.serviceWorker.register("/sw.js", { type: "module" });
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.onmessage = ({ data }) => { document.body.dataset.address = data; };
    navigator.serviceWorker.startMessages();
    active.postMessage("address");`;
  const worker = `import { Keypair } from "${INLINE}"; onmessage = async ({ source }) => source.postMessage((await Keypair.random()).address);`;
  const app = await project("service-worker", { "index.html": page(script), "sw.js": worker });
  expect(await served(app)).toMatch(ADDRESS);
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
  await app.write({ "src/index.js": `import { Keypair } from "windlass"; ${SHOW}`, "dist/index.html": '<!doctype html><title>App</title><body><script src="/main.js"></script></body>' });
  expect(await app.node("build.cjs")).toBe("");
  const site = await Site.serve(join(app.folder, "dist"));
  try {
    expect(await shown(site.url)).toMatch(ADDRESS);
  } finally {
    await site.close();
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
    expect(await shown(url, "#server")).toMatch(ADDRESS);
    expect(await shown(url, "#client")).toMatch(ADDRESS);
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
