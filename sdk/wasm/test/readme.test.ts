// The README's program: compiled by types.test.ts, run here.
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { fakeAnchor, json } from "./anchor.js";

const fake = fakeAnchor();
const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

test("the README shows the program that runs here", () => {
    expect(read("../README.md")).toContain("```ts\n" + read("sample/readme.ts") + "```");
});

test("the program of the README prints what it says", async () => {
    const printed: unknown[][] = [];
    vi.spyOn(console, "log").mockImplementation((...line) => printed.push(line));
    fake.kyc.push(() => json({ status: "NEEDS_INFO", fields: { first_name: { type: "string" } } }));
    await import("./sample/readme.js");
    expect(printed).toEqual([
        ["first_name", "string", undefined],
        ["invalid_field", "birth_date", "birth_date must be a date as YYYY-MM-DD, for example 1990-04-21"],
    ]);
    expect(fake.asked.filter(({ method }) => method === "PUT")).toEqual([]);
});
