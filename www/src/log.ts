import { fill, h, type Child } from "./dom";
import type { Entry } from "./requests";

const KEPT = 100;

/** The panel with the requests that were made, the newest first. */
export interface Log {
  readonly root: HTMLElement;
  note(entry: Entry): void;
}

/** Makes the panel. */
export function logPanel(): Log {
  const rows: Row[] = [];
  const count = h("span", { class: "count" }, "0");
  const list = h("ol", { class: "log-list", reversed: true });
  const empty = h("p", { class: "hint" }, "Nothing was sent yet.");
  const clear = h("button", { type: "button", class: "quiet" }, "Clear");
  clear.addEventListener("click", () => {
    rows.length = 0;
    draw();
  });
  const draw = (): void => {
    count.textContent = String(rows.reduce((sum, row) => sum + row.times, 0));
    empty.hidden = rows.length > 0;
    clear.hidden = rows.length === 0;
    fill(list, ...rows.map((row) => row.root));
  };
  const note = (entry: Entry): void => {
    const known = rows.find((row) => row.entry === entry);
    if (known) {
      known.draw();
      // Somebody who asks again and again gets one line.
      const [last, previous] = rows;
      if (known === last && previous && previous.isLike(last)) {
        last.times = previous.times + 1;
        rows.splice(1, 1);
        last.draw();
      }
    } else {
      rows.unshift(row(entry));
      rows.length = Math.min(rows.length, KEPT);
    }
    draw();
  };
  draw();
  const root = h(
    "details",
    // Beside the flow there is room for it; below, it would be in the way.
    { class: "card panel", "data-testid": "log", open: matchMedia("(min-width: 62.5rem)").matches },
    h("summary", {}, h("h2", {}, "Requests"), count),
    h("p", { class: "hint" }, "What went to the anchor: method, address, status and time. Values and tokens are not kept."),
    empty,
    list,
    clear,
  );
  return { root, note };
}

interface Row {
  readonly root: HTMLElement;
  readonly entry: Entry;
  times: number;
  draw(): void;
  isLike(other: Row): boolean;
}

function row(entry: Entry): Row {
  const root = h("li");
  const made: Row = {
    root,
    entry,
    times: 1,
    draw: () => fill(root, ...cells(entry, made.times)),
    isLike: ({ entry: other }) =>
      entry.method === other.method && entry.url === other.url && entry.status === other.status && entry.outcome === other.outcome,
  };
  made.draw();
  return made;
}

function cells(entry: Entry, times: number): Child[] {
  const good = entry.outcome === "answered" && (entry.status ?? 0) < 400;
  const tone = entry.outcome === "open" || entry.outcome === "aborted" ? "" : good ? "ok" : "bad";
  const text = entry.outcome === "open" ? "…" : entry.outcome === "answered" ? String(entry.status) : entry.outcome;
  return [
    h("span", { class: "log-method" }, entry.method),
    h("span", { class: "log-url" }, entry.url, times > 1 && h("span", { class: "count" }, `× ${times}`)),
    h("span", { class: `log-status ${tone}` }, text),
    h("span", { class: "log-time" }, entry.took === undefined ? "" : `${Math.round(entry.took)} ms`),
  ];
}
