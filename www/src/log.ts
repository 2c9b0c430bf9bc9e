import { h, icon } from "./dom";
import { logRow, type Row } from "./log-row";
import type { Entry } from "./requests";

const KEPT = 100;

/** The panel with the requests, newest first. */
export interface Log {
  readonly root: HTMLElement;
  note(entry: Entry): void;
}

/** Makes the panel. */
export function logPanel(): Log {
  const rows: Row[] = [];
  const count = h("span", { class: "count" }, "0");
  const list = h("ol", { class: "log-list", reversed: true });
  const empty = h("p", { class: "empty" }, icon("list"), "Every request appears here as it is made.");
  const clear = h("button", { type: "button", class: "quiet small" }, "Clear");
  clear.addEventListener("click", () => {
    rows.length = 0;
    draw();
    root.querySelector("summary")?.focus();
  });
  // Requests to the sandbox's inbox are frequent, and not part of what a wallet does: hidden by default.
  const all = h("input", { type: "checkbox", id: "log-all", "data-testid": "log-all" });
  const words = h("span");
  const more = h("label", { class: "tick", for: all.id }, all, words);
  all.addEventListener("change", () => draw());
  const draw = (): void => {
    const aside = rows.filter((row) => row.isAside);
    const made = (some: readonly Row[]): number => some.reduce((sum, row) => sum + row.times, 0);
    count.textContent = String(made(rows) - made(aside));
    words.textContent = `Show requests to the sandbox inbox (${made(aside)})`;
    more.hidden = aside.length === 0;
    for (const row of aside) row.root.hidden = !all.checked;
    empty.hidden = rows.length > 0;
    foot.hidden = rows.length === 0;
    // Rows that stay are not moved in the page, so that an open one can be read.
    for (const old of [...list.children]) if (!rows.some(({ root }) => root === old)) old.remove();
    rows.forEach(({ root }, i) => {
      if (list.children[i] !== root) list.insertBefore(root, list.children[i] ?? null);
    });
  };
  const note = (entry: Entry): void => {
    const known = rows.find((row) => row.entry === entry);
    if (known) {
      known.draw();
      // Equal requests in a row share one line.
      const [last, previous] = rows;
      if (known === last && previous && !previous.isOpen() && previous.isLike(last)) {
        last.times = previous.times + 1;
        rows.splice(1, 1);
        last.draw();
      }
    } else {
      rows.unshift(logRow(entry));
      rows.length = Math.min(rows.length, KEPT);
    }
    draw();
  };
  const foot = h("div", { class: "log-foot" }, h("p", { class: "hint" }, "Values, tokens and secrets are never kept."), clear, more);
  const root = h(
    "details",
    // Open only where the panel is beside the steps; below them it would take too much room.
    { class: "card panel", "data-testid": "log", open: matchMedia("(min-width: 62.5rem)").matches },
    h("summary", {}, h("h2", {}, "Requests"), count),
    empty,
    list,
    foot,
  );
  draw();
  return { root, note };
}
