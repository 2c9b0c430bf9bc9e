import { h, icon } from "./dom";

/** The storage key that `public/theme.js` reads before the page is drawn. */
const KEY = "windlass-demo.developer";

/** Whether what developers want to see is shown: requests, checks, types, codes of errors. */
export function isDeveloper(): boolean {
  return document.documentElement.dataset["developer"] !== undefined;
}

/** Whether the whole page is for developers. */
export function isForDevelopers(): boolean {
  return document.documentElement.dataset["developer"] === "always";
}

/** Shows it or hides it, and remembers the choice. Elements of class `developer` follow by style. */
export function setDeveloper(on: boolean): void {
  const root = document.documentElement;
  if (on) root.dataset["developer"] = "";
  else delete root.dataset["developer"];
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Storage is forbidden: the choice lasts until the page is left.
  }
  for (const button of document.querySelectorAll("[data-testid=developer]")) button.setAttribute("aria-checked", String(on));
}

/** The switch in the header. */
export function developerSwitch(): HTMLButtonElement {
  const button = h(
    "button",
    { type: "button", role: "switch", class: "quiet switch", "aria-checked": String(isDeveloper()), "data-testid": "developer" },
    icon("code"),
    h("span", {}, "Developer"),
  );
  button.addEventListener("click", () => setDeveloper(!isDeveloper()));
  return button;
}
