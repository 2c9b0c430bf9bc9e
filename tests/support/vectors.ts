// The golden vectors, and their expected results.
import { readFileSync } from "node:fs";
import type { Json } from "./canonical.js";

const root = new URL("../vectors/", import.meta.url);

/** The text of a file of vectors. */
export function text(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

/** A file of vectors. */
export function read<T>(path: string): T {
  return JSON.parse(text(path)) as T;
}

/** The text of `expected.json`, written by the native run. */
export const EXPECTED = text("expected.json");

/** The results of one file of vectors, by the native run. */
export function expected<T = Record<string, Json>>(file: string): T {
  const results = (JSON.parse(EXPECTED) as Record<string, Json>)[file];
  if (results === undefined) throw new Error(`expected.json has no ${file}`);
  return results as T;
}
