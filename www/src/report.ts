import type { Outcome } from "windlass";

import { fill, h, icon, unseen, type Drawing } from "./dom";
import { capital, sentence } from "./errors";
import { watch } from "./state";

const SIGNS: Readonly<Record<Outcome, readonly [Drawing, string]>> = {
  passed: ["check", "passed"],
  failed: ["cross", "failed"],
  skipped: ["dash", "not looked at"],
};

/** The panel that shows how the last challenge did, rule by rule. */
export function reportPanel(): HTMLElement {
  const count = h("span", { class: "count" });
  const body = h("div", { class: "stack" });
  const root = h(
    "details",
    { class: "card panel", "data-testid": "report" },
    h("summary", {}, h("h2", {}, "Challenge report"), count),
    body,
  );
  watch(["report"], ({ report }) => {
    const checks = report?.checks ?? [];
    const passed = checks.filter(({ outcome }) => outcome === "passed").length;
    count.textContent = report ? `${passed} of ${checks.length}` : "";
    count.className = report && passed < checks.length ? "count bad" : "count";
    if (report && passed < checks.length) root.open = true;
    const rows = checks.map(({ check, description, outcome, reason }) => {
      const [drawing, word] = SIGNS[outcome];
      return h(
        "li",
        { class: outcome, "data-testid": `check-${check}` },
        icon(drawing),
        h("span", {}, unseen(`${word}: `), capital(description), reason && h("span", { class: "hint" }, sentence(reason))),
      );
    });
    fill(
      body,
      report
        ? h("ol", { class: "checks" }, ...rows)
        : h("p", { class: "hint" }, "Sign in, and see here which rules the anchor's challenge had to pass before it was signed."),
    );
  });
  return root;
}
