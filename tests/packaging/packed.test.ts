// The packed package in other projects, as `npm install windlass` would install it.
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, createServer, preview } from "vite";
import { Tab, launch } from "../support/chromium.js";
import { prints } from "../support/prints.js";
import { ROOT, Server } from "../support/server.js";
import { APP } from "./pages.js";
import { type Packed, Project, at, pack, sample, scratch } from "./project.js";

/** What the sample of the README prints at a sandbox anchor. */
const ASKED = ["first_name", "last_name", "email_address", "mobile_number", "birth_date", "address_country_code", "photo_id_front"];
const REFUSED = "invalid_field birth_date";

let server: Server;
let packed: Packed;
let folder: Awaited<ReturnType<typeof scratch>>;
let code: string;

beforeAll(async () => {
  [server, folder] = await Promise.all([Server.start(), scratch()]);
  packed = await pack();
  code = at(server.homeDomain, await sample("sdk/wasm/README.md"));
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

async function project(name: string, files: Record<string, string>): Promise<Project> {
  return Project.create(join(folder.path, name), packed, files);
}

test("all that package.json exports is in the package, and its README links to the web", async () => {
  const { exports } = JSON.parse(await readFile(join(ROOT, "sdk/wasm/package.json"), "utf8")) as { exports: object };
  const paths = [...JSON.stringify(exports).matchAll(/"\.\/([^"]+\.\w+)"(?!:)/g)].map(([, path]) => path);
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => path !== undefined && !packed.files.includes(path))).toEqual([]);
  const readme = await readFile(join(ROOT, "sdk/wasm/README.md"), "utf8");
  expect(readme.match(/\]\((?!https:|#)[^)]*\)/g) ?? []).toEqual([]);
});

test("the package contains exactly the needed files", () => {
  expect(packed.files).toEqual([
    "LICENSE",
    "README.md",
    "edge-server.js",
    "edge.js",
    "forms.d.ts",
    "forms.js",
    "forms/ar.js",
    "forms/autocomplete.js",
    "forms/choices.js",
    "forms/codes.js",
    "forms/en.js",
    "forms/es.js",
    "forms/field.js",
    "forms/fr.js",
    "forms/languages.js",
    "forms/limits.js",
    "forms/messages.js",
    "forms/names.js",
    "forms/pt.js",
    "forms/value.js",
    "index.js",
    "init.d.ts",
    "init.js",
    "inline.d.ts",
    "inline.js",
    "js/anchors.js",
    "js/api-server.js",
    "js/api.js",
    "js/callback-handler.js",
    "js/check.js",
    "js/ed25519.js",
    "js/error.js",
    "js/handler.js",
    "js/handles.js",
    "js/load.js",
    "js/options.js",
    "js/server.js",
    "js/signer.js",
    "js/signing-service.js",
    "js/text.js",
    "js/watch.js",
    "node.js",
    "package.json",
    "pkg-ed25519/windlass_ed25519.js",
    "pkg-ed25519/windlass_ed25519_bg.wasm",
    "pkg-ed25519/windlass_ed25519_bytes.js",
    "pkg-server/windlass_wasm.js",
    "pkg-server/windlass_wasm_bg.wasm",
    "pkg-server/windlass_wasm_bytes.js",
    "pkg-sign-in/windlass_wasm.js",
    "pkg-sign-in/windlass_wasm_bg.wasm",
    "pkg-sign-in/windlass_wasm_bytes.js",
    "pkg/forms.cjs",
    "pkg/forms.d.cts",
    "pkg/init.cjs",
    "pkg/init.d.cts",
    "pkg/sep9.cjs",
    "pkg/sep9.d.cts",
    "pkg/server.d.cts",
    "pkg/sign-in.d.cts",
    "pkg/windlass.cjs",
    "pkg/windlass.d.cts",
    "pkg/windlass_wasm.js",
    "pkg/windlass_wasm_bg.wasm",
    "pkg/windlass_wasm_bytes.js",
    "portable-inline.js",
    "portable.js",
    "sep9.d.ts",
    "sep9.js",
    "server.d.ts",
    "server.js",
    "sign-in.d.ts",
    "sign-in.js",
    "testing/index.d.ts",
    "testing/pkg/testing.cjs",
    "testing/pkg/testing.d.cts",
    "testing/pkg/testing.js",
    "windlass.d.ts",
  ]);
});

describe("in Node", () => {
  test("the README's sample runs as it stands", async () => {
    const app = await project("node", { "main.mjs": code });
    const printed = await app.node("main.mjs");
    for (const name of ASKED) expect(printed).toContain(name);
    expect(printed).toContain(REFUSED);
  });

  test("a CommonJS project imports it", async () => {
    const script = 'import("windlass").then(({ Keypair }) => Keypair.random()).then((key) => console.log(key.address.length));';
    const app = await project("commonjs", { "main.cjs": script });
    expect(await app.node("main.cjs")).toBe("56\n");
  });

  test("the constants of SEP-9 are imported, and required", async () => {
    const imported = 'import { sex } from "windlass/sep9";\nconsole.log(sex.choices.join());';
    const required = 'console.log(require("windlass/sep9").field("sex").choices.join());';
    const app = await project("sep9", { "main.mjs": imported, "main.cjs": required });
    expect(await app.node("main.mjs")).toBe("male,female,other\n");
    expect(await app.node("main.cjs")).toBe("male,female,other\n");
    const typed = 'import sep9 = require("windlass/sep9");\nexport const first: "male" = sep9.sex.choices[0];\n';
    await app.write({ "typed.cts": typed });
    expect(await app.typeCheck({ module: "NodeNext", moduleResolution: "NodeNext" }, "typed.cts")).toBe("");
  });

  test("what a form needs is imported, and required", async () => {
    const use = 'console.log(formFields([{ name: "address_country_code" }], es)[0].choices.find(({ value }) => value === "DEU").label);';
    const app = await project("forms", { "main.mjs": `import { es, formFields } from "windlass/forms";\n${use}`, "main.cjs": `const { es, formFields } = require("windlass/forms");\n${use}` });
    expect(await app.node("main.mjs")).toBe("Alemania\n");
    expect(await app.node("main.cjs")).toBe("Alemania\n");
    const typed = 'import forms = require("windlass/forms");\nexport const label: string = forms.formField({ name: "city" }, forms.pt).label;\n';
    await app.write({ "typed.cts": typed });
    expect(await app.typeCheck({ module: "NodeNext", moduleResolution: "NodeNext" }, "typed.cts")).toBe("");
  });
});

describe("in TypeScript", () => {
  test("the README's samples are strictly typed", async () => {
    const files: Record<string, string> = {};
    for (const readme of ["README.md", "sdk/wasm/README.md"]) files[`${readme.replaceAll(/\W/g, "_")}.ts`] = await sample(readme);
    const app = await project("types", files);
    for (const options of [
      { module: "ESNext", moduleResolution: "bundler" },
      { module: "NodeNext", moduleResolution: "NodeNext" },
    ]) {
      expect(await app.typeCheck(options, ...Object.keys(files)), options.moduleResolution).toBe("");
    }
  });

  test("a mistake is found by the compiler", async () => {
    const wrong = 'import { field } from "windlass/sep9";\nconst name: string = "city";\nconst label: number = field(name).label;\n';
    const app = await project("mistake", { "wrong.ts": wrong });
    const told = await app.typeCheck({ module: "ESNext", moduleResolution: "bundler" }, "wrong.ts");
    expect(told).toContain("TS2322");
    expect(told).toContain("possibly 'undefined'");
  });
});

describe("in a plain Vite app, in Chromium", () => {
  let browser: Browser;
  let app: Project;

  beforeAll(async () => {
    browser = await launch();
    app = await project("vite", { "index.html": APP, "main.ts": code });
  });

  afterAll(() => browser?.close());

  /** Opens the app and waits until the sample has run to its end. */
  async function opens(url: string): Promise<void> {
    const tab = await Tab.open(browser);
    try {
      await tab.page.goto(url);
      await prints(tab, new RegExp(`^${REFUSED}`));
      for (const name of ASKED) expect(tab.printed.some((line) => line.startsWith(`${name} `)), name).toBe(true);
    } finally {
      await tab.context.close();
    }
  }

  const config = () => ({ root: app.folder, configFile: false as const, logLevel: "error" as const });

  test("as it is built", async () => {
    await build(config());
    const served = await preview({ ...config(), preview: { port: 0, host: "localhost" } });
    try {
      await opens(served.resolvedUrls?.local[0] ?? "");
    } finally {
      await served.close();
    }
  });

  // What browsers without Ed25519 load is a script of its own, and shares none with the entry: that would be one more, to wait for. So are
  // the modules as text, for pages whose bundler has lost them.
  test.each([
    ["windlass", ["index.js", "portable.js", "windlass_ed25519_bytes.js", "windlass_wasm_bytes.js"], ["windlass_ed25519_bg.wasm", "windlass_wasm_bg.wasm"]],
    ["windlass/sign-in", ["index.js", "portable.js", "windlass_ed25519_bytes.js", "windlass_wasm_bytes.js"], ["windlass_ed25519_bg.wasm", "windlass_wasm_bg.wasm"]],
    ["windlass/inline", ["index.js"], []],
  ])("%s is one script", async (entry, scripts, modules) => {
    const script = `import { Keypair } from "${entry}";\nconsole.log((await Keypair.random()).address);\n`;
    const name = entry.replace("/", "-");
    const one = await project(`one-${name}`, { "index.html": APP, "main.ts": script });
    await build({ ...config(), root: one.folder });
    const built = await readdir(join(one.folder, "dist/assets"));
    const named = (end: string) => built.filter((file) => file.endsWith(end)).map((file) => file.replace(/-.{8}(?=\.\w+$)/, "")).sort();
    expect([named(".js"), named(".wasm")]).toEqual([scripts, modules]);
  });

  test("built for a folder of a site", async () => {
    await build({ ...config(), base: "/wallet/", build: { outDir: "dist-base" } });
    const served = await preview({ ...config(), base: "/wallet/", build: { outDir: "dist-base" }, preview: { port: 0, host: "localhost" } });
    try {
      expect(served.resolvedUrls?.local[0]).toMatch(/\/wallet\/$/);
      await opens(served.resolvedUrls?.local[0] ?? "");
    } finally {
      await served.close();
    }
  });

  test("in development", async () => {
    await rm(join(app.folder, "node_modules/.vite"), { recursive: true, force: true });
    const served = await createServer({ ...config(), server: { port: 0, host: "localhost" } });
    try {
      await served.listen();
      await opens(served.resolvedUrls?.local[0] ?? "");
    } finally {
      await served.close();
    }
  });

  test("an HTML page served in place of the module is reported, and a script that holds the module is loaded", async () => {
    await build({ ...config(), build: { outDir: "dist-page" } });
    const served = await preview({ ...config(), build: { outDir: "dist-page" }, preview: { port: 0, host: "localhost" } });
    const tab = await Tab.open(browser);
    try {
      await tab.page.route("**/*.wasm", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
      await tab.page.goto(served.resolvedUrls?.local[0] ?? "");
      await prints(tab, new RegExp(`^${REFUSED}`));
      expect(tab.printed.join()).toMatch(/windlass_wasm_bg.*\.wasm is not WebAssembly \(status 200, text\/html\)/);
    } finally {
      await tab.context.close();
      await served.close();
    }
  });
});
