// The documentation of every export: it is there, and its examples are strictly typed programs that print what they say.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeAnchor } from "./anchor.js";
import { customers } from "./customers.js";
import { declared, entries, examples } from "./declarations.js";
import { compiles, printed, promised } from "./programs.js";

const fake = fakeAnchor();
const folder = fileURLToPath(new URL("examples", import.meta.url));
/** What is given up by `using` needs no example of its own. */
const PLAIN = /\.(?:free|\[Symbol\.dispose\])$/;

const programs = [...entries].flatMap(([entry, text]) =>
    declared(text).flatMap(({ name, doc }) =>
        examples(doc).map((code, i) => ({ name: `${entry} ${name}`, file: `${entry}-${name}-${i}.ts`.replace(/[^\w.-]/g, "-"), code })),
    ),
);

beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const options = JSON.parse(readFileSync(new URL("sample/tsconfig.json", import.meta.url), "utf8")) as { compilerOptions: object };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
    for (const { file, code } of programs) writeFileSync(join(folder, file), code);
});

afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
});

test.each([...entries])("everything that %s exports is documented", (_, text) => {
    const all = declared(text);
    expect(all.length > 0 || /^export (?:\{|\*)/m.test(text)).toBe(true);
    expect(all.filter(({ doc }) => !/^\S.*[.:!]/s.test(doc)).map(({ name }) => name)).toEqual([]);
});

test.each([...entries])("every function, class and method of %s has an example", (_, text) => {
    const active = declared(text).filter(({ kind, name }) => ["class", "function", "method"].includes(kind) && !PLAIN.test(name));
    const told = new Set(active.filter(({ doc }) => examples(doc).length > 0).map(({ name }) => name));
    expect([...new Set(active.map(({ name }) => name))].filter((name) => !told.has(name))).toEqual([]);
});

test("the codes in @throws are error codes", () => {
    const text = entries.get("windlass") ?? "";
    const union = /export type ErrorCode =(.*?);$/ms.exec(text.replace(/\/\*\*.*?\*\//gs, ""))?.[1] ?? "";
    const codes = new Set([...union.matchAll(/"(\w+)"/g)].map(([, code]) => code));
    const thrown = declared(text).flatMap(({ doc }) => [...doc.matchAll(/^@throws ([^@]*)/gm)].map(([, said]) => said ?? ""));
    const named = thrown.flatMap((said) => [...said.matchAll(/`(\w+_\w+|network|aborted|internal|refused)`/g)].map(([, code]) => code));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
});

test("there are examples of the package, of SEP-9 and of forms", () => {
    expect(programs.filter(({ name }) => name.startsWith("windlass ")).length).toBeGreaterThan(25);
    expect(programs.filter(({ name }) => name.startsWith("windlass/sep9 ")).length).toBe(3);
    expect(programs.filter(({ name }) => name.startsWith("windlass/forms ")).length).toBeGreaterThan(9);
});

test("the examples are strictly typed", () => {
    compiles(folder);
}, 60_000);

test.each(programs)("the example of $name prints what it says", async ({ file, code }) => {
    fake.kyc = customers();
    fake.service = () => Promise.reject(new TypeError("fetch failed"));
    expect(await printed(join(folder, file))).toEqual(promised(code));
    if (!code.includes("setCallback")) expect(promised(code).length).toBeGreaterThan(0);
});
