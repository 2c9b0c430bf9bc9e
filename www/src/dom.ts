/** The value of an attribute; `false` and `undefined` leave it out. */
type Value = string | number | boolean | undefined | ((event: Event) => void);

/** A child of an element; `false` and `undefined` are left out. */
export type Child = Node | string | false | undefined;

/** An element with attributes, listeners (`onclick`) and children. Text is always text, never HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

function present(children: Child[]): (Node | string)[] {
  return children.filter((child) => child !== undefined && child !== false);
}

/** SVG paths on a grid of 20 by 20, by name. */
const DRAWINGS = {
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  cross: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  dash: "M5.5 10h9",
  alert: "M10 6.5v4M10 13.5v.01M10 2.5l8 14.5H2z",
  info: "M10 9.5v4.5M10 6.5v.01M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z",
  clock: "M10 5.5V10l3 2M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z",
  lock: "M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M4.5 9h11v8h-11z",
  copy: "M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4",
  shield: "M10 2.5l6 2.5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5zM7.5 10l2 2 3.5-4",
  list: "M7 5.5h9.5M7 10h9.5M7 14.5h9.5M3.5 5.5v.01M3.5 10v.01M3.5 14.5v.01",
  moon: "M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z",
  sun: "M13.5 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  wallet: "M3.5 6.5v9h13v-9zM3.5 6.5l9-3v3M13 11v.01",
  message: "M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
} as const;

/** The name of an icon. */
export type Drawing = keyof typeof DRAWINGS;

/** An icon, hidden from screen readers: the text beside it says the same. */
export function icon(name: Drawing): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

/** An address that a person can compare: its ends. Screen readers and tests get all of it. */
export function shortened(address: string, id?: string): HTMLElement {
  const [account = "", memo] = address.split(":");
  const ends = `${account.slice(0, 4)}…${account.slice(-4)}${memo === undefined ? "" : ` · ${memo}`}`;
  const whole = h("span", { class: "unseen", "data-testid": id }, address);
  return h("span", { class: "address", title: address }, h("code", { "aria-hidden": "true" }, ends), whole);
}

/** Text for screen readers only. */
export function unseen(text: string): HTMLElement {
  return h("span", { class: "unseen" }, text);
}

/** The severity of a notice. */
export type Tone = "ok" | "info" | "warn" | "bad";

const SIGNS: Record<Tone, Drawing> = { ok: "check", info: "info", warn: "alert", bad: "alert" };

/** A boxed message with an icon. A bad one interrupts a screen reader. */
export function notice(tone: Tone, ...children: Child[]): HTMLElement {
  const role = tone === "bad" ? "alert" : undefined;
  return h("div", { class: `notice ${tone}`, role }, icon(SIGNS[tone]), h("div", {}, ...children));
}

/** A button that copies a text and announces it. Without `words` of its own it tells screen readers what it copies. */
export function copyButton(what: string, text: () => string, words?: string): HTMLButtonElement {
  const label = h("span", {}, words ?? "Copy");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      label.textContent = "Copied";
    } catch {
      label.textContent = "Not allowed";
    }
    announce(`${what}: ${label.textContent}`);
    setTimeout(() => (label.textContent = words ?? "Copy"), 2000);
  };
  return h("button", { type: "button", class: "quiet", onclick: () => void copy() }, icon("copy"), label, words === undefined && unseen(` ${what}`));
}

/** Has screen readers say a text, after what they are saying. */
export function announce(text: string): void {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = text;
}

/** Shows that a button's work is in progress. The button keeps the focus, but cannot start the work a second time. */
export async function busy(button: HTMLButtonElement, text: string, work: () => Promise<void>): Promise<void> {
  if (button.getAttribute("aria-disabled") === "true") return;
  const before = [...button.childNodes];
  button.setAttribute("aria-disabled", "true");
  button.classList.add("busy");
  button.replaceChildren(text);
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
    button.classList.remove("busy");
    button.replaceChildren(...before);
  }
}
