// The packed package in Chromium, Firefox and WebKit, in whichever version is installed.
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, test } from "vitest";
import { Engine, type Start } from "../support/engines.js";
import { prints } from "../support/prints.js";
import { ROOT, Server } from "../support/server.js";
import { Site } from "../support/site.js";
import { FILES, SIGNED_IN, TESTING } from "./failing-crypto.js";
import { ADDRESS, APP, CLASSIC_SERVICE_WORKER, ENTRY, PAGES, importMap, page } from "./pages.js";
import { Project, at, pack, sample, scratch } from "./project.js";
import { SAID, STORY } from "./story.js";

let server: Server;
let folder: Awaited<ReturnType<typeof scratch>>;
let app: Project;

beforeAll(async () => {
  [server, folder] = await Promise.all([Server.start(), scratch()]);
  app = await Project.create(join(folder.path, "app"), await pack(), {});
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

/** A page that runs the golden vectors with the package. */
const SIGNATURES = `
import { isWindlassError } from "windlass";
import { inspectChallenge, verifyCallback } from "windlass/server";
import { callbacksBy, challengesBy, refusalsBy } from "${ROOT}/tests/support/signatures.js";
import { canonical } from "${ROOT}/tests/support/canonical.js";
import callbacks from "${ROOT}/tests/vectors/sep12/callbacks.json";
import challenges from "${ROOT}/tests/vectors/sep10/challenges.json";
import refusals from "${ROOT}/tests/vectors/sep10/refusals.json";
import expected from "${ROOT}/tests/vectors/expected.json";

const judge = { inspectChallenge, isWindlassError, verifyCallback };
const judged = (await Promise.all([
  challengesBy(judge, challenges.challenges, expected["sep10/challenges.json"]),
  refusalsBy(judge, challenges.challenges, refusals.refusals, expected["sep10/refusals.json"]),
  callbacksBy(judge, callbacks, expected["sep12/callbacks.json"]),
])).flat();
const wrong = judged.filter(({ found, expected }) => canonical(found) !== canonical(expected));
for (const { name, found } of wrong) console.error(name, canonical(found));
if (wrong.length === 0) console.log(judged.length + " as expected");
`;

/** Writes the files into the app, opens its page, waits for a line that matches, and returns everything printed so far. */
async function shows(
  start: Start,
  line: RegExp,
  files: Record<string, string>,
  headers: Record<string, string> = {},
  built = "",
): Promise<string[]> {
  await app.write(files);
  if (built) await build({ root: app.folder, configFile: false, logLevel: "error", build: { target: "es2022", outDir: built } });
  const talk = { printed: [] as string[], faults: [] as string[] };
  const site = await Site.serve(join(app.folder, built), headers, talk);
  const engine = await Engine.open(start, site.url);
  try {
    await prints(talk, line, 60);
    return talk.printed;
  } catch (error) {
    throw new Error([...talk.printed, engine.complaints].join("\n"), { cause: error });
  } finally {
    await engine.close();
    await site.close();
  }
}

test.each(Engine.ALL)("in %s signing in works while functions of WebCrypto fail", async (name, start) => {
  const printed = await shows(start, SIGNED_IN, FILES);
  console.log(`${name}: ${printed.map((line) => SIGNED_IN.exec(line)?.[1]).join("")}`);
});

// environments.test.ts has these pages in Chromium.
describe.each(Engine.ALL.filter(([name]) => name !== "Chromium"))("in %s", (_, start) => {
  const pages = PAGES.filter(({ files }) => !("sw.js" in files));
  test.each(pages)("$in", async ({ files, headers }) => {
    await shows(start, ADDRESS, files, headers);
  });

  test("a service worker of one classic script", async () => {
    await app.write(CLASSIC_SERVICE_WORKER);
    const lib = { entry: "source.js", formats: ["iife" as const], name: "worker", fileName: () => "sw.js" };
    await build({ root: app.folder, configFile: false, logLevel: "error", build: { lib, outDir: ".", emptyOutDir: false } });
    await shows(start, ADDRESS, CLASSIC_SERVICE_WORKER);
  });

  test("the README's sample runs as it stands, at an anchor of another origin", async () => {
    const code = at(server.homeDomain, await sample("sdk/wasm/README.md"));
    await shows(start, /^invalid_field birth_date/, { "index.html": page(code, importMap()) });
  });

  // Each engine has its own Ed25519 library, and they are not equally strict.
  test("what is signed is accepted or refused as everywhere", async () => {
    await shows(start, /^\d{3,} as expected$/, { "index.html": APP, "main.ts": SIGNATURES }, {}, "dist");
  });

  test("the test anchor runs within the page", async () => {
    const map = importMap({ windlass: ENTRY, "windlass/testing": TESTING });
    await shows(start, new RegExp(`^${SAID}$`), { "index.html": page(STORY, map) });
  });
});
