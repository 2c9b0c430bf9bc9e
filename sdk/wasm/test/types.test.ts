import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as windlass from "windlass";
import * as server from "windlass/server";
import * as testing from "windlass/testing";
import { entries } from "./declarations.js";
import { taken } from "./inputs.js";
import { compiles } from "./programs.js";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const declarations = read("../windlass.d.ts");
const declaredIn = (text: string) => [...text.matchAll(/^export (?:class|function) (\w+)/gm)].map((match) => match[1] ?? "").sort();

test.each([...entries])("nothing of %s is declared as any, and unknown is only what is asked about", (entry, text) => {
    const code = text.replace(/\/\*[^]*?\*\//g, "").replace(/\/\/.*/g, "");
    expect(code).toContain("export ");
    expect(code.match(/\bany\b/g)).toBeNull();
    // The cause of an error may be anything.
    const unknown = code.replaceAll("cause?: unknown", "").split("\n").filter((line) => /\bunknown\b/.test(line));
    expect(unknown.every((line) => /^export function is\w+\(\w+: unknown\): \w+ is \w+;$/.test(line)), entry).toBe(true);
});

test("the codes of values are those of the core", () => {
    const source = read("../../core/src/sep9/error.rs");
    const codes = [...source.matchAll(/Self::\w+(?: \{ \.\. \}|\(_\))? => "(\w+)"/g)].map((match) => match[1]);
    const union = /export type FieldErrorCode =([^;]*);/.exec(declarations)?.[1] ?? "";
    expect([...union.matchAll(/"(\w+)"/g)].map((match) => match[1])).toEqual(codes);
    expect(codes).toContain("not_a_date");
});

test("the declarations and the exports have the same names", () => {
    expect(declaredIn(declarations)).toEqual(Object.keys(windlass).sort());
});

test("require exports the members of every entry for wallets", () => {
    const required: unknown = createRequire(import.meta.url)("windlass");
    expect(Object.keys(required as object).sort()).toEqual(Object.keys({ ...windlass, ...server }).sort());
});

test("windlass/testing exports the same members by import and by require", () => {
    const required: unknown = createRequire(import.meta.url)("windlass/testing");
    expect(Object.keys(required as object)).toEqual(Object.keys(testing));
});

test("the classes of every entry are the same in Node", async () => {
    const required = createRequire(import.meta.url)("windlass/server") as typeof server;
    expect(Object.keys(server).sort()).toEqual([...declaredIn(read("../server.d.ts")), "Keypair"].sort());
    expect(server.Keypair).toBe(windlass.Keypair);
    expect(Object.keys(required)).toContain("Callbacks");
    const signIn = await import("windlass/sign-in");
    expect(Object.keys(signIn)).toEqual(expect.arrayContaining(declaredIn(read("../sign-in.d.ts"))));
    expect(signIn.Keypair).toBe(windlass.Keypair);
});

test("a strict program compiles, and wrong ones do not", () => {
    compiles(fileURLToPath(new URL("sample/tsconfig.json", import.meta.url)));
}, 60_000);

test("every optional member of options allows undefined", () => {
    const held = [...read("sample/options.ts").matchAll(/^open<(\w+)>/gm)].map((match) => match[1]);
    expect(held).toEqual(taken());
    expect(held).toContain("ExpectedChallenge");
});
