import { copyButton, fill, h, unseen, type Child } from "./dom";
import type { Side } from "./exchange";
import type { Entry } from "./requests";

/** One line of the panel. It unfolds to show the request and the answer. */
export interface Row {
  readonly root: HTMLElement;
  readonly entry: Entry;
  /** Whether the request went to the sandbox's inbox, not to the anchor. */
  readonly isAside: boolean;
  /** The number of equal requests that this line stands for. */
  times: number;
  draw(): void;
  isLike(other: Row): boolean;
  isOpen(): boolean;
}

/** Makes the line. */
export function logRow(entry: Entry): Row {
  const summary = h("summary");
  const body = h("div", { class: "exchange" });
  const fold = h("details", {}, summary, body);
  const root = h("li", { "data-testid": "log-row" }, fold);
  const details = (): void => fill(body, ...(fold.open ? exchange(entry) : []));
  fold.addEventListener("toggle", details);
  const made: Row = {
    root,
    entry,
    isAside: entry.url.startsWith("/inbox"),
    times: 1,
    draw: () => {
      fill(summary, ...cells(entry, made.times));
      details();
    },
    isLike: ({ entry: other }) =>
      entry.method === other.method && entry.url === other.url && entry.status === other.status && entry.outcome === other.outcome,
    isOpen: () => fold.open,
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
    h("span", { class: `log-status ${tone}` }, unseen("Status "), text),
    h("span", { class: "log-time" }, entry.took === undefined ? "" : `${Math.round(entry.took)} ms`),
  ];
}

function exchange(entry: Entry): Child[] {
  const { curl, request, answer } = entry;
  const time = new Date(entry.at).toLocaleTimeString();
  const copy = curl !== undefined && copyButton("as cURL", () => curl, "Copy as cURL");
  const none = { open: "Not answered yet.", answered: "Could not be read.", failed: "No answer came.", aborted: "Cancelled before an answer came." };
  return [
    h("div", { class: "exchange-head" }, h("span", { class: "hint" }, `Made at ${time}`), copy),
    ...part("Request", request, "Could not be read."),
    ...part("Answer", answer, none[entry.outcome]),
  ];
}

function part(title: string, side: Side | undefined, none: string): Child[] {
  if (!side) return [h("h3", {}, title), h("p", { class: "hint" }, none)];
  const headers = side.headers.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  return [
    h("h3", {}, title),
    headers.length > 0 && h("dl", { class: "headers" }, ...headers),
    block(`${title} body`, side.body),
    side.claims !== undefined && h("p", { class: "hint" }, "What the token says"),
    block("Claims of the token", side.claims),
    headers.length === 0 && side.body === undefined && h("p", { class: "hint" }, "No headers of its own, no body."),
  ];
}

/** A text that may be wider than its box. It can be focused, so that the keyboard scrolls it. */
function block(label: string, text: string | undefined): Child {
  return text !== undefined && h("pre", { tabindex: 0, role: "region", "aria-label": label }, h("code", {}, text));
}
