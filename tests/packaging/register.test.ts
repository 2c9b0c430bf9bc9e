// The register of environments: each row names tests of this folder, and the README has the row.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/server.js";

const HERE = join(ROOT, "tests/packaging");

interface Environment {
  tool: string;
  import: string | null;
  note?: string;
  /** Each test as its file, a colon, and its title, or how that begins. */
  tests: string[];
}

const rows = JSON.parse(await readFile(join(HERE, "environments.json"), "utf8")) as Environment[];
const files = (await readdir(HERE)).filter((name) => name.endsWith(".test.ts"));
const sources = new Map(await Promise.all(files.map(async (name) => [name, await readFile(join(HERE, name), "utf8")] as const)));

test.each(rows)("$tool is tested as the register says", ({ import: entry, note, tests }) => {
  for (const name of tests) {
    const [, file = "", title] = /^(\S+): (.+)$/.exec(name) ?? [];
    expect(sources.get(file), name).toContain(`"${title}`);
  }
  if (entry === null) expect(note, "the way out").toBeTruthy();
  else expect(tests).not.toEqual([]);
});

test("every environment that is tested is in the register", () => {
  const named = new Set(rows.flatMap(({ tests }) => tests.map((name) => name.split(":")[0])));
  for (const file of ["bundlers.test.ts", "edge.test.ts", "environments.test.ts", "jest.test.ts"]) expect(named).toContain(file);
  const bundlers = [...(sources.get("bundlers.test.ts") ?? "").matchAll(/\{ in: "([^"]+)"/g)].map(([, name]) => `bundlers.test.ts: ${name}`);
  expect(bundlers.length).toBeGreaterThan(5);
  const tests = rows.flatMap(({ tests }) => tests);
  for (const name of bundlers) expect(tests).toContain(name);
});

test("the README's table is the register's", async () => {
  const readme = await readFile(join(ROOT, "sdk/wasm/README.md"), "utf8");
  for (const { tool, import: entry, note = "" } of rows) {
    expect(readme).toContain(`| ${tool} | ${entry === null ? "nothing" : `\`${entry}\``} | ${note} |\n`);
  }
});
