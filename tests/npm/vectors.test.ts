// The golden vectors through the npm package: for what it exports, the results are the core's, byte for byte.
import { readFileSync } from "node:fs";
import { Networks, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import {
  Keypair,
  checkFields,
  checkFile,
  isWindlassError,
} from "windlass";
import { type ChallengeContents, inspectChallenge, verifyCallback } from "windlass/server";
import { field, fields } from "windlass/sep9";
import { type Json, canonical } from "../support/canonical.js";
import { type Judged, type Refusal, type Vector, callbacksBy, challengesBy, inspect, outcomeWithCode, refusalsBy } from "../support/signatures.js";
import { EXPECTED, expected, read } from "../support/vectors.js";

test("results are written alike in every language", () => {
  expect(canonical(JSON.parse(EXPECTED))).toBe(EXPECTED);
});

test("the codes are those that the package declares", () => {
  const declarations = readFileSync(new URL("../../sdk/wasm/windlass.d.ts", import.meta.url), "utf8");
  const [, union = ""] = /export type ErrorCode =(.*?);$/ms.exec(declarations.replace(/\/\*\*.*?\*\//gs, "")) ?? [];
  const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code ?? "");
  expect(canonical(codes)).toBe(canonical(expected("codes")));
});

const { challenges } = read<{ challenges: Vector[] }>("sep10/challenges.json");
const { refusals } = read<{ refusals: Refusal[] }>("sep10/refusals.json");
const judge = { inspectChallenge, verifyCallback, isWindlassError };

function expectAll(judged: Judged[], atLeast: number): void {
  for (const { name, found, expected } of judged) expect(canonical(found), name).toBe(canonical(expected));
  expect(judged.length).toBeGreaterThanOrEqual(atLeast);
}

test("challenges are reported on check by check", async () => {
  const results = expected<Record<string, { report: Json }>>("sep10/challenges.json");
  expectAll(await challengesBy(judge, challenges, results), challenges.length);
  expect(Object.keys(results)).toHaveLength(challenges.length);
});

// contents.test.ts of the package covers bytes that are not printable ASCII.
test("the contents of challenges are what stellar-sdk reads", async () => {
  const [vector] = challenges;
  if (!vector) throw new Error("there is no challenge");
  let readable = 0;
  const all = [...challenges.flatMap(({ signed, challenge = signed }) => [signed, challenge]), ...refusals.map(({ xdr }) => xdr)];
  for (const xdr of all) {
    const { contents } = await inspect(judge, xdr ?? "", vector);
    if (!contents || xdr === undefined) continue;
    readable += 1;
    expect(contents, xdr).toEqual(asTheyRead(xdr));
  }
  expect(readable).toBeGreaterThan(20);
});

function asTheyRead(xdr: string): ChallengeContents {
  const theirs = TransactionBuilder.fromXDR(xdr, Networks.TESTNET);
  if (!("timeBounds" in theirs)) throw new Error("it is no version 1 transaction");
  const { source, sequence, timeBounds, memo, operations, signatures } = theirs;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const type = memo.type === "none" ? undefined : memo.type;
  const value = memo.value instanceof Uint8Array && type !== "text" ? hex(memo.value) : String(memo.value);
  return {
    source,
    sequence,
    ...(timeBounds && { bounds: { min: Number(timeBounds.minTime), max: Number(timeBounds.maxTime) } }),
    ...(type && { memo: { type, value } }),
    operations: operations.map((operation) => {
      if (operation.type !== "manageData") throw new Error(`${operation.type} is for no challenge`);
      const { source, name, value } = operation;
      return { ...(source !== undefined && { source }), name, ...(value && { value: Buffer.from(value).toString() }) };
    }),
    hints: signatures.map(({ hint }) => hint.toString()),
  };
}

test("invalid challenges are refused with the same codes as in Rust", async () => {
  expectAll(await refusalsBy(judge, challenges, refusals, expected("sep10/refusals.json")), 36);
});

test("callbacks are accepted or refused with the same texts as in Rust", async () => {
  expectAll(await callbacksBy(judge, read("sep12/callbacks.json"), expected("sep12/callbacks.json")), 72);
});

test("only secret keys are read", async () => {
  interface Strkey {
    name: string;
    strkey: string;
  }
  const { valid, invalid } = read<{ valid: Strkey[]; invalid: Strkey[] }>("sep23/strkeys.json");
  type Results = Record<string, { narrow: { secret_key: Json } }>;
  const results = expected<{ valid: Results; invalid: Results }>("sep23/strkeys.json");
  const all = { ...results.valid, ...results.invalid };
  for (const { name, strkey } of [...valid, ...invalid]) {
    const result = await outcome(async () => {
      const key = await Keypair.fromSecret(strkey);
      expect(key.secret()).toBe(strkey);
      return key.address;
    });
    const told = canonical(result).replace("invalid secret key: ", "");
    expect(told, name).toBe(canonical(all[name]?.narrow.secret_key));
  }
});

test("the catalogue of fields is the same as in Rust", () => {
  expect(canonical(fields.map(({ example: _, ...field }) => field))).toBe(canonical(expected("sep9/catalogue")));
});

test("field names have the same meaning as in Rust", () => {
  const { names } = read<{ names: string[] }>("sep9/names.json");
  const results = expected<Record<string, { meaning: string; canonical: string }>>("sep9/names.json");
  for (const name of names) {
    const known = field(name);
    const result = results[name];
    expect(known !== undefined, name).toBe(result?.meaning === "field");
    if (known) expect(known.canonical).toBe(result?.canonical);
  }
});

test("values are refused with the same codes and texts as in Rust", () => {
  interface Case {
    values: Record<string, string | number>;
    choices?: Record<string, string[]>;
    known?: object;
  }
  interface Result {
    row: number;
    result: { refused?: { field: string; code: string; message: string }[] };
  }
  const { today, cases } = read<{ today: string; cases: Case[] }>("sep9/values.json");
  const results = expected<Result[]>("sep9/values.json");
  let judged = 0;
  cases.forEach(({ values, choices = {}, known }, i) => {
    // A form does not know what the anchor has stored, and has only text and numbers.
    const formable = Object.values(values).every((value) => ["string", "number"].includes(typeof value));
    if (known || !formable) return;
    // A form may have fields of the anchor's own, which the package ignores.
    const refused = results[i]?.result.refused?.filter(({ code }) => code !== "unknown_field") ?? [];
    const errors = checkFields(values, { today, choices });
    const told = errors.map(({ field, code, message }) => ({ field, code, message: `${field} ${message}` }));
    expect(canonical(told), `case ${i} of row ${results[i]?.row}`).toBe(canonical(refused));
    judged += 1;
  });
  expect(judged).toBeGreaterThan(50);
});

test("file types are detected from the first bytes", () => {
  const { files } = read<{ files: { name: string; field: string; bytes: string }[] }>("sep9/files.json");
  const results = expected<Record<string, { code?: string; refused?: string }>>("sep9/files.json");
  for (const { name, field, bytes } of files) {
    const error = checkFile(field, Buffer.from(bytes, "base64"));
    const told = error && { code: error.code, refused: `${error.field} ${error.message}` };
    const { code, refused } = results[name] ?? {};
    expect(canonical(told ?? null), name).toBe(canonical(refused === undefined ? null : { code, refused }));
  }
});

/** The result of a call, or the message of its refusal. */
async function outcome(call: () => unknown): Promise<Json> {
  const { accepted, refused } = await outcomeWithCode(judge, call);
  return refused === undefined ? { accepted: accepted ?? null } : { refused };
}
