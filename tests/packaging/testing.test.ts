// The test anchor of the packed package, in Node and in a page.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, preview } from "vite";
import { Tab, launch } from "../support/chromium.js";
import { prints } from "../support/prints.js";
import { APP } from "./pages.js";
import { type Packed, Project, pack, scratch } from "./project.js";
import { SAID, STORY, TYPED, untyped } from "./story.js";

let packed: Packed;
let folder: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  folder = await scratch();
  packed = await pack();
});

afterAll(() => folder?.remove());

test("in Node, and strictly typed", async () => {
  const files = { "main.mjs": STORY, "main.ts": TYPED };
  const app = await Project.create(join(folder.path, "node"), packed, files);
  expect(await app.node("main.mjs")).toBe(`${SAID}\n`);
  for (const options of [
    { module: "ESNext", moduleResolution: "bundler" },
    { module: "NodeNext", moduleResolution: "NodeNext" },
  ]) {
    expect(await app.typeCheck(options, "main.ts"), options.moduleResolution).toBe("");
  }
});

test("in Node, by require", async () => {
  const [imports = "", ...story] = TYPED.split("\n\n");
  const code = `(async () => {${story.join("\n\n")}})();`;
  const required = imports.replaceAll(/import (.*) from (.*);/g, "const $1 = require($2);");
  const files = { "main.cjs": `${required}\n${untyped(code)}`, "main.cts": `${imports}\n${code}` };
  const app = await Project.create(join(folder.path, "require"), packed, files);
  expect(await app.node("main.cjs")).toBe(`${SAID}\n`);
  expect(await app.typeCheck({ module: "NodeNext", moduleResolution: "NodeNext" }, "main.cts")).toBe("");
});

test("in a page, in Chromium", async () => {
  const app = await Project.create(join(folder.path, "page"), packed, { "index.html": APP, "main.ts": TYPED });
  const config = { root: app.folder, configFile: false as const, logLevel: "error" as const };
  await build({ ...config, build: { target: "es2022" } });
  const served = await preview({ ...config, preview: { port: 0, host: "localhost" } });
  const browser = await launch();
  try {
    const tab = await Tab.open(browser);
    const asked: string[] = [];
    tab.page.on("request", (request) => asked.push(new URL(request.url()).hostname));
    await tab.page.goto(served.resolvedUrls?.local[0] ?? "");
    await prints(tab, new RegExp(`^${SAID}$`));
    expect(asked.filter((host) => host !== "localhost")).toEqual([]);
  } finally {
    await browser.close();
    await served.close();
  }
});
