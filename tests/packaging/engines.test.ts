// The packed package in the engines of the other browsers, Firefox's and Safari's. What a bundler makes of it is tried in Chromium.
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine } from "../support/engines.js";
import { until } from "../support/poll.js";
import { ROOT, Server } from "../support/server.js";
import { Site } from "../support/site.js";
import { ADDRESS, ENTRY, PAGES, importMap, page } from "./pages.js";
import { type Packed, Project, at, pack, sample, scratch } from "./project.js";
import { SAID, STORY } from "./story.js";

const TESTING = "/node_modules/windlass/testing/pkg/testing.js";

let server: Server;
let packed: Packed;
let folder: Awaited<ReturnType<typeof scratch>>;
let apps = 0;

beforeAll(async () => {
  [server, folder] = await Promise.all([Server.start(), scratch()]);
  packed = await pack(folder.path);
});

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

function project(files: Record<string, string>): Promise<Project> {
  return Project.create(join(folder.path, String((apps += 1))), packed, files);
}

/** The page of somebody whose tests hold the package to the golden vectors. */
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

describe.each(Engine.ALL)("in %s", (_, start) => {
  /** Opens the page of a folder and waits until it has printed a line that begins so. */
  async function prints(line: string | RegExp, served: string, headers: Record<string, string> = {}): Promise<void> {
    const printed: string[] = [];
    const faults: string[] = [];
    const site = await Site.serve(served, headers, (told) => {
      if (told.printed !== undefined) printed.push(told.printed);
      if (told.fault !== undefined) faults.push(told.fault);
    });
    const engine = await Engine.open(start, site.url);
    try {
      await until(String(line), async () => {
        expect(faults).toEqual([]);
        return printed.find((one) => (typeof line === "string" ? one.startsWith(line) : line.test(one)));
      }, 60);
    } catch (error) {
      throw new Error([...printed, engine.complaints].join("\n"), { cause: error });
    } finally {
      await engine.close();
      await site.close();
    }
  }

  test.each(PAGES)("$in", async ({ files, headers }) => {
    const app = await project(files);
    await prints(ADDRESS, app.folder, headers);
  });

  test("the README's sample runs as it stands, at an anchor of another origin", async () => {
    const code = at(server.homeDomain, await sample("sdk/wasm/README.md"));
    const app = await project({ "index.html": page(code, importMap()) });
    await prints("invalid_field birth_date", app.folder);
  });

  // Each engine has a library of its own for Ed25519, and not all are equally strict.
  test("what is signed is accepted or refused as everywhere", async () => {
    const html = '<!doctype html><title>App</title><script type="module" src="/main.ts"></script>\n';
    const app = await project({ "index.html": html, "main.ts": SIGNATURES });
    await build({ root: app.folder, configFile: false, logLevel: "error", build: { target: "es2022" } });
    await prints(/^\d{3,} as expected$/, join(app.folder, "dist"));
  });

  test("the test anchor runs within the page", async () => {
    const map = importMap({ windlass: ENTRY, "windlass/testing": TESTING });
    const app = await project({ "index.html": page(STORY, map) });
    await prints(SAID, app.folder);
  });
});
