// Bundlers that need no server of their own: each builds the same page, which prints an address in Chromium.
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Tab, launch } from "../support/chromium.js";
import { prints } from "../support/prints.js";
import { Site } from "../support/site.js";
import { ADDRESS, PRINT } from "./pages.js";
import { Project, pack, scratch } from "./project.js";

let browser: Browser;
let folder: Awaited<ReturnType<typeof scratch>>;
let app: Project;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launch(), scratch()]);
  app = await Project.of("bundlers", join(folder.path, "app"), await pack());
});

afterAll(async () => {
  await browser?.close();
  await folder?.remove();
});

/** What the page says where the bundler has lost the module, and so a script that holds it was loaded. */
const IN_ITS_PLACE = "was loaded in its place";

const INIT = `import { init } from "windlass/init"; const { Keypair } = await init(new URL("windlass.wasm", location.href)); ${PRINT}`;
const importing = (entry: string) => `import { Keypair } from "${entry}"; ${PRINT}`;

test.each([
  { in: "Vite 5", tool: "vite-5", entry: "windlass", main: importing("windlass"), replaced: false },
  { in: "Vite 6", tool: "vite-6", entry: "windlass", main: importing("windlass"), replaced: false },
  { in: "esbuild", tool: "esbuild", entry: "windlass/inline", main: importing("windlass/inline"), replaced: false },
  { in: "esbuild", tool: "esbuild", entry: "windlass", main: importing("windlass"), replaced: true },
  { in: "esbuild", tool: "esbuild", entry: "windlass/init", main: INIT, replaced: false },
  { in: "Rollup", tool: "rollup", entry: "windlass/inline", main: importing("windlass/inline"), replaced: false },
  { in: "Rollup", tool: "rollup", entry: "windlass", main: importing("windlass"), replaced: true },
  { in: "bun build", tool: "bun", entry: "windlass/inline", main: importing("windlass/inline"), replaced: false },
  { in: "bun build", tool: "bun", entry: "windlass", main: importing("windlass"), replaced: true },
])("$in: a page that imports $entry", async ({ tool, entry, main, replaced }) => {
  const html = '<!doctype html><title>App</title><body><script type="module" src="/main.js"></script></body>';
  const built = join(app.folder, `${tool}-${entry.replace("/", "-")}`);
  await app.remove("dist");
  await app.write({ "src/main.js": main, "dist/index.html": html });
  expect(await app.node("build.js", tool)).toBe("");
  await cp(join(app.folder, "dist"), built, { recursive: true });
  await cp(join(app.folder, "node_modules/windlass/pkg/windlass_wasm_bg.wasm"), join(built, "windlass.wasm"));
  const [site, tab] = await Promise.all([Site.serve(built), Tab.open(browser)]);
  try {
    await tab.page.goto(site.url);
    await prints(tab, ADDRESS);
    expect(tab.printed.join().includes(IN_ITS_PLACE)).toBe(replaced);
  } finally {
    await tab.context.close();
    await site.close();
  }
});
