import type { Outcome, Report } from "windlass/server";

import { h, icon, unseen, type Drawing } from "./dom";
import { capital, sentence } from "./errors";

const SIGNS: Readonly<Record<Outcome, readonly [Drawing, string]>> = {
  passed: ["check", "passed"],
  failed: ["cross", "failed"],
  skipped: ["dash", "not checked"],
};

/** Every check of a challenge by its name, with the reason if it failed. */
export function checkList({ checks }: Report, codes = false): HTMLElement {
  const rows = checks.map(({ check, description, outcome, reason, code }) => {
    const [drawing, word] = SIGNS[outcome];
    const why = reason !== undefined && h("span", { class: "hint" }, sentence(reason), codes && code && h("code", { class: "error-code" }, code));
    return h(
      "li",
      { class: outcome, "data-testid": `check-${check}` },
      icon(drawing),
      h("span", {}, unseen(`${word}: `), capital(description), why),
    );
  });
  return h("ol", { class: "checks" }, ...rows);
}

/** How many of the checks passed. */
export function passed({ checks }: Report): number {
  return checks.filter(({ outcome }) => outcome === "passed").length;
}
