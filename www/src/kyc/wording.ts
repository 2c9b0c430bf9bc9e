import type { Todo } from "windlass";
import { field as sep9Field, fields as sep9Fields } from "windlass/sep9";

import { capital } from "../errors";

/** The label of a field. */
export function label(name: string): string {
  const known = sep9Field(name);
  if (known) return known.label;
  // An anchor's own field has only its name: `favourite_colour` reads better without the line.
  return capital(name.replace(/[._]+/g, " ").trim());
}

/** The label of an item that is to be submitted. */
export function todoLabel({ name, verifies }: Todo): string {
  return verifies === undefined ? label(name) : `Code for ${lower(label(verifies))}`;
}

/** The help below the label; `undefined` if it only repeats the label. */
export function todoHelp(todo: Todo): string | undefined {
  if (todo.verifies !== undefined) return `A code was sent to the ${lower(label(todo.verifies))} that you gave.`;
  const help = todo.description ?? sep9Field(todo.name)?.description;
  return help === undefined || plain(help) === plain(todoLabel(todo)) ? undefined : help;
}

/** Codes first, then required fields, then optional ones; each group in the order of SEP-9's catalogue. */
export function inOrder(todos: readonly Todo[]): Todo[] {
  const rank = (todo: Todo): number => (todo.verifies !== undefined ? 0 : todo.optional ? 2 : 1);
  const place = placing();
  return todos.toSorted((a, b) => rank(a) - rank(b) || place(a.name) - place(b.name));
}

/** The position of a name in SEP-9's catalogue. An anchor's own fields come last. */
export function placing(): (name: string) => number {
  const places = new Map<string, number>(sep9Fields.map((field, i) => [field.name, i]));
  return (name) => places.get(name) ?? places.size;
}

/** A label inside a sentence: `Mobile number` as `mobile number`, but `ID number` as it is. */
export function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** A file size in readable form. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, "");
}
