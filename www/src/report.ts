import { checkList, passed } from "./checks";
import { decoded } from "./decoded";
import { fill, h, icon, notice } from "./dom";
import { watch } from "./state";

/** The panel with the report on the last challenge, rule by rule. */
export function reportPanel(): HTMLElement {
  const count = h("span", { class: "count" });
  const body = h("div", { class: "stack" });
  const root = h(
    "details",
    { class: "card panel", id: "report", "data-testid": "report" },
    h("summary", {}, h("h2", {}, "Challenge report"), count),
    body,
  );
  watch(["report", "challenge"], ({ report, challenge }) => {
    const bad = report !== undefined && passed(report) < report.checks.length;
    count.textContent = report ? `${passed(report)} of ${report.checks.length}` : "";
    count.className = bad ? "count bad" : "count";
    if (bad) root.open = true;
    const words = report ? "Open the full report" : "Check any challenge";
    fill(
      body,
      report
        ? h("div", { class: "stack" }, bad && notice("bad", "It was not signed."), checkList(report))
        : h("p", { class: "empty" }, icon("shield"), "Sign in to see here which rules the challenge had to follow before it was signed."),
      report && challenge && h("details", { class: "fold" }, h("summary", {}, "What it says, decoded"), decoded(report, challenge.expected)),
      h("p", {}, h("a", { href: "challenge.html", class: "more", "data-testid": "open-report" }, words)),
    );
  });
  return root;
}
