import type { Customer, FieldStatus } from "windlass";
import { formField } from "windlass/forms";

import { h, type Tone } from "../dom";
import { sentence } from "../errors";
import { texts } from "./texts";

const WORDS: Readonly<Record<string, readonly [Tone, string]>> = {
  ACCEPTED: ["ok", "Accepted"],
  PROCESSING: ["info", "Being checked"],
  REJECTED: ["bad", "Not accepted"],
  VERIFICATION_REQUIRED: ["warn", "Waiting for the code"],
};

/** The fields that the anchor has received, with their statuses, folded to one line. `undefined` if it lists none. */
export function providedList(customer: Customer): HTMLElement | undefined {
  const entries = Object.entries(customer.provided_fields ?? {});
  if (entries.length === 0) return undefined;
  const rows = entries.map(([name, { status, error }]) =>
    h(
      "li",
      { "data-testid": `provided-${name}` },
      h("span", {}, formField({ name }, texts).label, error !== undefined && h("span", { class: "hint" }, sentence(error))),
      chip(status),
    ),
  );
  return h("details", { "data-testid": "provided" }, h("summary", {}, `What you have sent (${entries.length})`), h("ul", { class: "provided" }, ...rows));
}

function chip(status: FieldStatus | undefined): HTMLElement {
  const [tone, text] = status === undefined ? (["info", "Received"] as const) : (WORDS[status] ?? (["info", status] as const));
  return h("span", { class: `chip ${tone}` }, text);
}
