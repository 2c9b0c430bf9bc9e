// The golden vectors, and what every runtime must make of them.
import { readFileSync } from "node:fs";

const root = new URL("../vectors/", import.meta.url);

/** The text of a file of vectors. */
export function text(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

/** A file of vectors. */
export function read<T>(path: string): T {
  return JSON.parse(text(path)) as T;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A document as it is committed: indented by two blanks, members sorted, a new line at the end. */
export function canonical(value: unknown): string {
  return `${print(value as Json, "")}\n`;
}

/** `JSON.stringify` puts members first whose names are numbers. */
function print(value: Json, indent: string): string {
  const within = `${indent}  `;
  const block = (open: string, lines: string[], close: string) =>
    lines.length === 0 ? open + close : `${open}\n${lines.map((line) => within + line).join(",\n")}\n${indent}${close}`;
  if (Array.isArray(value)) return block("[", value.map((item) => print(item, within)), "]");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const byName = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return block("{", byName.map(([name, member]) => `${JSON.stringify(name)}: ${print(member, within)}`), "}");
}

/** The text of `expected.json`, written by the native run. */
export const EXPECTED = text("expected.json");

/** The results of one file of vectors, by the native run. */
export function expected<T = Record<string, Json>>(file: string): T {
  const results = (JSON.parse(EXPECTED) as Record<string, Json>)[file];
  if (results === undefined) throw new Error(`expected.json has no ${file}`);
  return results as T;
}
