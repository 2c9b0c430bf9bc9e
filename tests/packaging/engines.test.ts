// The packed package in the engines of the other browsers, Firefox's and Safari's. What a bundler makes of it is tried in Chromium.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine } from "../support/engines.js";
import { until } from "../support/poll.js";
import { Server } from "../support/server.js";
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

describe.each(Engine.ALL)("in %s", (name, start) => {
  /** Opens a page and waits until it has printed a line that begins so. */
  async function prints(line: string | RegExp, files: Record<string, string>, headers: Record<string, string> = {}): Promise<void> {
    const app = await Project.create(join(folder.path, `${name}-${(apps += 1)}`), packed, files);
    const printed: string[] = [];
    const faults: string[] = [];
    const site = await Site.serve(app.folder, headers, (told) => {
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
    await prints(ADDRESS, files, headers);
  });

  test("the README's sample runs as it stands, at an anchor of another origin", async () => {
    const code = at(server.homeDomain, await sample("sdk/wasm/README.md"));
    await prints("invalid_field birth_date", { "index.html": page(code, importMap()) });
  });

  test("the test anchor runs within the page", async () => {
    const map = importMap({ windlass: ENTRY, "windlass/testing": TESTING });
    await prints(SAID, { "index.html": page(STORY, map) });
  });
});
