import type { Customer, FieldStatus } from "windlass";

import { h, type Tone } from "../dom";
import { sentence } from "../errors";
import { label, placing } from "./wording";

const WORDS: Readonly<Record<string, readonly [Tone, string]>> = {
  ACCEPTED: ["ok", "Accepted"],
  PROCESSING: ["info", "Being checked"],
  REJECTED: ["bad", "Refused"],
  VERIFICATION_REQUIRED: ["warn", "Waiting for the code"],
};

/** The fields that the anchor has received, with their statuses. `undefined` if it lists none. */
export function providedList(customer: Customer): HTMLElement | undefined {
  const place = placing();
  const entries = Object.entries(customer.provided_fields ?? {}).toSorted(([a], [b]) => place(a) - place(b));
  if (entries.length === 0) return undefined;
  const rows = entries.map(([name, { status, error }]) =>
    h(
      "li",
      { "data-testid": `provided-${name}` },
      h("span", {}, label(name), error !== undefined && h("span", { class: "hint" }, sentence(error))),
      chip(status),
    ),
  );
  return h("section", {}, h("h3", {}, "What the anchor has"), h("ul", { class: "provided" }, ...rows));
}

function chip(status: FieldStatus | undefined): HTMLElement {
  const [tone, text] = status === undefined ? (["info", "Received"] as const) : (WORDS[status] ?? (["info", status] as const));
  return h("span", { class: `chip ${tone}` }, text);
}
