import { fill, h, icon, unseen } from "./dom";

type Theme = "light" | "dark";

/** The key that `public/theme.js` reads before anything is drawn. */
const KEY = "windlass-demo.theme";

/** A button that turns light into dark and back. What was chosen is remembered; until then the system decides. */
export function themeButton(): HTMLButtonElement {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const current = (): Theme => {
    const chosen = root.dataset["theme"];
    return chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
  };
  const other = (): Theme => (current() === "dark" ? "light" : "dark");
  const button = h("button", { type: "button", class: "quiet icon-button", "data-testid": "theme" });
  const draw = (): void => {
    fill(button, icon(other() === "dark" ? "moon" : "sun"), unseen(`Switch to the ${other()} theme`));
    button.title = `Switch to the ${other()} theme`;
    colourBrowser();
  };
  button.addEventListener("click", () => {
    root.dataset["theme"] = other();
    try {
      localStorage.setItem(KEY, current());
    } catch {
      // It then holds until the page is left.
    }
    draw();
  });
  system.addEventListener("change", draw);
  draw();
  return button;
}

/** The frame that a phone's browser draws around the page has the colour of the page. */
function colourBrowser(): void {
  const colour = getComputedStyle(document.documentElement).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) meta.content = colour;
}
