// How results are written, the same in every language.
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
