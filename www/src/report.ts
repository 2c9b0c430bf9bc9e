import { checkList, passed } from "./checks";
import { fill, h } from "./dom";
import { watch } from "./state";

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
    const bad = report !== undefined && passed(report) < report.checks.length;
    count.textContent = report ? `${passed(report)} of ${report.checks.length}` : "";
    count.className = bad ? "count bad" : "count";
    if (bad) root.open = true;
    const words = report ? "Look at it closely" : "Look at any challenge";
    fill(
      body,
      report
        ? checkList(report)
        : h("p", { class: "hint" }, "Sign in, and see here which rules the anchor's challenge had to pass before it was signed."),
      h("p", {}, h("a", { href: "challenge.html", class: "more", "data-testid": "open-report" }, words)),
    );
  });
  return root;
}
